// The service worker: what a phone has opened once opens again where there is no signal. When the site is built, a
// line above this file says what SITE is: {version, files: the addresses of the shell, folders: the site's own, large:
// the villages whose page is long, and kept only when it was opened}.
// It looks after the pages of this site alone, though others may live at the same host, and on the same phone.

const SCOPE = self.registration.scope;
// A space cannot stand in a path, so the name of /vuon/ is never how that of /vuon/khac/ begins.
const OWN = "vuonho " + new URL(SCOPE).pathname + " ";
const SHELLS = OWN + "shell ";
const SHELL = SHELLS + SITE.version;
const VISITED = OWN + "visited";

const MOST = 60; // files kept of the visited pages
const MOST_AT_ONCE = 30; // of these that one page may ask for
const PATIENCE = 3000; // milliseconds before the copy of a page is shown instead

const shell = SITE.files.map(file => SCOPE + file);

// --- Addresses: without query and fragment, to which a static site gives the same answer. ---

function addressOf(url) {
  try {
    const address = new URL(url, SCOPE);
    address.search = address.hash = "";
    return address.href;
  } catch (error) {
    return ""; // what is no address is nobody's
  }
}

// The pictures of lists are not kept: those of one village would push out every page.
const isSmall = address => /(-small\.jpg|\/garden\.svg)$/.test(address);

function isOurs(address) {
  const parts = address.slice(SCOPE.length).split("/"), first = parts[0];
  return address.startsWith(SCOPE) && !isSmall(address) && (parts.length < 2 || /^[1-9]\d{4,7}$/.test(first) || SITE.folders.indexOf(first) >= 0);
}

function isLarge(address) {
  return SITE.large.some(folder => address.endsWith("/" + folder + "/"));
}

function isPhoto(address) {
  return address.startsWith(SCOPE + "photos/"); // named by their content, so they never change
}

// --- What is kept ---

const isGone = answer => answer.status === 404 || answer.status === 410;
const isWhole = answer => answer.status === 200 && answer.type === "basic" && !answer.redirected;
const nothing = () => undefined;

const nameOf = address => shell.indexOf(address) < 0 ? VISITED : SHELL;

// To write into. A shell that a newer version threw away is not opened anew: it would stay, and empty.
function homeOf(address) {
  const name = nameOf(address);
  return (name === SHELL ? caches.has(name) : Promise.resolve(true)).then(isThere => {
    if (!isThere) throw new Error("gone: " + name);
    return caches.open(name);
  });
}

function copyOf(address) {
  return caches.match(address, { cacheName: nameOf(address) }).catch(nothing);
}

function keep(address, answer) {
  const copy = answer.clone();
  return homeOf(address).then(cache => cache.put(address, copy)).then(trim).catch(nothing);
}

// Takes note of what the network said: a page that is gone there is gone here, and half an answer is none.
function learn(address, answer) {
  if (isWhole(answer)) return keep(address, answer);
  return isGone(answer) ? homeOf(address).then(cache => cache.delete(address)) : Promise.resolve();
}

// The one last put in is last in line; a copy that is used is put in anew, so the longest unused go first. The team's
// form stays: it is opened where there is no signal.
function trim() {
  return caches.open(VISITED).then(cache => cache.keys().then(all => {
    const others = all.filter(one => one.url !== SCOPE + "form/");
    return Promise.all(others.slice(0, Math.max(0, others.length - MOST)).map(one => cache.delete(one)));
  }));
}

function used(address, copy) {
  if (shell.indexOf(address) < 0) keep(address, copy);
  return copy;
}

// --- Answers ---

const later = () => new Promise(done => setTimeout(done, PATIENCE));

function ask(url, method) {
  return fetch(url, { method: method || "GET", cache: "no-cache", credentials: "same-origin", redirect: "manual" });
}

// The network's answer; the copy where the network fails or is slow; `otherwise` where there is no copy.
// A late answer still renews the copy.
function fresh(event, address, network, otherwise) {
  event.waitUntil(network.then(answer => learn(address, answer)).catch(nothing));
  return copyOf(address).then(copy => {
    if (!copy) return network.catch(otherwise);
    return Promise.race([
      network.then(answer => answer.status < 500 ? answer : copy, () => used(address, copy)),
      later().then(() => copy),
    ]);
  });
}

