// The team's walk past the plaques: each code is read and judged (_verdict.js has the rules), each plaque gets one of
// three ticks and perhaps a photo. All of it stays on this phone (_form_store.js) until its file is sent; what that is
// made of, says forms/patrol_file.py. Every name is put in as text, and a stranger's address never as a link.
(() => {
  const card = document.querySelector(".patrol"), byId = id => document.getElementById(id);
  const data = name => JSON.parse(card.dataset[name]);
  const site = data("known"), codes = data("codes"), walk = data("walk"), words = data("words");
  const store = Phone.store, said = card.querySelector(".verdict");
  const camera = cameraOf(card.querySelector("video"), card.dataset.reader);
  const say = (key, values) => words[key].replace(/\{(\w+)\}/g, (all, name) => values && name in values ? values[name] : all);
  const spaced = code => code.replace(code.length > 6 ? /(?=.{4}$)/ : /(?=.{3}$)/, "\u00a0");
  const today = () => { const now = new Date(); return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10); };

  const marks = new Map(); // code: {id, condition, day, photos: [{id}]}
  const rows = new Map(); // code: its button in the list
  let village, homes, current = "", last = "", shown = "";
  // Whose photo is taken: the way has gone on to the next home when a tick was tapped.
  const pictured = () => [current, last].find(code => marks.has(code)) || "";

  // --- What is shown ---

  const nameOf = code => {
    const found = homes.find(one => one[0] === code);
    return found ? found[1] : say("plaque", { code: spaced(code) });
  };

  function show() {
    const of = homes.filter(one => marks.has(one[0])).length, mark = marks.get(current) || {};
    card.querySelector(".at span").textContent = current ? nameOf(current) : "";
    card.querySelector(".at b").textContent = current && spaced(current);
    card.querySelectorAll(".marks button").forEach(button => button.setAttribute("aria-pressed", button.value === mark.condition));
    const whose = pictured(), name = whose && nameOf(whose);
    byId("photo").disabled = !whose;
    byId("photo").labels[0].classList.toggle("off", !whose);
    byId("seen").textContent = say(!whose ? "tick_first" : marks.get(whose).photos.length ? "photographed" : "photo_of", { name });
    byId("count").textContent = say(of && of === homes.length ? "all" : "count", { n: of, of: homes.length });
    byId("anew").hidden = !marks.size;
    [shown, current, last].forEach(paint);
    shown = current;
  }

  // The list is made once a village: of a thousand homes a cheap phone makes it in a second, and a tap changes two.
  function list() {
    const all = card.querySelector(".homes");
    all.textContent = "";
    homes.forEach(([code, name]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.value = code;
      button.appendChild(document.createElement("span")).textContent = name;
      button.appendChild(document.createElement("small"));
      all.appendChild(document.createElement("li")).appendChild(button);
      rows.set(code, button);
      paint(code);
    });
  }

  function paint(code) {
    const button = rows.get(code), done = marks.get(code);
    if (!button) return;
    button.lastChild.textContent = done ? say("is_" + done.condition) : spaced(code);
    if (code === current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }

  function tell(kind, ...lines) {
    said.textContent = "";
    said.className = "verdict " + kind;
    lines.filter(Boolean).forEach(line => { said.appendChild(document.createElement("p")).textContent = line; });
    (kind === "yes" ? card.querySelector(".marks") : said).scrollIntoView({ block: "nearest" });
  }

  function choose(code) {
    current = code;
    show();
  }

  // The next home on the way that has no tick yet; after the last one the first.
  function next() {
    const at = homes.findIndex(one => one[0] === current), ahead = homes.slice(at + 1).concat(homes.slice(0, at + 1));
    const found = ahead.find(one => !marks.has(one[0]));
    choose(found ? found[0] : current);
  }

  function enter(slug) {
    village = slug;
    homes = walk.find(one => one[0] === slug)[2];
    current = last = shown = "";
    said.textContent = "";
    rows.clear();
    list();
    pack();
    next();
    if (!current && homes.length) choose(homes[0][0]);
  }

  // --- What a code says ---

  function answer(text) {
    const found = judge(text, site, codes), of = found.state && { code: spaced(found.code), to: found.to && spaced(found.to) };
    if (found.no === "unknown") return tell("no", say("unknown"), say("stranger"));
    if (found.no || found.typed) {
      const shown = text.length > 120 ? text.slice(0, 120) + "…" : text;
      return tell("no", say("foreign"), shown, say("stranger"));
    }
    if (!found.code) return tell("no", say("page"));
    if (found.state !== "open") return tell("no", say("is_" + found.state, of));
    if (!(codes.open[village] || []).includes(found.code)) return tell("no", say("elsewhere", { village: found.village, ...of }));
    const expected = current && nameOf(current), name = nameOf(found.code), old = found.old && say("old");
    const isIt = found.code === current;
    choose(found.code);
    tell("yes", say(isIt ? "yours" : "other", { name, expected }), old, say("then"));
  }

  // --- Looking ---

  const label = card.querySelector("#scan").lastElementChild, { scan: start, stop: end } = byId("scan").dataset;

  function stop() {
    camera.stop();
    label.textContent = start;
  }

  async function scan() {
    if (camera.isOn()) return stop();
    label.textContent = end;
    tell("wait", say("looking"));
    try {
      const seen = await camera.see(() => tell("no", say("unread"), say("unread_more")));
      if (!seen) return;
      stop();
      answer(seen);
    } catch (error) {
      stop();
      tell("no", say("blind"), say("blind_more"));
    }
  }

  // --- What is kept, at once ---

  const keep = (mark, more, less) => store.save(mark, more, less).catch(() => tell("no", say("unkept")));

  async function tick(condition) {
    if (!current) return;
    const before = marks.get(current), code = current, mark = { id: code, condition, day: today(), photos: before ? before.photos : [] };
    last = code;
    marks.set(code, mark);
    await keep(mark);
    stop();
    tell("yes", say("kept", { name: nameOf(code), condition: say("is_" + condition) }));
    if (before) show();
    else next();
    pack();
  }

  async function photograph(file) {
    const code = pictured(), mark = marks.get(code);
    if (!file || !mark) return;
    try {
      const bytes = await Phone.photo.shrunk(file), old = mark.photos.map(one => one.id), id = code + "-" + Date.now();
      mark.photos = [{ id }];
      await keep(mark, [{ id, bytes }], old);
      show();
      pack();
    } catch (error) {
      tell("no", say("unopened"));
    }
  }

  // --- What is sent: packed beforehand, for a browser lets a file be shared within a few seconds of a touch only ---

  let packing = 0;
  const packed = new Map(); // photo: its part of the file
  async function pack() {
    const turn = ++packing, share = byId("share"), save = byId("save");
    share.hidden = save.hidden = true;
    if (!marks.size) return;
    const plaques = [], parts = [Phone.text.pictures];
    for (const mark of marks.values()) {
      const [first] = mark.photos, plaque = { code: mark.id, day: mark.day, condition: mark.condition };
      if (first && !packed.has(first.id)) {
        const photo = await store.photo(first.id), text = photo && await Phone.photo.base64(photo.bytes);
        if (photo) packed.set(first.id, new Blob([Phone.text.picture(mark.id + ".jpg", photo.bytes.byteLength, text)]));
        if (turn !== packing) return;
      }
      if (first && packed.has(first.id)) {
        plaque.photo = mark.id + ".jpg";
        parts.push(packed.get(first.id));
      }
      plaques.push(plaque);
    }
    const head = "vuonho_patrol: 1\nmade: " + Phone.text.json(today()) + "\nplaques: " + Phone.text.json(plaques) + "\n";
    const pictures = parts.length > 1 ? parts : [Phone.text.noPictures];
    const file = new File([head, ...pictures, Phone.text.end], "vuonho-tuan-tra-" + village + "-" + today() + ".txt", { type: "text/plain" });
    URL.revokeObjectURL(save.href);
    save.href = URL.createObjectURL(file);
    save.download = file.name;
    save.hidden = false;
    share.hidden = !(navigator.share && navigator.canShare && navigator.canShare({ files: [file] }));
    share.onclick = () => navigator.share({ files: [file], title: file.name }).then(() => sent(), error => {
      if (error.name !== "AbortError") byId("sent").textContent = say("unshared");
    });
    save.onclick = () => sent();
  }

  const sent = () => { byId("sent").textContent = say("sent"); };

  async function anew() {
    if (!confirm(say("sure"))) return;
    for (const mark of [...marks.values()]) {
      await store.remove(mark).catch(() => {});
      marks.delete(mark.id);
    }
    byId("sent").textContent = "";
    enter(village);
  }

  // --- Begin ---

  byId("scan").onclick = scan;
  byId("village").onchange = event => { stop(); enter(event.target.value); };
  card.querySelector(".marks").onclick = event => { if (event.target.value) tick(event.target.value); };
  card.querySelector(".homes").onclick = event => {
    const button = event.target.closest("button");
    if (!button) return;
    choose(button.value);
    said.textContent = "";
    card.querySelector(".at").scrollIntoView();
  };
  byId("photo").onchange = event => { photograph(event.target.files[0]); event.target.value = ""; };
  byId("anew").onclick = anew;
  addEventListener("pagehide", stop);

  if (!walk.length) return;
  store.open("vuonho patrol " + site.now).then(async isKept => {
    (await store.drafts()).forEach(mark => marks.set(mark.id, mark));
    const [first] = marks.keys(), at = walk.find(one => one[2].some(home => home[0] === first));
    card.querySelector(".walk").hidden = false;
    byId("village").value = (at || walk[0])[0];
    enter(byId("village").value);
    if (!isKept) tell("no", say("unkept"));
  });
})();
