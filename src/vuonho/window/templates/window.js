// What makes the window pleasant; each page works without it.
(() => {
  const one = (selector, node) => (node || document).querySelector(selector);
  const all = (selector, node) => Array.from((node || document).querySelectorAll(selector));

  // A list narrowed while one types: accents and case do not count, as in the folded text of each row.
  const finder = one("[data-finder]");
  if (finder) {
    const fold = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
    const rows = all("[data-find]"), none = one("[data-none]");
    const narrow = () => {
      const words = fold(finder.q.value).split(/\s+/).filter(Boolean);
      let count = 0;
      rows.forEach(row => {
        row.hidden = !words.every(word => row.dataset.find.includes(word));
        count += !row.hidden;
      });
      none.hidden = count > 0;
    };
    finder.q.addEventListener("input", narrow);
    all("select", finder).forEach(select => select.addEventListener("change", () => finder.submit()));
  }

  // How many households are ticked; a plaque is shown anew in the size that is chosen.
  const ticks = one("[data-ticks]");
  if (ticks) {
    const count = () => { one("[data-count]", ticks).textContent = all("input[name=code][type=hidden], input[name=code]:checked", ticks).length; };
    ticks.addEventListener("change", count);
    addEventListener("pageshow", count);
  }
  const looking = one("[data-look]");
  if (looking) looking.addEventListener("change", event => { if (event.target.matches("[name=size], [name=start], select")) looking.submit(); });

  // A job is watched until it is over.
  const job = one("[data-job]");
  if (job) {
    const look = () => fetch(job.dataset.job).then(reply => reply.json()).then(state => {
      if (state.over) return location.reload();
      const steps = one(".steps", job), bar = one("progress", job);
      steps.replaceChildren(...state.steps.map(step => Object.assign(document.createElement("li"), { textContent: step })));
      if (state.total) { bar.max = state.total; bar.value = state.done; } else bar.removeAttribute("value");
      setTimeout(look, 400);
    }).catch(() => setTimeout(look, 2000));
    setTimeout(look, 300);
  }

  // Entries of a list come and go.
  document.addEventListener("click", event => {
    const add = event.target.closest("[data-add]"), remove = event.target.closest("[data-remove]");
    if (remove) return remove.closest(".card-of").remove();
    if (!add) return;
    event.preventDefault();
    const list = add.closest("[data-records]"), cards = one(".cards", list);
    const number = 1 + Math.max(0, ...all("[name]", cards).map(field => parseInt(field.name.slice(list.dataset.records.length + 1), 10) || 0));
    const card = one("template", list).content.cloneNode(true);
    all("[name],[for],[id],[aria-describedby]", card).forEach(node => ["name", "for", "id", "aria-describedby"].forEach(key => {
      if (node.hasAttribute(key)) node.setAttribute(key, node.getAttribute(key).replaceAll(".@.", `.${number}.`));
    }));
    one("b", card).textContent = one("b", card).textContent.replace("@", number);
    cards.append(card);
    one("input, textarea, select", cards.lastElementChild).focus();
  });

  // What is typed is kept at every pause, here on this computer.
  const form = one("[data-draft]");
  if (form) {
    const kept = one("[data-kept]");
    let timer = 0, leaving = false;
    const fields = () => {
      const data = new FormData(form);
      data.delete("photos");
      return data;
    };
    const keep = () => fetch(form.dataset.draft, { method: "POST", body: fields() })
      .then(reply => { kept.textContent = reply.ok ? kept.dataset.said : kept.dataset.lost; })
      .catch(() => { kept.textContent = kept.dataset.lost; });
    const soon = () => { clearTimeout(timer); timer = setTimeout(keep, 900); };
    form.addEventListener("input", soon);
    form.addEventListener("submit", () => { clearTimeout(timer); leaving = true; });
    addEventListener("pagehide", () => {
      if (timer && !leaving) navigator.sendBeacon(form.dataset.draft, fields());
    });

    // Photos dropped on the page go into the draft at once.
    const drop = one("[data-drop]");
    const send = async files => {
      for (const file of files) {
        const data = new FormData();
        data.append("photos", await readable(file), file.name);
        const reply = await fetch(drop.dataset.drop, { method: "POST", body: data });
        const page = new DOMParser().parseFromString(await reply.text(), "text/html");
        const card = one(".card-of", page);
        if (card) one(".photos").append(card);
        else { kept.textContent = all(".refused p:not(.buttons)", page).map(said => said.textContent).join(" "); kept.scrollIntoView({ block: "nearest" }); }
      }
    };
    // A photo of a kind that the program cannot read becomes a JPEG where this browser can show it.
    const readable = async file => {
      if (/jpe?g|png|webp/.test(file.type)) return file;
      try {
        const picture = await createImageBitmap(file), canvas = document.createElement("canvas");
        canvas.width = picture.width;
        canvas.height = picture.height;
        canvas.getContext("2d").drawImage(picture, 0, 0);
        return await new Promise(done => canvas.toBlob(done, "image/jpeg", 0.92));
      } catch (error) {
        return file;
      }
    };
    document.addEventListener("click", event => {
      const turn = event.target.closest("[data-turn]");
      if (!turn) return;
      event.preventDefault();
      const data = new FormData(), picture = one("img", turn.closest(".card-of"));
      data.append("turn", turn.value);
      fetch(turn.formAction, { method: "POST", body: data, redirect: "manual" }).then(() => {
        picture.src = `${picture.src.split("?")[0]}?${Date.now()}`;
      });
    });
    const input = one("input", drop);
    input.addEventListener("change", () => { send(Array.from(input.files)); input.value = ""; });
    drop.addEventListener("dragover", event => { event.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", event => { event.preventDefault(); drop.classList.remove("over"); send(Array.from(event.dataTransfer.files)); });
  }

  // What is taken for no answer names the village while one types.
  const begin = one("[data-begin]");
  if (begin) {
    const shown = all("[placeholder]", begin).map(field => [field, field.placeholder]);
    const name = () => shown.forEach(([field, text]) => {
      if (begin.village.value.trim()) field.placeholder = text.replace(begin.dataset.begin, begin.village.value.trim());
    });
    begin.village.addEventListener("input", name);
    name();
  }

  // A line of a text that is wrong is found in it.
  const raw = one("[data-raw] textarea");
  if (raw) all("[data-line]").forEach(link => link.addEventListener("click", event => {
    event.preventDefault();
    const lines = raw.value.split("\n"), at = Math.min(Number(link.dataset.line), lines.length) - 1;
    const from = lines.slice(0, at).join("\n").length + (at ? 1 : 0);
    raw.focus();
    raw.setSelectionRange(from, from + lines[at].length);
  }));

  // The place of the home: a short link can be asked for, that of a photo is offered, the map fits its page.
  const point = document.getElementById("location.point"), web = one("[data-short]");
  if (point && web) point.addEventListener("input", () => { web.hidden = !new RegExp(web.dataset.short, "i").test(point.value); });
  document.addEventListener("click", event => {
    const offered = event.target.closest("[data-point]");
    if (!offered || !point) return;
    event.preventDefault();
    point.value = offered.value;
    point.dispatchEvent(new Event("input", { bubbles: true }));
    for (let node = point; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    point.focus();
  });
  const map = one("[data-map]");
  if (map) {
    map.classList.add("fits");
    map.addEventListener("click", event => {
      event.preventDefault();
      const box = map.getBoundingClientRect();
      const at = { x: (event.clientX - box.left) * map.getAttribute("width") / box.width, y: (event.clientY - box.top) * map.getAttribute("height") / box.height };
      Object.keys(at).forEach(key => map.form.append(Object.assign(document.createElement("input"), { type: "hidden", name: `map.${key}`, value: at[key] })));
      map.form.submit();
    });
  }

  // A file dropped beside its field is chosen in it.
  all("[data-drop-one]").forEach(drop => {
    drop.addEventListener("dragover", event => { event.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", event => { event.preventDefault(); drop.classList.remove("over"); one("input", drop).files = event.dataTransfer.files; });
  });

  // Files dropped on a page, or chosen, are sent at once.
  const dropping = one("[data-dropping]");
  if (dropping) {
    const box = one(".drop", dropping), files = one("input[type=file]", dropping);
    files.addEventListener("change", () => { if (files.files.length) dropping.submit(); });
    box.addEventListener("dragover", event => { event.preventDefault(); box.classList.add("over"); });
    box.addEventListener("dragleave", () => box.classList.remove("over"));
    box.addEventListener("drop", event => {
      event.preventDefault();
      box.classList.remove("over");
      files.files = event.dataTransfer.files;
      if (files.files.length) dropping.submit();
    });
    one("button", dropping).parentElement.remove();
  }

  // What phones send appears by itself.
  const arrivals = one("[data-arrivals]");
  if (arrivals) {
    const wait = () => setTimeout(() => fetch(arrivals.dataset.arrivals).then(reply => reply.json()).then(found => {
      if (found.names.join("\n") !== arrivals.dataset.names) location.reload();
      else wait();
    }).catch(wait), 1500);
    wait();
  }

  // A link to a field opens the part that it stands in.
  const open = () => {
    const field = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let node = field; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    if (field) field.focus();
  };
  addEventListener("hashchange", open);
  open();
  const first = one("[data-focus]");
  if (first) first.focus();
})();