// The page without a signal is shown at any address, so its own lead from the root for which the site was built.
function placed(copy) {
  return copy.text().then(text => {
    const root = /data-root="([^"]*)"/.exec(text)[1], own = new URL(SCOPE).pathname;
    return new Response(root === own ? text : text.split(`="${root}`).join(`="${own}`), copy);
  });
}

// The address of a plaque is that of its first language; of a visitor who reads another, the phone kept that page.
function translated(address) {
  const path = address.slice(SCOPE.length).replace(/([^\/])$/, "$1/");
  return caches.open(VISITED).then(cache => cache.keys()).then(all =>
    all.map(one => one.url).find(url => url.slice(SCOPE.length).replace(/^[a-z]{2,3}\//, "") === path));
}

function page(event, address) {
  const usual = fresh(event, address, ask(event.request.url), () => translated(address).then(found => found
    ? Response.redirect(found) : copyOf(SCOPE + "offline.html").then(copy => copy ? placed(copy) : Response.error())));
  // Typed without the slash at the end, a page would stand in the wrong folder: the host sends on, and so do we.
  return /\/$|\.[^/]*$/.test(address) ? usual
    : copyOf(address + "/").then(copy => copy ? Response.redirect(address + "/") : usual);
}

function photo(event, address) {
  return copyOf(address).then(copy => copy ? used(address, copy)
    : fetch(event.request).then(answer => { learn(address, answer); return answer; }));
}

self.addEventListener("fetch", event => {
  const request = event.request, address = addressOf(request.url);
  if (request.method !== "GET" || request.headers.has("range") || !isOurs(address)) return;
  if (request.mode === "navigate") event.respondWith(page(event, address));
  else if (isPhoto(address)) event.respondWith(photo(event, address));
  else event.respondWith(fresh(event, address, fetch(request), error => { throw error; }));
});

// --- A page says after it has loaded what belongs to it. One thing after another: the signal may be weak. ---

function inTurn(addresses, work) {
  return addresses.reduce((before, address) => before.then(() => work(address)), Promise.resolve());
}

function keepOne(address) {
  const found = isPhoto(address) ? copyOf(address).then(copy => copy || fetch(address)) : ask(address);
  return found.then(answer => learn(address, answer)).catch(nothing);
}

self.addEventListener("message", event => {
  const asked = event.data && event.data.keep;
  if (!Array.isArray(asked)) return;
  const opened = addressOf(asked[asked.length - 1]); // a page names itself last
  const all = asked.map(addressOf).filter((one, at, those) =>
    isOurs(one) && those.indexOf(one) === at && (one === opened || !isLarge(one)));
  const pages = all.filter(one => one.endsWith("/")), rest = all.filter(one => !one.endsWith("/"));
  event.waitUntil(inTurn(rest.slice(0, MOST_AT_ONCE).concat(pages.slice(0, MOST_AT_ONCE)), keepOne));
});

// --- A new version: the whole shell or nothing of it. Then every visited page is asked for again, for a new version
// may mean that a family took itself off the site; a photo need not come again to show that it is still there. If
// the signal is lost meanwhile, the browser tries the new version anew at the next visit. ---

function fetchShell() {
  return Promise.all(shell.map(address => ask(address).then(answer => {
    if (!isWhole(answer)) throw new Error(address + ": " + answer.status);
    return answer;
  }))).then(answers => caches.open(SHELL).then(cache =>
    Promise.all(answers.map((answer, at) => cache.put(shell[at], answer)))));
}

function askAgain(address) {
  return ask(address, isPhoto(address) ? "HEAD" : "GET").then(answer =>
    isPhoto(address) && !isGone(answer) ? undefined : learn(address, answer));
}

self.addEventListener("install", event => {
  event.waitUntil(fetchShell()
    .then(() => caches.open(VISITED)).then(cache => cache.keys())
    .then(all => inTurn(all.map(one => one.url), askAgain))
    .catch(error => caches.delete(SHELL).then(() => { throw error; }))
    .then(() => self.skipWaiting()));
});

self.addEventListener("activate", event => {
  event.waitUntil(caches.keys()
    .then(names => Promise.all(names.filter(name => name.startsWith(SHELLS) && name !== SHELL).map(name => caches.delete(name))))
    .then(() => self.clients.claim()));
});
