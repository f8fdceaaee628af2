// Whose a code is: rules without a page around them. `judge` says yes only to what is letter by letter an address of
// this site, or to digits of a code that is one of its own; whatever is not plain, it refuses. Nothing is mended on the
// way, for what a browser would mend, a swindler can use.
const DAMM = "0317598642709215486342068713591750983426612304597836742095815869720134894536201794386172052581436790";

// Five to eight digits of which the last one checks the others; see model/codes.py.
function isCode(text) {
  return /^[1-9][0-9]{4,7}$/.test(text) && [...text].reduce((sum, digit) => +DAMM[sum * 10 + +digit], 0) === 0;
}

// {code, typed, old} for what may be a code of ours, {village, old}, {home, old}, or {no: why}. Digits, and an address
// without https:// as a plaque prints it, are `typed`: they say what is written on a plaque, not what its code opens.
function read(text, site) {
  const said = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
  if (!said) return { no: "empty" };
  if (/[^ -~]/.test(said)) return { no: "letters" };
  if (/^[0-9 ]+$/.test(said)) {
    const code = said.replace(/ /g, "");
    return isCode(code) ? { code, typed: true, old: false } : { no: "digits" };
  }
  if (/^http:/i.test(said)) return { no: "http" };
  const [, scheme, host, path = "/"] = /^(https:\/\/)?([^\/]*)(\/.*)?$/i.exec(said) || [];
  const address = "https://" + (host || "").toLowerCase() + path;
  const root = host && site.roots.find(one => address.startsWith(one));
  if (!root) return { no: "host" };
  const rest = address.slice(root.length), tag = site.tags.find(one => rest.startsWith(one)) || "";
  const name = rest.slice(tag.length).replace(/\/$/, ""), typed = !scheme, old = root !== site.now;
  if (!rest.slice(tag.length)) return { home: true, typed, old };
  if (/^[1-9][0-9]{4,7}$/.test(name)) return isCode(name) ? { code: name, typed, old } : { no: "unknown" };
  return Object.keys(site.villages).includes(name) ? { village: site.villages[name], typed, old } : { no: "rest" };
}

// The same with what the file of codes says: `state` is "open", "closed" or "moved" (`to` its new code).
function judge(text, site, codes) {
  const found = read(text, site), code = found.code;
  if (!code) return found;
  if (!codes) return { no: "data" };
  const folder = Object.keys(codes.open).find(one => codes.open[one].includes(code));
  if (folder) return { ...found, state: "open", village: site.villages[folder] };
  if (codes.closed.includes(code)) return { ...found, state: "closed" };
  const to = codes.moved[code];
  return to ? { ...found, state: "moved", to } : { no: "unknown" };
}
