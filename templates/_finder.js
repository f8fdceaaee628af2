// The list of households: a word beside what is ripe, the search box, the filters. Without script the list stands
// whole. A page that lists no household (a commune of several villages) takes those that are found from the index.
// The form is there before the list is drawn, so that nothing jumps under a thumb.
var finds = window.fetch && "".normalize;
if (finds) document.documentElement.classList.add("finds");
addEventListener("DOMContentLoaded", function () {
  var list = document.getElementById("homes");
  var form = document.getElementById("finder");
  var month = new Date().getMonth();

  function all(selector, node) {
    return [].slice.call((node || document).querySelectorAll(selector));
  }

  if (list) all("#homes > li > ul").forEach(function (line) {
    var ripe = all("[data-m]", line).filter(function (crop) { return crop.dataset.m >> month & 1; })[0];
    if (!ripe) return;
    line.className = "season";
    ripe.insertBefore(document.createElement("small"), ripe.firstChild).textContent = list.dataset.ripe + " ";
  });
  if (!form || !list || !finds) return;

  var MOST = 50;
  var box = form.elements.q;
  var clear = form.querySelector("[type=reset]");
  var said = form.querySelector(".found");
  var skeleton = document.getElementById("home");
  var rows = all(".spots li").concat(all("#homes > li"));
  var homes = null;
  var villages = [];
  var displaced = [];
  var lines = new Map();
  var asked = false;
  var away = false;
  var timer;

  // --- Words: found by their beginning, with or without accents ---

  var BREAKS = /[\s!-\/:-@[-`{-~\u00a0-\u00bf\u2000-\u206f]+/g;

  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/\s+/g, " ").trim();
  }

  // " vườn bà hường" and " vuon ba huong": with a space before each word, a beginning is found by a space and itself.
  function line(text) {
    if (!lines.has(text)) {
      var typed = text.toLowerCase().normalize("NFD").replace(BREAKS, " ").trim();
      lines.set(text, { typed: " " + typed, bare: " " + fold(typed) });
    }
    return lines.get(text);
  }

  function joined(lines) {
    return lines.reduce(function (sum, one) {
      return { typed: sum.typed + one.typed, bare: sum.bare + one.bare };
    }, { typed: "", bare: "" });
  }

  // A code is read off a plaque in two groups.
  function wanted() {
    var text = /^[\d\s]+$/.test(box.value) ? box.value.replace(/\s/g, "") : box.value;
    return line(text).typed.split(" ").map(line).filter(function (word) { return word.bare !== " "; });
  }

  function begins(words, text) {
    return words.some(function (word) { return text.bare.indexOf(word.bare) >= 0; });
  }

  function place(home, word, way) {
    for (var at = 0; at < home.lines.length; at++) if (home.lines[at][way].indexOf(word[way]) >= 0) return at;
    return -1;
  }

  // In many villages nearly all is called something like it: who types accents means them there, and where something
  // has the words as typed, what has them without is left out. In one list it comes last, for who typed wrongly.
  function meant(found, words) {
    function exact(one) {
      return words.every(function (word) { return word.typed === word.bare || place(one, word, "typed") >= 0; });
    }
    if (!rows.length && found.some(exact)) found.forEach(function (one) { if (!exact(one)) one.rank = -1; });
    return found.filter(is_found);
  }

  function is_found(one) {
    return one.rank >= 0;
  }

  // -1 is not found, 0 the best: as typed before without accents, and in either the name before what grows before the rest.
  function rank(home, words) {
    return words.reduce(function (sum, word) {
      var typed = place(home, word, "typed"), bare = place(home, word, "bare");
      return sum < 0 || bare < 0 ? -1 : sum + (typed < 0 ? bare + home.lines.length : typed);
    }, 0);
  }

  // --- Households: the rows of the page, and what the index knows of them ---

  function readRow(row, at) {
    var link = row.querySelector("a"), code = link.getAttribute("href").split("/").slice(-2)[0];
    var crops = all("li:not(.mark)", row).map(function (crop) {
      var name = crop.lastChild.textContent, text = line(name);
      return { node: crop, name: name, kind: crop.dataset.k, mask: crop.dataset.m, typed: text.typed, bare: text.bare };
    });
    var marks = all(".mark", row).map(function (mark) { return line(mark.textContent); });
    return {
      at: at, node: row, crops: crops, marks: marks, things: [], added: [], welcome: "v" in row.dataset,
      code: code, village: row.parentNode != list,
      lines: [line(link.textContent), joined(crops.concat(marks)), line(code)]
    };
  }

  // What stands in the index, see pages/finder.py; that all are of one village tells nothing on its own page.
  function readIndex(index) {
    var known = [], names = index.names.split("\x7f"), addresses = index.addresses.split("\x7f");
    index.villages.forEach(function (village) {
      var where = rows.length ? "" : village[1] + " " + village[2];
      villages.push({ code: village[0], name: village[1], where: village[2], village: village[3] ? 1 : 2, marks: [], things: [], lines: [line(village[0] + " " + where)] });
      for (var left = village[3]; left--;) {
        var at = known.length, code = parseInt(index.codes.substr(at * index.digits, index.digits), 32);
        known.push({
          at: at, code: code, name: names[at], where: village[1], marks: [], things: [],
          lines: [line(names[at]), null, line(code + " " + addresses[at] + " " + where)]
        });
      }
    });
    index.words.forEach(function (names, number) {
      var text = line(names.join(" ")), at = -1;
      var thing = { name: names[1] || names[0], lang: names[1] ? "" : "vi", typed: text.typed, bare: text.bare };
      index.found[number].replace(/(\d*)([a-z])/g, function (step, more, letter) {
        at += more * 26 + letter.charCodeAt(0) - 96;
        known[at].things.push(thing);
      });
    });
    known.forEach(function (home) { home.lines[1] = joined(home.things); });
    return known;
  }

  function take(index) {
    var known = readIndex(index), byCode = {};
    if (!rows.length) homes = known;
    else known.forEach(function (home) { byCode[home.code] = home; });
    read().forEach(function (home) {
      home.things = (byCode[home.code] || home).things;
      home.lines = (byCode[home.code] || home).lines;
    });
  }

  function read() {
    if (!homes) homes = rows.map(readRow);
    return homes;
  }

  function load() {
    if (asked) return;
    asked = true;
    away = false;
    fetch(form.dataset.index).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then(take).catch(function () {
      asked = false;
      away = true;
    }).then(update);
  }

  // --- What is shown ---

  function update() {
    var words = wanted(), kind = value("crop"), when = value("month");
    var at = when === "now" ? month : when - 1;
    var narrowed = kind !== "" || at >= 0;
    var tick = form.elements.welcome, welcome = tick && tick.checked;
    var busy = words.length > 0 || narrowed || welcome;

    function fits(crop) {
      return narrowed && (!kind || crop.kind === kind) && (at < 0 || crop.mask >> at & 1);
    }

    clear.hidden = !busy;
    all("select", form).forEach(function (select) { select.classList.toggle("on", select.value !== ""); });
    if (tick) tick.parentNode.classList.toggle("on", welcome);
    if (!busy && !homes) return;
    if (!rows.length && !homes) return tell(away && busy ? form.dataset.away : "");
    read().forEach(function (home) {
      var out = welcome && !home.welcome || narrowed && !home.crops.some(fits);
      home.rank = out ? -1 : rank(home, words);
    });
    var places = words.length && !rows.length ? villages : [];
    places.forEach(function (one) { one.rank = rank(one, words); });
    var whole = meant(places.concat(homes).filter(is_found), words);
    var found = whole.filter(function (one) { return !one.village; });
    if (words.length) found.sort(function (one, other) { return one.rank - other.rank || one.at - other.at; });
    if (rows.length) undrawn(function () { sift(found, words, fits); });
    else build(busy ? places.filter(is_found).concat(found.slice(0, MOST)) : [], words);
    tell(busy ? count(found.length, whole.length) : "");
  }

  function value(name) {
    return form.elements[name] ? form.elements[name].value : "";
  }

  function tell(text) {
    if (said.textContent !== text) said.textContent = text;
  }

  function count(n, whole) {
    if (!n) return whole ? "" : form.dataset.none;
    var text = form.dataset[n > MOST && !rows.length ? "most" : formOf(n)];
    return text.replace("{n}", n.toLocaleString(document.documentElement.lang)).replace("{shown}", MOST);
  }

  // The form of the words that goes with a number: by the rule of the language, which repeats itself from 200 on.
  function formOf(n) {
    var place = (form.dataset.forms || "").charAt(n < 200 ? n : 100 + n % 100);
    return place && "one" in form.dataset ? ["one", "other"][place] : place || (n === 1 ? "one" : "other");
  }

  // The rows of the page: those not found hidden, the others in the order of their rank.
  function sift(found, words, fits) {
    homes.forEach(function (home) {
      home.node.hidden = home.rank < 0;
      home.added.splice(0).forEach(function (node) { node.remove(); });
      if (home.rank < 0) return;
      home.crops.forEach(function (crop) { crop.node.classList.toggle("hit", !!fits(crop) || begins(words, crop)); });
      explain(home, words);
    });
    arrange(found);
  }

  // Rows that are not drawn while they change cost a phone a fraction of the time. The page keeps its height meanwhile.
  function undrawn(work) {
    var frame = list.parentNode;
    if (list.contains(document.activeElement)) return work();
    frame.style.minHeight = frame.offsetHeight + "px";
    list.hidden = true;
    list.getBoundingClientRect();
    work();
    list.hidden = false;
    frame.style.minHeight = "";
  }

  // A row that moves costs a phone more than all else: the rank that most rows have stays in its place.
  function arrange(found) {
    var count = {}, stay = 0, front = document.createDocumentFragment();
    displaced.sort(function (one, other) { return other.at - one.at; }).forEach(function (home) {
      list.insertBefore(home.node, home.at + 1 < homes.length ? homes[home.at + 1].node : null);
    });
    found.forEach(function (home) { count[home.rank] = (count[home.rank] || 0) + 1; });
    Object.keys(count).forEach(function (one) { if (!(count[stay] >= count[one])) stay = +one; });
    var before = found.filter(function (home) { return home.rank < stay; });
    var after = found.filter(function (home) { return home.rank > stay; });
    before.forEach(function (home) { front.appendChild(home.node); });
    list.insertBefore(front, list.firstChild);
    after.forEach(function (home) { list.appendChild(home.node); });
    displaced = before.concat(after);
  }

  // Why a row was found, where what stands in it does not say so.
  function explain(home, words) {
    home.things.filter(function (thing) {
      return begins(words, thing) && !home.crops.some(function (crop) { return crop.name === thing.name; }) &&
        !home.marks.some(function (mark) { return thing.bare.indexOf(mark.bare) >= 0; });
    }).slice(0, 3).forEach(function (thing) {
      var into = home.node.querySelector("ul") || home.node.appendChild(document.createElement("ul"));
      var node = into.appendChild(document.createElement("li"));
      node.textContent = thing.name;
      if (thing.lang && thing.lang !== document.documentElement.lang) node.lang = thing.lang;
      node.className = "hit";
      home.added.push(node);
    });
  }

  function build(found, words) {
    list.textContent = "";
    found.forEach(function (home) {
      var node = skeleton.content.children[home.village || 0].cloneNode(true);
      node.querySelector("a").href = form.dataset.home + home.code + "/";
      node.querySelector("b").textContent = home.name;
      node.querySelector("small").textContent = home.where;
      home.node = list.appendChild(node);
      home.crops = [];
      home.added = [];
      explain(home, words);
    });
    list.hidden = !list.firstChild;
  }

  // --- What the visitor does ---

  // What is ripe in the village leads to those who have it.
  all("#now a").forEach(function (link) {
    link.addEventListener("click", function () {
      var kind = link.dataset.k;
      form.reset();
      box.value = kind ? "" : link.textContent;
      if (kind) form.elements.crop.value = kind, form.elements.month.value = "now";
      else load();
    });
  });

  box.addEventListener("focus", load);
  form.addEventListener("focusin", function () { setTimeout(function () { if (rows.length) read(); }); });
  box.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(update, 120);
  });
  box.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !box.value) return;
    event.preventDefault();
    box.value = "";
    update();
  });
  // The box has told what was typed already; what it says when it is left would take a row away from under the finger.
  form.addEventListener("change", function (event) { if (event.target !== box) update(); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    update();
    if (window.matchMedia("(pointer: coarse)").matches) box.blur();
  });
  form.addEventListener("reset", function () {
    setTimeout(function () {
      update();
      if (!window.matchMedia("(pointer: coarse)").matches) box.focus();
    });
  });
  // Who comes back from a garden finds what he had typed and chosen.
  addEventListener("pageshow", function () {
    if (box.value) load();
    update();
  });
});
