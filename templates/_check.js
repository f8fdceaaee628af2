// The page where one finds out whose a code is (_verdict.js has the rules). Without script it says in words what to
// compare. It answers for the site that it was built for, and nowhere else: a copy at another address says so.
(() => {
  const card = document.querySelector(".check"), site = JSON.parse(card.dataset.site), said = card.querySelector(".verdict");
  const form = card.querySelector("form"), box = form.querySelector("textarea");
  const camera = cameraOf(card.querySelector("video"), card.dataset.reader);
  const isPreview = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname);
  const isHome = site.roots.some(root => location.href.startsWith(root));

  // --- The file of codes, only where it is the one that this page was made with ---

  let codes = null;
  async function load() {
    const answer = await fetch(card.dataset.codes, { cache: "no-cache" });
    if (!answer.ok) throw new Error(answer.status);
    const bytes = await answer.arrayBuffer(), digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    if ([...digest].map(one => (one + 256).toString(16).slice(1)).join("") !== card.dataset.digest) throw new Error("changed");
    codes = JSON.parse(new TextDecoder().decode(bytes));
  }

  // --- What is shown: sentences of the page, with names put in as text ---

  // As on the plaque, see `spaced` in model/codes.py.
  const spaced = code => code.replace(code.length > 6 ? /(?=.{4}$)/ : /(?=.{3}$)/, "\u00a0");
  const wordsOf = key => card.getAttribute("data-" + key);

  function tell(kind, lines, code) {
    said.textContent = "";
    said.className = "verdict told " + kind;
    lines.forEach(([key, values]) => {
      const words = wordsOf(key).replace(/\{(\w+)\}/g, (all, name) => (values || {})[name] || all);
      said.appendChild(document.createElement("p")).textContent = words;
    });
    if (code) {
      const link = said.appendChild(document.createElement("a"));
      link.className = "button strong";
      link.href = card.dataset.home + code + "/";
      link.textContent = wordsOf("open");
    }
    said.scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    const lines = [], values = { village: found.village || card.dataset.title, code: found.to && spaced(found.to) };
    if (found.no) {
      lines.push([found.no === "data" ? "unsure" : found.no === "empty" ? "empty" : "not"]);
      if (wordsOf("why-" + found.no)) lines.push(["why-" + found.no]);
      return tell("no", lines);
    }
    lines.push([found.typed && found.code ? "right" : "yes", values]);
    lines.push([found.state ? "is-" + found.state : found.home ? "is-home" : "is-village", values]);
    if (found.old) lines.push(["old"]);
    if (found.typed) lines.push(["typed"]);
    tell(found.typed ? "half" : "here", lines, found.state === "moved" ? found.to : found.state === "open" ? found.code : "");
  }

  async function check(text) {
    const first = judge(text, site, null);
    if (first.no === "data" && !codes) await load().catch(() => {});
    show(first.no === "data" ? judge(text, site, codes) : first);
  }

  async function scan() {
    if (camera.isOn()) return camera.stop();
    try {
      const seen = await camera.see(() => tell("no", [["unread"]]));
      if (!seen) return;
      box.value = seen;
      await check(seen);
    } catch (error) {
      tell("no", [["blind"]]);
    }
  }

  if (!isHome && !isPreview) return tell("no", [["elsewhere", { host: location.host || location.protocol }]]);
  form.hidden = false;
  form.onsubmit = event => {
    event.preventDefault();
    camera.stop();
    check(box.value);
  };
  box.onkeydown = event => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  };
  const button = form.querySelector("[type=button]");
  button.hidden = !navigator.mediaDevices;
  button.onclick = scan;
})();
