// The phone form: its screens, and what the buttons do. Everything is kept as it is written; nothing leaves the phone
// but by the button that sends. Written for browsers of 2016.
(() => {
  const page = document.documentElement, data = page.dataset;
  const store = Phone.store, fields = Phone.fields, say = fields.say, all = fields.all;
  const byId = id => document.getElementById(id);
  const form = byId("household"), steps = all(".step", form);
  const asked = all("[data-asked]", form).filter(node => node.dataset.asked !== "agree");
  const MOST_BYTES = 50e6, MOST_PHOTOS = 20, PAUSE = 250;
  let drafts = [], current = null, step = 0, village = "", file = null;
  let timer = 0, saving = Promise.resolve(null), dirty = false, addresses = [];
  let unread = [], beyond = []; // names of photos of the last choice: those that cannot be opened, those that are too many
  const unkept = new Map(); // by household, the new photos of a save that failed

  function add(parent, tag, text, kind) {
    const node = parent.appendChild(document.createElement(tag));
    node.textContent = text;
    if (kind) node.className = kind;
    return node;
  }

  function tell(text) {
    byId("told").textContent = "";
    clearTimeout(tell.timer);
    if (!text) return;
    tell.timer = setTimeout(() => {
      byId("told").textContent = text;
      tell.timer = setTimeout(() => { byId("told").textContent = ""; }, 6000);
    }, 30);
  }

  // Stays in sight wherever the page is scrolled to; what is being filled in moves out from under it.
  function notice(id, text) {
    byId(id).textContent = text;
    byId(id).hidden = !text;
    page.style.scrollPaddingTop = byId("notices").offsetHeight + "px";
    const input = document.activeElement;
    if (!text || !form.contains(input) || input.tagName === "H1") return;
    const at = input.getBoundingClientRect(), over = byId("notices").getBoundingClientRect().bottom + 8 - at.top;
    if (over > 0 && at.bottom > 0) scrollBy(0, -Math.max(0, Math.min(over, innerHeight - at.bottom)));
  }

  const two = number => ("0" + number).slice(-2);
  const dayOf = time => time.getFullYear() + "-" + two(time.getMonth() + 1) + "-" + two(time.getDate());

  // A question before something is lost; a browser without <dialog> asks in its own way.
  function sure(text) {
    const box = byId("sure"), before = document.activeElement;
    if (!box.showModal) return Promise.resolve(window.confirm(text));
    byId("sure-text").textContent = text;
    return new Promise(done => {
      const answer = value => {
        box.onclick = box.oncancel = null;
        box.close();
        if (document.contains(before)) before.focus();
        done(value);
      };
      box.onclick = event => { if (event.target.value) answer(event.target.value === "yes"); };
      box.oncancel = event => { event.preventDefault(); answer(false); };
      box.showModal();
    });
  }

  // --- Screens ---

  function show(id) {
    all(".screen").forEach(screen => { screen.hidden = screen.id !== id; });
    const heading = id === "household" ? steps[step].querySelector("h1") : byId(id).querySelector("h1");
    window.scrollTo(0, 0);
    heading.focus();
    notice("unshared", "");
    // One step deeper for the phone's own "back", which then leads back to the list and not out of the page.
    if (id !== "day" && id !== "way" && !(history.state && history.state.deep)) history.pushState({ deep: true }, "");
  }

  addEventListener("popstate", () => {
    if (byId("sure").open) byId("sure").oncancel(new Event("cancel"));
    if (!byId("household").hidden) doings.back();
    else if (!byId("send").hidden) showDay();
    else if (!byId("village").hidden && village) showDay();
  });

  // --- A household: what is asked of it, what it lacks ---

  const nameOf = draft => draft.values.name || say("unnamed");
  const mine = () => drafts.filter(draft => draft.village === village);
  const answer = (draft, key) => draft.asked[key];

  function isNeeded(draft, node) {
    return !node.dataset.unless || answer(draft, node.dataset.unless) !== "yes";
  }

  function unasked(draft) {
    return asked.filter(node => isNeeded(draft, node) && !answer(draft, node.dataset.asked)).length;
  }

  const isFilled = value => value !== undefined && (typeof value !== "object" || Object.keys(value).length > 0);

  // [words, the section where it is asked]
  function lacks(draft) {
    const values = draft.values, garden = values.garden || {}, found = [];
    const agreed = answer(draft, "agree"), strangers = draft.photos.filter(photo => !photo.values.people).length;
    const need = (is, section, key, n) => { if (is) found.push([say(key, { n: n }), section]); };
    need(!values.name, "name", "lack_name");
    need(!agreed, "consent", "lack_agree");
    need(agreed === "yes" && unasked(draft), "consent", "lack_asked", unasked(draft));
    if (agreed === "no") return found;
    need(!isFilled(values.location), "location", "lack_point");
    need(!isFilled(garden), "garden", "lack_garden");
    need(!draft.photos.length, "photos", "lack_photos");
    need(strangers, "photos", "lack_people", strangers);
    return found;
  }

  // --- The day's list ---

  function clock(stamp) {
    const time = new Date(stamp), today = dayOf(time) === dayOf(new Date());
    return two(time.getHours()) + ":" + two(time.getMinutes()) + (today ? "" : ", " + time.getDate() + "/" + (time.getMonth() + 1));
  }

  function stateOf(draft) {
    const said = [say("filled", { n: draft.filled || 0, all: steps.length - 1 })];
    if (draft.photos.length) said.push(say("photos", { n: draft.photos.length }));
    if (draft.done) said.push(say("finished"));
    if (draft.sent) said.push(say(draft.sent.how, { time: clock(draft.sent.at) }));
    if (isEdited(draft)) said.push(say("edited"));
    return said.join(" · ");
  }

  const isEdited = draft => draft.sent && draft.changed > draft.sent.at;

  function showDay() {
    const list = byId("homes");
    list.textContent = "";
    mine().forEach(draft => {
      const row = document.importNode(byId("home").content, true).querySelector("li"), missing = lacks(draft).map(one => one[0]);
      if (draft.wrong && answer(draft, "agree") !== "no") missing.push(say("lack_wrong", { n: draft.wrong }));
      row.dataset.id = draft.id;
      row.querySelector("b").textContent = nameOf(draft);
      row.querySelector(".how-far").textContent = stateOf(draft);
      row.querySelector(".lacks").textContent = missing.length ? say("lacks", { what: missing.join(", ") }) : "";
      if (draft.done && !missing.length) row.classList.add("done");
      list.appendChild(row);
    });
    const none = !list.firstChild, button = document.querySelector("[data-village='" + village + "'] b");
    byId("none").hidden = !none;
    byId("to-send").hidden = byId("new-day").hidden = none;
    byId("village-name").textContent = button ? button.textContent : "";
    show("day");
  }

  function begin() {
    const known = all("[data-village]").map(button => button.dataset.village);
    return store.choice("village").then(chosen => {
      village = known.indexOf(chosen) >= 0 ? chosen : known.length === 1 ? known[0] : "";
      if (village || !known.length) showDay();
      else show("village");
    });
  }

  function toDay() {
    return flush().then(() => {
      current = null;
      drafts = drafts.filter(draft => draft.kept || draft.photos.length); // the others were never begun
      showDay();
    });
  }

  // --- Keeping: half a breath after each change, and at once when the page is left ---

  function gather() {
    const values = {};
    all(".group", form).forEach(group => {
      const path = group.dataset.within ? group.dataset.within.split(".") : [];
      fields.read(group, path.reduce((owner, key) => owner[key] || (owner[key] = {}), values));
    });
    Object.keys(values).forEach(key => { if (!isFilled(values[key])) delete values[key]; });
    current.values = values;
    all("[data-asked]", form).forEach(node => {
      const input = node.querySelector("input:checked");
      if (input) current.asked[node.dataset.asked] = input.value;
      else delete current.asked[node.dataset.asked];
    });
    all("#photos > li").forEach((card, at) => { current.photos[at] = { id: card.dataset.id, values: fields.read(card, {}) }; });
    current.photos.length = all("#photos > li").length;
    current.wrong = fields.faults(form).length;
    current.filled = steps.filter(isStepFilled).length;
  }

  function isStepFilled(node) {
    if (node.dataset.step === "consent") return !!answer(current, "agree");
    return fields.told(node, "").some(one => one[1] !== undefined) ||
      all(".group", node).some(group => fields.told(group).some(one => one[1] !== undefined)) ||
      (node.contains(byId("photos")) && current.photos.length > 0);
  }

  function changed() {
    if (!current) return;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE);
  }

  function keep(more, less) {
    const draft = current;
    gather();
    showProgress();
    dirty = false;
    draft.changed = Date.now();
    draft.kept = true;
    saving = put(draft, more, less); // at once: the page may be on its way out
    return saving;
  }

  // What could not be kept is tried again with the next save of its household; until then the page says so.
  function put(draft, more, less) {
    const photos = (unkept.get(draft.id) || []).concat(more || []).filter(photo => !less || less.indexOf(photo.id) < 0);
    return store.save(draft, photos, less).then(() => {
      unkept.delete(draft.id);
      if (!unkept.size) notice("trouble", "");
      if (draft === current) byId("kept").textContent = say("kept");
      call({ saved: draft.id });
    }, error => {
      unkept.set(draft.id, photos);
      failed(error);
    });
  }

  // There is room again.
  function putRest() {
    return Promise.all(drafts.filter(draft => unkept.has(draft.id)).map(draft => put(draft)));
  }

  function flush() {
    clearTimeout(timer);
    return dirty && current ? keep() : saving;
  }

  function failed(error) {
    const full = error && /quota/i.test(error.name + error.message);
    dirty = true;
    byId("kept").textContent = "";
    notice("trouble", say(full ? "full" : "not_kept"));
  }

  // Both words come when a phone puts the page aside; a page that is killed sends none, so nothing waits for them.
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });

  // --- Another tab with the same form: it is told what was kept, so that neither writes over the other unseen ---

  const channel = opened();

  function opened() {
    try {
      return window.BroadcastChannel && new BroadcastChannel("vuonho form " + data.site);
    } catch (error) {
      return null; // Firefox, where it may keep nothing for a page
    }
  }

  function call(word) {
    if (channel) channel.postMessage(word);
  }

  if (channel) channel.onmessage = event => {
    const word = event.data;
    if (word.here) channel.postMessage({ too: true });
    if (word.here || word.too) byId("elsewhere").hidden = false;
    if (word.saved || word.gone) renew(word);
  };

  function renew(word) {
    const id = word.saved || word.gone, isOpen = current && current.id === id;
    if (isOpen && dirty) return; // what is being written here comes last, and is told in its turn
    store.drafts().then(found => {
      drafts = found.sort((one, other) => one.created - other.created);
      if (isOpen) {
        const draft = drafts.filter(one => one.id === id)[0];
        tell(say(draft ? "renewed" : "gone_elsewhere"));
        if (!draft) current = null;
        else open(draft, true);
      }
      if (!current && (isOpen || !byId("day").hidden)) showDay();
    });
  }

  // --- Filling in ---

  function fresh() {
    const now = Date.now();
    return { id: now.toString(36) + Math.random().toString(36).slice(2, 8), village: village, created: now, changed: now,
      values: {}, asked: {}, photos: [], done: false, sent: null };
  }

  function open(draft, stay) {
    current = draft;
    all(".group", form).forEach(group => {
      const path = group.dataset.within ? group.dataset.within.split(".") : [];
      fields.write(group, path.reduce((owner, key) => owner[key] || {}, draft.values));
    });
    all("[data-asked] input", form).forEach(input => {
      input.checked = draft.asked[input.closest("[data-asked]").dataset.asked] === input.value;
    });
    showPhotos(draft);
    react();
    if (!stay) go(0);
  }

  function go(to) {
    flush();
    step = Math.max(0, Math.min(steps.length - 1, to));
    steps.forEach((node, at) => { node.hidden = at !== step; });
    const last = step === steps.length - 1;
    showProgress();
    byId("bar").value = 100 * step / (steps.length - 1);
    byId("jump").open = false;
    byId("kept").textContent = "";
    byId("next").hidden = last;
    all("#jump [data-step]").forEach((button, at) => {
      if (at === step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    tell("");
    if (last) review();
    show("household");
  }

  function showProgress() {
    byId("progress").textContent = say("step", { n: step + 1, all: steps.length, name: nameOf(current) });
  }

  // What depends on the answers: who agreed, which questions are needless, what is not going to be shown.
  function react() {
    gather();
    const agreed = answer(current, "agree"), by = current.values.consent || {};
    byId("agreed").hidden = agreed !== "yes";
    byId("refused").hidden = agreed !== "no";
    asked.forEach(node => { node.hidden = !isNeeded(current, node); });
    all(".tick", form).forEach(node => { node.hidden = !answer(current, "agree") || isShown(node.dataset.tick); });
    const given = byId("consent-given"), who = byId("consent-by"), how = form.querySelector("[name=consent-how][value=form]");
    if (agreed === "yes" && given && !by.given) given.value = dayOf(new Date());
    if (agreed === "yes" && how && !by.how) how.checked = true;
    if (agreed === "yes" && who && !by.by && !who.dataset.left && current.values.head) who.value = current.values.head;
  }

  function isShown(tick) {
    const near = asked.filter(node => node.dataset.unless === tick)[0];
    return answer(current, "agree") === "yes" &&
      (answer(current, tick) === "yes" || !!near && answer(current, near.dataset.asked) === "yes");
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", event => {
    const input = event.target, field = input.closest("[data-key]"), choice = input.closest("[data-asked]");
    if (input.id === "consent-by") input.dataset.left = "yes";
    if (field && !field.contains(byId("camera"))) fields.check(field);
    if (choice || input.id === "head") react();
    changed();
  });
  // A second touch takes an answer back: "not asked" is an answer too.
  let touched = null;
  function takeBack(input) {
    touched = null;
    input.checked = false;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  ["pointerdown", "touchstart", "mousedown"].forEach(name => form.addEventListener(name, event => {
    const label = event.target.closest(".toggle"), input = label && label.querySelector("[type=radio]");
    touched = input && input.checked && input.value ? input : null;
  }, { passive: true }));
  form.addEventListener("click", event => { if (touched && event.target === touched) takeBack(touched); });
  form.addEventListener("keydown", event => {
    const input = event.target;
    if (event.key !== " " || input.type !== "radio" || !input.checked || !input.value) return;
    event.preventDefault();
    takeBack(input);
  });
  form.addEventListener("submit", event => event.preventDefault());

  // --- Looking it over: everything in words, and what to ask again ---

  function review() {
    const missing = lacks(current).filter(one => one[1] !== "name"); // a name that lacks is a fault of its field
    const wrong = fields.faults(form), box = byId("lacking"), summary = byId("summary");
    box.textContent = summary.textContent = "";
    if (wrong.length) add(box, "h2", say("mend_first"));
    const faulty = wrong.length ? add(box, "ul", "") : null;
    wrong.forEach(one => {
      const row = add(faulty, "li", ""), button = add(row, "button", fields.nameOf(one[0]), "plain");
      button.type = "button";
      button.onclick = () => lead(one[0]);
      add(row, "span", one[1]);
    });
    if (missing.length || !wrong.length) add(box, "h2", say(missing.length ? "ask_again" : "all_here"));
    const list = missing.length ? add(box, "ul", "") : null;
    missing.forEach(one => {
      const button = add(add(list, "li", ""), "button", one[0], "plain");
      button.type = "button";
      button.dataset.step = one[1];
    });
    box.classList.toggle("fine", !missing.length && !wrong.length);
    steps.slice(0, -1).forEach(node => summarize(summary, node));
  }

  function lead(field) {
    go(steps.indexOf(field.closest(".step")));
    fields.enter(field);
  }

  function summarize(summary, node) {
    const part = add(summary, "div", "", "part"), head = add(part, "h2", node.querySelector("h1").textContent);
    const edit = add(head, "button", say("review_edit"), "plain"), list = add(part, "dl", "");
    edit.type = "button";
    edit.dataset.step = node.dataset.step;
    edit.setAttribute("aria-label", say("review_edit") + ": " + node.querySelector("h1").textContent);
    const found = node.contains(byId("photos")) ? photoWords() : node.querySelector("[data-asked]") ? consentWords(node) : wordsIn(node);
    found.forEach(one => {
      add(list, "dt", one[0]);
      const said = add(list, "dd", one[1] || "");
      if (one[2]) add(said, "small", " " + one[2]);
    });
    if (list.firstChild) return;
    part.replaceChild(document.createElement("p"), list);
    part.lastChild.textContent = say("not_said");
    part.lastChild.className = "note";
  }

  function wordsIn(node) {
    const told = [].concat.apply([], all(".group", node).map(group => fields.told(group)));
    const isSaid = one => one[1] !== undefined || one[2].className === "card-of" && Object.keys(fields.read(one[2], {})).length;
    return told.filter(isSaid).map(one => [one[0], one[1], privateNote(one[2])]);
  }

  function privateNote(field) {
    const own = node => Array.from(node.children).filter(child => child.className === "tick")[0];
    const tick = own(field) || own(field.closest(".group") || field);
    return tick && !isShown(tick.dataset.tick) ? "(" + say("not_shown") + ")" : "";
  }

  function answerOf(node) {
    const input = node.querySelector("input:checked");
    return input ? input.nextElementSibling.textContent : say("not_asked");
  }

  function consentWords(node) {
    const agree = node.querySelector("[data-asked=agree]"), agreed = answer(current, "agree") === "yes";
    const rest = asked.filter(one => isNeeded(current, one)).map(one => [one.querySelector("legend").textContent, answerOf(one)]);
    return [[agree.querySelector("legend").textContent, answerOf(agree)]].concat(agreed ? wordsIn(node).concat(rest) : []);
  }

  function photoWords() {
    return [].concat.apply([], all("#photos > li").map((card, at) => {
      const told = fields.told(card).filter(one => one[1] !== undefined).map(one => [one[0], one[1]]);
      const open = current.photos[at].values.people ? [] : [[fields.told(card).map(one => one[0]).pop(), say("people_unknown")]];
      return [[say("photo", { n: at + 1 }), ""]].concat(told, open);
    }));
  }

  // --- Photos ---

  function showPhotos(draft) {
    addresses.splice(0).forEach(address => URL.revokeObjectURL(address));
    byId("photos").textContent = "";
    draft.photos.forEach(photo => {
      const card = photoCard(photo);
      store.photo(photo.id).then(found => { if (found) showPhoto(card, found.bytes); });
    });
  }

  function photoCard(photo) {
    const card = fields.addCard(byId("card-photo"), byId("photos"));
    card.dataset.id = photo.id;
    card.querySelector("img").alt = card.querySelector(".card-head").textContent;
    fields.write(card, photo.values);
    return card;
  }

  function showPhoto(card, bytes) {
    const address = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
    addresses.push(address);
    card.querySelector("img").src = address;
  }

  // One after another: two large photos at once are too much for a small phone.
  function takePhotos(event) {
    const chosen = Array.from(event.target.files), draft = current;
    event.target.value = "";
    const room = Math.max(0, MOST_PHOTOS - draft.photos.length);
    unread = [];
    beyond = chosen.slice(room).map(file => file.name);
    sayRefused(draft);
    chosen.slice(0, room).reduce((before, file, at) => before.then(() => {
      byId("working").textContent = say("photo_working", { n: at + 1, all: Math.min(room, chosen.length) });
      return Phone.photo.shrunk(file).then(bytes => keepPhoto(draft, bytes), () => {
        unread.push(file.name);
        sayRefused(draft);
      });
    }), Promise.resolve()).then(() => { byId("working").textContent = ""; });
  }

  // Until photos are chosen again: what a save of the others wiped away would be missed at home only.
  function sayRefused(draft) {
    const words = [unread.length && say("photo_bad", { name: unread.join(", ") }),
      beyond.length && say("photo_most", { n: MOST_PHOTOS, name: beyond.join(", ") })].filter(Boolean);
    notice("refused-photos", words.length ? nameOf(draft) + ": " + words.join("\n") : "");
  }

  function keepPhoto(draft, bytes) {
    const photo = { id: fresh().id, household: draft.id, bytes: bytes };
    if (!current || current.id !== draft.id) { // the household was left meanwhile
      const left = drafts.filter(one => one.id === draft.id)[0];
      if (!left) return null;
      left.photos.push({ id: photo.id, values: {} });
      return put(left, [photo]);
    }
    const card = photoCard({ id: photo.id, values: {} });
    showPhoto(card, bytes);
    return keep([photo]).then(() => { if (!unkept.size) tell(say("photo_done")); });
  }

  byId("camera").addEventListener("change", takePhotos);
  byId("gallery").addEventListener("change", takePhotos);

  // --- Where it is ---

  function locate(button) {
    const field = button.closest("[data-key]"), said = field.querySelector(".found"), box = field.querySelector("textarea");
    let best = null, watch = 0, end = 0;
    if (!navigator.geolocation) {
      said.textContent = say("place_none");
      return;
    }
    said.textContent = say("place_working");
    button.disabled = true;
    function stop() {
      navigator.geolocation.clearWatch(watch);
      clearTimeout(end);
      button.disabled = false;
      button.lastChild.textContent = say(best ? "place_again" : "place_retry");
    }
    function giveUp(key) {
      if (!best) said.textContent = say(key);
      stop();
    }
    watch = navigator.geolocation.watchPosition(found => {
      if (best && best.accuracy <= found.coords.accuracy) return;
      best = found.coords;
      const place = best.latitude.toFixed(5) + ", " + best.longitude.toFixed(5), metres = Math.max(1, Math.round(best.accuracy));
      box.value = place;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      said.textContent = say("place_found", { place: place, n: metres }) + (metres > 50 ? " " + say("place_rough", { n: metres }) : "");
      said.classList.toggle("rough", metres > 50);
      if (metres <= 15) stop();
    }, error => {
      giveUp(error.code !== 1 ? "place_away" : /^(file|content):/.test(location.protocol) ? "place_file" :
        !window.isSecureContext ? "place_http" : isApple() ? "place_refused_apple" : "place_refused");
    }, { enableHighAccuracy: true, timeout: 30000, maximumAge: 0 });
    end = setTimeout(giveUp, 20000, "place_away");
  }

  // --- Sending ---

  function ofProfile(draft, number) {
    const values = {}, consent = {}, agreed = answer(draft, "agree") === "yes";
    Object.keys(draft.values).forEach(key => { values[key] = draft.values[key]; });
    if (agreed) {
      Object.keys(values.consent || {}).forEach(key => { consent[key] = values.consent[key]; });
      if (!consent.how) consent.how = "form";
      const ticks = asked.filter(node => isNeeded(draft, node) && answer(draft, node.dataset.asked) === "yes").map(node => node.dataset.asked);
      if (ticks.length) consent.publish = ticks;
    }
    data.records.split(" ").forEach(key => { values[key] = values[key] || {}; });
    values.consent = consent;
    if (draft.photos.length) values.photos = draft.photos.map((photo, at) => {
      const entry = { file: photoName(number, at) };
      Object.keys(photo.values).forEach(key => { entry[key] = photo.values[key]; });
      return entry;
    });
    values.checked = dayOf(new Date(draft.changed));
    return values;
  }

  const photoName = (number, at) => "ho-" + (number + 1) + "-anh-" + (at + 1) + ".jpg";

  function aboutFile() {
    const about = { site: data.site, made: dayOf(new Date()), schema: data.schema };
    if (village) about.village = village;
    return about;
  }

  function headOf(chosen) {
    return Phone.text.head(aboutFile(), chosen.map(ofProfile));
  }

  // In pieces, each handed to the browser at once, so that sixty photos never lie in memory together.
  function pack(chosen) {
    const parts = [headOf(chosen)], photos = [];
    chosen.forEach((draft, number) => draft.photos.forEach((photo, at) => {
      photos.push({ id: photo.id, name: photoName(number, at), of: draft });
    }));
    parts.push(photos.length ? Phone.text.pictures : Phone.text.noPictures);
    return photos.reduce((before, photo) => before.then(() => store.photo(photo.id)).then(found => {
      if (!found) throw new Error(say("photo_lost", { name: nameOf(photo.of) }));
      return Phone.photo.base64(found.bytes).then(text => {
        parts.push(new Blob([Phone.text.picture(photo.name, found.bytes.byteLength, text)]));
      });
    }), Promise.resolve()).then(() => {
      parts.push(Phone.text.end);
      return { blob: new Blob(parts, { type: "text/plain" }), photos: photos.length };
    });
  }

  const fileName = () => ["vuonho", village, dayOf(new Date())].filter(Boolean).join("-") + ".txt";

  function showSend() {
    const list = byId("choose");
    tell("");
    list.textContent = "";
    mine().forEach(draft => {
      const row = add(add(list, "li", ""), "label", "", "row"), box = add(row, "input", ""), words = add(row, "span", "");
      box.type = "checkbox";
      box.value = draft.id;
      box.disabled = !draft.values.name;
      box.checked = !box.disabled && draft.done && (!draft.sent || isEdited(draft));
      add(words, "b", nameOf(draft));
      add(words, "small", " " + (box.disabled ? say("nameless") : stateOf(draft)));
      if (draft.wrong) add(words, "small", say("lack_wrong", { n: draft.wrong }), "lacks");
    });
    byId("as-text").hidden = true;
    show("send");
    prepare();
  }

  function picked() {
    const ids = all("#choose input:checked").map(box => box.value);
    return mine().filter(draft => ids.indexOf(draft.id) >= 0);
  }

  const ready = is => all("[data-ready]").forEach(button => { button.disabled = !is; });

  // Packed before the button is touched: a browser lets a file be shared within a few seconds of a touch only.
  function prepare() {
    const chosen = picked(), said = byId("packed"), mark = prepare.last = {};
    file = null;
    ready(false);
    said.textContent = chosen.length ? say("packing", { n: chosen.length }) : say("choose_some");
    if (!chosen.length) return;
    pack(chosen).then(found => {
      if (prepare.last !== mark) return;
      const size = Math.max(0.1, found.blob.size / 1e6).toFixed(1).replace(".", say("decimal"));
      const heavy = found.blob.size > MOST_BYTES;
      said.textContent = say(heavy ? "too_much" : "packed", { n: chosen.length, photos: found.photos, size: size });
      file = heavy ? null : { blob: found.blob, name: fileName(), of: chosen };
      ready(!heavy);
    }).catch(error => { if (prepare.last === mark) said.textContent = error.message; });
  }

  byId("choose").addEventListener("change", prepare);

  function share() {
    const sent = file, whole = navigator.canShare && window.File && new File([sent.blob], sent.name, { type: "text/plain" });
    if (!whole || !navigator.share || !navigator.canShare({ files: [whole] })) {
      if (isInside()) showWay();
      else notice("unshared", say("not_shared"));
      return;
    }
    navigator.share({ files: [whole], title: sent.name }).then(() => marked(sent.of, "sent", say("shared", { n: sent.of.length })), error => {
      if (error.name !== "AbortError") notice("unshared", say("not_shared"));
    });
  }

  function save() {
    if (isInside()) {
      showWay();
      return;
    }
    const link = document.createElement("a"), sent = file;
    link.href = URL.createObjectURL(sent.blob);
    link.download = sent.name;
    document.body.appendChild(link).click();
    document.body.removeChild(link);
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    marked(sent.of, "saved", say("saved_file", { file: sent.name }));
  }

  // To the team's computer, where this page came from it.
  function direct() {
    const sent = file;
    ready(false);
    fetch(data.direct, { method: "POST", body: sent.blob }).then(reply => reply.text().then(words => {
      if (reply.ok) return marked(sent.of, "sent", words);
      throw words;
    })).catch(words => {
      ready(true);
      notice("unshared", typeof words === "string" ? words : say("not_direct"));
    });
  }

  function marked(chosen, how, words) {
    const at = Date.now();
    chosen.forEach(draft => { draft.sent = { how: how, at: at }; });
    return chosen.reduce((before, draft) => before.then(() => store.save(draft)).then(() => call({ saved: draft.id })), Promise.resolve())
      .catch(failed).then(() => { showDay(); tell(words); });
  }

  function asText() {
    const chosen = picked();
    if (!chosen.length) return;
    const bare = chosen.map((draft, number) => {
      const values = ofProfile(draft, number);
      delete values.photos;
      return values;
    });
    byId("text").value = Phone.text.head(aboutFile(), bare) + Phone.text.noPictures + Phone.text.end;
    byId("as-text").hidden = false;
    byId("text").focus();
  }

  function copy(text, box) {
    const byHand = () => {
      if (box.select) box.select();
      else window.getSelection().selectAllChildren(box);
      try { tell(say(document.execCommand("copy") ? "copied" : "copy_by_hand")); } catch (error) { tell(say("copy_by_hand")); }
    };
    if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(text).then(() => tell(say("copied")), byHand);
    else byHand();
  }

  // --- Inside another app's browser: drafts are lost there and files go nowhere ---

  function isInside() {
    return /\bZalo\b|FBAN|FBAV|FB_IAB|FBIOS|Messenger|Instagram|\bLine\/|; wv\)/i.test(navigator.userAgent);
  }

  const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent);

  function showWay() {
    if (isApple()) all("[data-apple]").forEach(node => { node.textContent = node.dataset.apple; });
    byId("address").textContent = location.href.split("#")[0];
    show("way");
  }

  // --- Buttons ---

  function removeHousehold() {
    const draft = current;
    sure(say(draft.sent && !isEdited(draft) ? "sure_sent" : "sure_unsent", { name: nameOf(draft) })).then(yes => {
      if (!yes) return null;
      clearTimeout(timer);
      dirty = false;
      current = null;
      return store.remove(draft).then(() => {
        drafts = drafts.filter(one => one !== draft);
        unkept.delete(draft.id);
        call({ gone: draft.id });
        putRest();
        showDay();
        tell(say("removed", { name: nameOf(draft) }));
      });
    }).catch(failed);
  }

  function newDay() {
    const over = mine().filter(draft => draft.sent && !isEdited(draft));
    if (!over.length) {
      tell(say("new_nothing"));
      return;
    }
    sure(say("sure_new", { n: over.length })).then(yes => {
      if (!yes) return null;
      return over.reduce((before, draft) => before.then(() => store.remove(draft)), Promise.resolve()).then(() => {
        drafts = drafts.filter(draft => over.indexOf(draft) < 0);
        over.forEach(draft => call({ gone: draft.id }));
        putRest();
        showDay();
        tell(say("new_done", { n: over.length }));
      });
    }).catch(failed);
  }

  function addCard(button) {
    const field = button.parentNode, list = field.querySelector(".cards");
    if (list.children.length >= +field.dataset.most) {
      tell(say("most", { n: field.dataset.most }));
      return;
    }
    const card = fields.addCard(field.querySelector("template"), list);
    card.querySelector("input").focus();
  }

  function dropCard(button) {
    const card = button.closest(".card-of"), list = card.parentNode, isPhoto = list.id === "photos";
    const next = list.parentNode.querySelector("[data-do=card], h1");
    const isEmpty = !isPhoto && !Object.keys(fields.read(card, {})).length;
    (isEmpty ? Promise.resolve(true) : sure(say(isPhoto ? "sure_photo" : "sure_card"))).then(yes => {
      if (!yes) return;
      list.removeChild(card);
      fields.renumber(list);
      if (next) next.focus();
      if (isPhoto) keep([], [card.dataset.id]);
      else changed();
    });
  }

  function raiseCard(button) {
    const card = button.closest(".card-of"), list = card.parentNode;
    if (card.previousElementSibling) list.insertBefore(card, card.previousElementSibling);
    fields.renumber(list);
    button.focus();
    changed();
  }

  function addHousehold() {
    const draft = fresh();
    drafts.push(draft);
    open(draft);
  }

  function finish() {
    const draft = current;
    draft.done = true;
    keep().then(() => {
      current = null;
      showDay();
      if (!unkept.has(draft.id)) tell(say("saved_home", { name: nameOf(draft) }));
    });
  }

  const doings = {
    add: addHousehold, day: toDay, send: () => flush().then(showSend), "new-day": newDay, next: () => go(step + 1), done: finish, remove: removeHousehold,
    back: () => step ? go(step - 1) : toDay(), card: addCard, drop: dropCard, up: raiseCard, locate: locate, share: share, direct: direct, save: save,
    text: asText, stay: begin, village: () => show("village"), "copy-address": () => copy(location.href.split("#")[0], byId("address")),
    "copy-text": () => copy(byId("text").value, byId("text")),
  };

  addEventListener("click", event => {
    const button = event.target.closest("button");
    if (!button || button.disabled) return;
    const row = button.closest("[data-id]"), draft = row && drafts.filter(one => one.id === row.dataset.id)[0];
    if (button.dataset.do) doings[button.dataset.do](button);
    else if (button.dataset.step) go(steps.map(node => node.dataset.step).indexOf(button.dataset.step));
    else if (button.dataset.village) {
      village = button.dataset.village;
      store.choose("village", village).catch(failed);
      showDay();
    } else if (draft && button.classList.contains("open")) open(draft);
    else if (draft && button.classList.contains("remove")) removeDraft(draft);
  });

  // --- The start; on the village's site the page is kept for when there is no signal ---

  store.open().then(kept => {
    byId("forgetful").hidden = kept;
    return store.drafts();
  }).then(found => {
    drafts = found.sort((one, other) => one.created - other.created);
    call({ here: true });
    if (isInside()) showWay();
    else return begin();
  }).catch(() => notice("trouble", say("not_kept")));

  if (data.root && navigator.serviceWorker && /^http/.test(location.protocol)) {
    const root = new URL(data.root, location.href).href;
    navigator.serviceWorker.register(root + "sw.js", { scope: root, updateViaCache: "none" })
      .then(() => navigator.serviceWorker.ready)
      .then(worker => worker.active.postMessage({ keep: [location.href.split("#")[0]] })).catch(() => {});
  }
})();
