// The phone form: what stands in its fields, read and written in the shape of a profile. The fields themselves, their
// kinds and names, stand in the page, made from the schema; nothing here knows a single one of them.
Phone.fields = (() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const all = (selector, node) => Array.from((node || document).querySelectorAll(selector));

  function say(key, values) {
    return words[key].replace(/\{(\w+)\}/g, (whole, name) => values && name in values ? values[name] : whole);
  }

  const kindOf = field => field.dataset.kind;
  const inputOf = field => field.querySelector("input, select, textarea");
  const inside = node => Array.from(node.children).filter(child => child.dataset.key); // of a group, a record, a card
  const chosen = field => all("input:checked", field).map(input => input.value);

  // --- One field: undefined where nothing is written ---

  function lone(field) {
    const value = inputOf(field).value.normalize("NFC").trim();
    return value || undefined;
  }

  function one(field) {
    return chosen(field)[0];
  }

  function several(field) {
    const values = chosen(field);
    return values.length ? values : undefined;
  }

  function linesOf(field) {
    const found = inputOf(field).value.split("\n").map(line => line.normalize("NFC").trim()).filter(Boolean);
    return found.length ? found : undefined;
  }

  function amount(field) {
    const number = lone(field);
    return number && (/[a-zà-ỹ²]/i.test(number) ? number : number + " " + field.querySelector("select").value);
  }

  function inner(field) {
    const found = read(field, {});
    return Object.keys(found).length ? found : undefined;
  }

  function entries(field) {
    const found = all(".card-of", field).map(card => read(card, {})).filter(entry => Object.keys(entry).length);
    return found.length ? found : undefined;
  }

  const reads = {
    choice: one, stars: one, yes_no: one, words: several, months: several, lines: linesOf, area: amount,
    record: inner, records: entries,
  };

  const isLunar = field => !!field.querySelector("[value=lunar]:checked");

  function months(field) {
    const values = all("[type=checkbox]:checked", field).map(input => input.value);
    return values.length ? values : undefined;
  }

  function valueOf(field) {
    return kindOf(field) === "months" ? months(field) : (reads[kindOf(field)] || lone)(field);
  }

  // Adds to `values` what the fields of a group, record or card say.
  function read(node, values) {
    inside(node).forEach(field => {
      const value = valueOf(field), key = kindOf(field) === "months" && isLunar(field) ? field.dataset.partner : field.dataset.key;
      if (value !== undefined) values[key] = value;
    });
    return values;
  }

  // --- And the other way round ---

  function tick(field, values) {
    all("input[type=radio], input[type=checkbox]", field).forEach(input => { input.checked = values.indexOf(input.value) >= 0; });
  }

  function putAmount(field, value) {
    const parts = /^(.*\d) (m2|sào|ha)$/.exec(value || "");
    inputOf(field).value = parts ? parts[1] : value || "";
    field.querySelector("select").value = parts ? parts[2] : "m2";
  }

  function putMonths(field, values) {
    const lunar = values[field.dataset.partner], found = values[field.dataset.key] || lunar || [];
    tick(field, found.concat(lunar ? "lunar" : ""));
  }

  function putRecord(field, value) {
    write(field, value || {});
    field.open = !!value;
  }

  function put(field, values) {
    const value = values[field.dataset.key], kind = kindOf(field);
    if (kind === "months") putMonths(field, values);
    else if (kind === "record") putRecord(field, value);
    else if (kind === "records") putEntries(field, value || []);
    else if (kind === "area") putAmount(field, value);
    else if (kind === "lines") inputOf(field).value = (value || []).join("\n");
    else if (kind in reads) tick(field, [].concat(value === undefined ? [] : value));
    else inputOf(field).value = value === undefined ? "" : value;
    mark(field, "");
  }

  function write(node, values) {
    inside(node).forEach(field => put(field, values));
  }

  function putEntries(field, entries) {
    const list = field.querySelector(".cards");
    list.textContent = "";
    entries.forEach(entry => write(addCard(field.querySelector("template"), list), entry));
  }

  // --- Cards: each has names of its own, or its buttons would answer for those of another ---

  let count = 0;

  function addCard(template, list) {
    const card = document.importNode(template.content, true).querySelector(".card-of"), number = ++count;
    ["id", "for", "name", "aria-describedby"].forEach(name => all("[" + name + "]", card).forEach(
      node => node.setAttribute(name, node.getAttribute(name).replace(/@/g, number))));
    list.appendChild(card);
    renumber(list);
    return card;
  }

  function renumber(list) {
    Array.from(list.children).forEach((card, at) => {
      const head = card.querySelector(".card-head b");
      if (!head.dataset.of) head.dataset.of = head.textContent;
      head.textContent = head.dataset.of.replace("@", at + 1);
    });
  }

  // --- What looks wrong: said beside the field, never in the way ---

  function fault(field) {
    const value = valueOf(field), most = +field.dataset.most;
    if (value === undefined) return "";
    if (typeof value === "string" && most && value.length > most) return say("wrong_long", { n: value.length, most: most });
    const found = Phone.checks(kindOf(field), value);
    return found && say(found, { n: value });
  }

  function mark(field, fault) {
    const said = Array.from(field.children).filter(node => node.className === "wrong")[0], input = inputOf(field);
    if (said) said.textContent = fault;
    if (input && fault) input.setAttribute("aria-invalid", "true");
    else if (input) input.removeAttribute("aria-invalid");
  }

  // What must be there once anything of its record or card is.
  function isLacking(field) {
    const owner = field.parentNode, value = valueOf(field);
    const speaks = owner.className === "group" || Object.keys(read(owner, {})).length > 0;
    return "required" in field.dataset && value === undefined && speaks;
  }

  function check(field) {
    if (kindOf(field) === "record" || kindOf(field) === "records") return "";
    const found = fault(field) || (isLacking(field) ? say("wrong_required") : "");
    mark(field, found);
    return found;
  }

  // Every field with what is wrong with it, in the order of the page.
  function faults(node) {
    return all("[data-key]", node).map(field => [field, fault(field) || (isLacking(field) ? say("wrong_required") : "")]).filter(one => one[1]);
  }

  // "Cây trồng 2 · Số cây": the card that a field lies in, or what stands above it, and its name.
  function nameOf(field) {
    const card = field.closest(".card-of"), record = field.parentNode.closest(".record"), label = labelOf(field);
    const above = card ? card.querySelector(".card-head b").textContent : record ? record.querySelector("summary b").textContent : "";
    return above.replace(/ \d+$/, "") === label ? above : above ? above + " · " + label : label;
  }

  function enter(field) {
    for (let node = field.parentNode; node; node = node.parentNode) if (node.tagName === "DETAILS") node.open = true;
    check(field);
    inputOf(field).focus();
  }

  // --- In words, for the family to hear ---

  const labelOf = field => {
    const named = Array.from(field.children).filter(node => /^(LEGEND|LABEL)$/.test(node.tagName))[0];
    return named ? named.firstChild.textContent.trim() : "";
  };

  function wordsOf(field) {
    if (kindOf(field) === "months") {
      const found = months(field);
      return found && say(isLunar(field) ? "lunar" : "solar", { months: found.join(", ") });
    }
    const picked = all("input[type=radio]:checked, input[type=checkbox]:checked", field).map(input => input.nextElementSibling.textContent);
    if (kindOf(field) in reads && kindOf(field) !== "area" && kindOf(field) !== "lines") return picked.join(", ") || undefined;
    if (kindOf(field) === "select") return lone(field) && inputOf(field).selectedOptions[0].textContent;
    if (kindOf(field) === "area") return lone(field) && amount(field).replace(/m2$/, "m²");
    if (kindOf(field) === "day") return lone(field) && lone(field).split("-").reverse().map(part => part.replace(/^0/, "")).join("/");
    return kindOf(field) === "lines" ? (linesOf(field) || []).join(", ") || undefined : lone(field);
  }

  // [label, words, the field] of every field within a node, those of cards and records too; words are undefined for nothing.
  function told(node, before) {
    return [].concat.apply([], inside(node).map(field => {
      if (kindOf(field) === "record") return told(field, before);
      if (kindOf(field) !== "records") return [[(before || "") + labelOf(field), wordsOf(field), field]];
      return [].concat.apply([], all(".card-of", field).map(toldCard));
    }));
  }

  // "Cây trồng 1: Bưởi" rather than "Cây trồng 1", "Cây trồng: Bưởi".
  function toldCard(card) {
    const head = card.querySelector(".card-head b"), found = told(card), first = found[0];
    const isSame = first[1] !== undefined && head.dataset.of.replace("@", "").trim() === first[0];
    if (!isSame) return [[head.textContent, undefined, card]].concat(found);
    return [[head.textContent, first[1], first[2]]].concat(found.slice(1));
  }

  return {
    all: all, say: say, read: read, write: write, addCard: addCard, renumber: renumber, check: check, told: told,
    faults: faults, nameOf: nameOf, enter: enter,
  };
})();
