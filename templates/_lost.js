// The page of an address that is not there. Most likely a code was mistyped: its digits are checked here, and the
// households whose code is one slip away are looked up in the search index. Without script the cards of all languages
// stand one below the other; with it one is shown, and the switch at the top of the page changes it.
(function () {
  var page = document.documentElement;
  var cards = all(".card", document);
  if (!window.fetch || !window.URL || !"".normalize || !cards.length) return;

  var MOST = 5;
  var root = new URL(page.dataset.root, location.href).pathname;
  var parts = location.pathname.slice(location.pathname.indexOf(root) ? 0 : root.length).split("/").map(decoded);
  var first = { heading: cards[0].querySelector("h1").textContent, title: document.title };
  var homes = new Map();
  var index = null;
  var card = null;
  var told = { words: "", code: "", homes: [] };
  var asked = 0;

  function all(selector, node) {
    return [].slice.call(node.querySelectorAll(selector));
  }

  function add(parent, tag, text, kind) {
    var node = parent.appendChild(document.createElement(tag));
    node.textContent = text;
    if (kind) node.className = kind;
    return node;
  }

  function decoded(text) {
    try { return decodeURIComponent(text); } catch (error) { return text; }
  }

  // --- Codes: what is typed, whether it can be one, and what one slip makes of it; see domain/codes.py ---

  var BREAKS = /[\s!-\/:-@[-`{-~\u00a0-\u00bf\u2000-\u206f]+/g;
  var TABLE = "0317598642709215486342068713591750983426612304597836742095815869720134894536201794386172052581436790";

  // In groups, in wide digits, with letters that look like digits, as a file; no code begins with 0.
  function plain(text) {
    return text.normalize("NFKC").replace(/\.[a-z]{3,4}$/i, "").replace(BREAKS, "")
      .replace(/o/gi, "0").replace(/[il]/gi, "1").replace(/^0+/, "");
  }

  function isLong(code) {
    return /^[1-9]\d{4,7}$/.test(code);
  }

  function isCode(code) {
    for (var at = 0, sum = 0; at < code.length; at++) sum = +TABLE[sum * 10 + +code[at]];
    return isLong(code) && sum === 0;
  }

  // The last part of the address that reads as a code, or as one with a digit missing or too many.
  function fromAddress() {
    var some = parts.filter(function (part) { return (part.normalize("NFKC").match(/\d/g) || []).length > 2; }).map(plain);
    return some.filter(function (text) { return /^\d{4,9}$/.test(text); }).pop() || "";
  }

  // [code, first digit that differs, the one after the last], likeliest first: of the five swaps of six digits each is
  // likelier than each of the 54 wrong digits, though these are more frequent together.
  function slips(code) {
    var swapped = [[code, 0, 0]], changed = [], shorter = [], longer = [];
    for (var at = 0; at <= code.length; at++) {
      var head = code.slice(0, at), tail = code.slice(at);
      if (tail.length > 1) swapped.push([head + tail[1] + tail[0] + tail.slice(2), at, at + 2]);
      if (tail) shorter.push([head + tail.slice(1), at, at]);
      for (var digit = 0; digit < 10; digit++) {
        if (tail) changed.push([head + digit + tail.slice(1), at, at + 1]);
        longer.push([head + digit + tail, at, at + 1]);
      }
    }
    return swapped.concat(changed, shorter, longer);
  }

  // --- Households, from the search index; what stands in it, see pages/finder.py ---

  // Below the path for which the site was built; where that is not so, the same bytes may have been put elsewhere.
  function load() {
    if (!index) {
      var name = card.dataset.index.slice(root.length), roots = [root, "/" + location.pathname.split("/")[1] + "/", "/"];
      index = roots.reduce(function (before, there, at) {
        return before.catch(function (status) {
          if (at && status !== 404 || roots.indexOf(there) < at) throw status;
          return fetch(there + name).then(function (answer) {
            if (!answer.ok) throw answer.status;
            return answer.json();
          }).then(function (found) {
            move(there);
            return found;
          });
        });
      }, Promise.reject()).then(read);
      index.catch(function () { index = null; });
    }
    return index;
  }

  function move(there) {
    if (there === root) return;
    ["href", "data-home", "data-index"].forEach(function (key) {
      all("[" + key + "^='" + root + "']", document).forEach(function (node) {
        node.setAttribute(key, there + node.getAttribute(key).slice(root.length));
      });
    });
    root = there;
  }

  function read(index) {
    var at = 0, names = index.names.split("\x7f"), addresses = index.addresses.split("\x7f");
    index.villages.forEach(function (village) {
      for (var left = village[3]; left--; at++) {
        var where = [addresses[at]].concat(index.villages.length > 1 ? village[1] : []);
        var code = parseInt(index.codes.substr(at * index.digits, index.digits), 32);
        homes.set(String(code), { name: names[at], where: where.filter(Boolean).join(", ") });
      }
    });
  }

  function near(code) {
    var seen = {};
    var found = slips(code).filter(function (slip) {
      return homes.has(slip[0]) && !seen[slip[0]] && (seen[slip[0]] = true);
    });
    return found.slice(0, found[0] && found[0][0] === code ? 1 : MOST);
  }

  // A wrong digit is known at once, but said with the households unless they are slow to come: one thing to read and to hear.
  function look(code) {
    var mine = ++asked, right = isCode(code);
    function say(words, found) {
      clearTimeout(wait);
      if (mine === asked) tell(words, code, found);
    }
    function wrong(other) {
      return isLong(code) && (!other || other.length === code.length) ? "wrong" : "length";
    }
    var wait = setTimeout(function () { if (!right) say(wrong(), []); }, 300);
    load().then(function () {
      var found = near(code), best = found[0] && found[0][0];
      say(best === code ? "here" : !right ? wrong(best) : best ? "none" : "elsewhere", found);
    }).catch(function () { say(right ? "away" : wrong(), []); });
  }

  // --- What is shown ---

  // Digits in groups as on the plaque, see `spaced` in render/pages/view.py; a part of them where `from` and `to` are given.
  function grouped(code, from, to) {
    var gap = code.length - (code.length > 6 ? code.length + 1 >> 1 : 3);
    return code.split("").map(function (digit, at) { return at && at === gap ? "\u00a0" + digit : digit; }).slice(from, to).join("");
  }

  function tell(words, code, found) {
    var same = words === told.words && code === told.code && found.length === told.homes.length;
    told = { words: words, code: code, homes: found };
    if (!same) draw();
  }

  function draw() {
    var said = card.querySelector(".verdict");
    if (!told.words) return;
    said.textContent = "";
    said.className = "verdict told " + told.words;
    sentence(add(said, "p", ""), card.dataset[told.words]);
    if (!told.homes.length) return;
    if (told.words !== "here") add(said, "p", card.dataset.meant, "meant");
    var list = add(said, "ul", "");
    told.homes.forEach(function (slip) { offer(add(list, "li", ""), slip); });
  }

  function sentence(node, words) {
    words.split("{code}").forEach(function (text, at) {
      if (at) add(node, "b", grouped(told.code), "digits");
      node.appendChild(document.createTextNode(text));
    });
  }

  // The digit that differs is marked: it is the one to look for on the plaque.
  function offer(row, slip) {
    var code = slip[0], home = homes.get(code), link = add(row, "a", "");
    var digits = add(link, "b", grouped(code, 0, slip[1]), "digits");
    link.href = card.dataset.home + code + "/";
    if (slip[2] > slip[1]) add(digits, "mark", grouped(code, slip[1], slip[2]));
    digits.appendChild(document.createTextNode(grouped(code, slip[2])));
    [["span", home.name], ["small", home.where]].forEach(function (one) {
      if (!one[1]) return;
      link.appendChild(document.createTextNode(" "));
      add(link, one[0], one[1]).lang = "vi";
    });
  }

  // --- Language: the address says it, else what the visitor chose before, else the phone, as in _page.js ---

  function chosen() {
    var tags = cards.map(function (one) { return one.dataset.tag; }), kept;
    var phone = (navigator.languages || [navigator.language || page.lang]).map(function (name) { return name.toLowerCase().split("-")[0]; });
    function known(tag) { return tags.indexOf(tag) >= 0; }
    try { kept = localStorage.getItem("vuonho " + root + " language"); } catch (error) {}
    var own = phone.indexOf(page.lang) >= 0 ? page.lang : "";
    var wanted = parts.map(function (part) { return part.toLowerCase(); }).concat(kept, own, phone, "en").filter(known);
    return cards[Math.max(0, tags.indexOf(wanted[0]))];
  }

  function show(one) {
    var typed = card ? card.querySelector("input").value : "", heading = one.querySelector("h1");
    card = one;
    cards.forEach(function (other) { other.hidden = other !== card; });
    switches.forEach(function (link) { link.hidden = link.hreflang === card.dataset.tag; });
    document.title = first.title.replace(first.heading, heading.textContent);
    card.querySelector("input").value = typed;
    draw();
  }

  // The switch of the page leads to the other start page; here it shows the same card in the other language.
  function switcher() {
    var others = all(".langs a", document);
    if (!others.length) return [];
    var own = others[0].parentNode.insertBefore(others[0].cloneNode(true), others[0]);
    own.lang = own.hreflang = cards[0].dataset.tag;
    own.href = cards[0].dataset.home;
    own.lastChild.textContent = cards[0].dataset.name;
    return [own].concat(others).filter(function (link) {
      var its = cards.filter(function (one) { return one.dataset.tag === link.hreflang; })[0];
      link.addEventListener("click", function (event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        show(its);
        its.querySelector("h1").focus();
      });
      return its;
    });
  }

  // --- The card, and what the visitor does ---

  // A heading of the first rank, for it is the only one that is seen; the picture beside it.
  function ready(one) {
    var old = one.querySelector("h1, h2"), form = one.querySelector(".again"), box = form.querySelector("input");
    var heading = document.createElement("h1");
    heading.textContent = old.textContent;
    heading.tabIndex = -1;
    one.replaceChild(heading, old);
    if (one !== cards[0]) one.insertBefore(cards[0].querySelector("svg").cloneNode(true), heading);
    one.querySelector(".buttons a").classList.remove("strong");
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      submit(plain(box.value), box);
    });
    box.addEventListener("input", function () { box.removeAttribute("aria-invalid"); });
  }

  function submit(code, box) {
    if (isCode(code)) {
      location.assign(card.dataset.home + code + "/");
      return;
    }
    box.setAttribute("aria-invalid", "true");
    if (/^\d+$/.test(code)) look(code);
    else {
      asked++;
      tell("digits", "", []);
    }
    if (window.matchMedia("(pointer: coarse)").matches) box.blur();
    else box.select();
    var said = card.querySelector(".verdict");
    if (said.getBoundingClientRect().top < 0) said.scrollIntoView();
  }

  cards.forEach(ready);
  var switches = switcher();
  show(chosen());
  if (fromAddress()) look(fromAddress());
  else if (location.pathname.indexOf(root)) load();
})();
