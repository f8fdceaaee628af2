// The phone form: what `vuonho import` would refuse is told at the home, while the family can still be asked. Each check
// reads a value as domain/values does and gives the key of what to say, "" where nothing is wrong with it.
Phone.checks = (() => {
  const PART = "(\\d+(?:[., ]\\d+)*) ?";
  const AREA = new RegExp("^" + PART + "(m2|m\\^2|m[. ]vuong|met ?vuong|met2|sao|mau|ha|hec[ -]?ta)?(?![a-z0-9])( ruoi)?[ ,+]*");
  const PRICE = new RegExp("^" + PART + "(trieu|tr|ty|ti|nghin|ngan|ng|n|k)?(?![a-z])( ruoi)? *");
  const HECTARE = 10000, MILLION = 1e6;
  const MONEY = { k: 1e3, n: 1e3, ng: 1e3, nghin: 1e3, ngan: 1e3, tr: MILLION, trieu: MILLION, ty: 1e9, ti: 1e9 };
  const MARKS = /[\u0300-\u036f]/g;

  const fold = text => text.toLowerCase().normalize("NFD").replace(MARKS, "").replace(/đ/g, "d").replace(/[\s\u00a0]+/g, " ").trim();
  const isBoth = text => /^[1-9]\d{0,2}[.,]\d{3}$/.test(text); // 1.200 may be 1200, or a little over one

  // 1.800 and 1,800 are one thousand eight hundred, 0,2 is a fifth; NaN for what is no number.
  function number(text, isLarge) {
    if (/^\d{1,15}$/.test(text)) return +text;
    if (/^\d+[.,]\d+$/.test(text) && (isLarge || !isBoth(text))) return +text.replace(",", ".");
    const grouped = /^[1-9]\d{0,2}([., ])\d{3}(?:\1\d{3})*(?:(?!\1)[.,](\d+))?$/.exec(text);
    if (!grouped) return NaN;
    const whole = grouped[2] === undefined ? text : text.slice(0, -grouped[2].length - 1);
    return +(whole.replace(/\D/g, "") + "." + (grouped[2] || 0));
  }

  function metres(unit) {
    return { "": 1, sao: 500, mau: 5000 }[unit] || (unit[0] === "m" ? 1 : HECTARE);
  }

  function area(text) {
    let rest = fold(text.replace(/²/g, "2")), total = 0, above = Infinity;
    while (rest) {
      const part = AREA.exec(rest), unit = part && metres(part[2] || "");
      if (!part || unit >= above || above < Infinity && !part[2] || /^(sao|mau)$/.test(part[2]) && isBoth(part[1])) return NaN;
      total += (number(part[1], unit === HECTARE) + (part[3] ? 0.5 : 0)) * unit;
      above = unit;
      rest = rest.slice(part[0].length);
    }
    return Math.round(total * 1e6) / 1e6;
  }

  function price(text) {
    let rest = fold(text.replace("₫", "d")).replace(/ ?(dong|vnd|d)\.?$/, ""), total = 0, above = 0;
    while (rest) {
      const part = PRICE.exec(rest), scale = part && (MONEY[part[2]] || 1), isTail = part && above && !part[2];
      if (!part || above && scale >= above || isTail && rest.length > part[0].length) return NaN;
      if (isTail && !/^\d{1,3}$/.test(part[1]) || scale >= MILLION && isBoth(part[1])) return NaN;
      total += isTail ? part[1] / Math.pow(10, part[1].length) * above : (number(part[1]) + (part[3] ? 0.5 : 0)) * scale;
      above = scale;
      rest = rest.slice(part[0].length);
    }
    return Math.round(total * 1e3) / 1e3;
  }

  const isWhole = (value, low, high) => value % 1 === 0 && value >= low && value <= high;
  const isHere = (lat, lon) => lat >= 8 && lat <= 24 && lon >= 102 && lon <= 110;

  function position(text) {
    if (/\/\/|www\.|goo\.gl|^geo:/i.test(text)) {
      if (/maps\.app\.goo\.gl|goo\.gl\/maps|g\.co\/kgs|maps\.apple\/p|osm\.org\/go/i.test(text)) return "wrong_short";
      return /\d\.\d+\D+?\d{2,3}\.\d/.test(text) ? "" : "wrong_place";
    }
    const found = text.match(/\d+[.,]\d+|\d+/g) || [], pair = found.map(one => +one.replace(",", "."));
    if ([2, 4, 6].indexOf(pair.length) < 0) return "wrong_place";
    if (pair.length > 2 || /[a-zđ°º'"]/i.test(text) || isHere(pair[0], pair[1])) return "";
    return isHere(pair[1], pair[0]) ? "wrong_swapped" : "wrong_outside";
  }

  function isPhone(text) {
    const bare = text.replace(/\(0\)/g, "").replace(/[\s.()\-–—\u00a0]/g, "").replace(/^(\+84|0084|84(?=[1-9]))0?/, "0");
    return /^(0[35789]\d{8}|02\d{8,9})$/.test(bare);
  }

  const isLink = text => /^https?:\/\/([^\W_]|[^\x00-\x7f])([\w-]|[^\x00-\x7f])*(\.([\w-]|[^\x00-\x7f])+)*\.[a-z\u00c0-\uffff][^\s.\/?#]*([\/?#][^\s\\<>"'`{}|^]*)?$/i.test(text);

  function isCode(text) {
    const table = "0317598642709215486342068713591750983426612304597836742095815869720134894536201794386172052581436790";
    return /^[1-9]\d{4,7}$/.test(text) && text.split("").reduce((sum, digit) => +table[sum * 10 + +digit], 0) === 0;
  }

  const isYear = text => /^\d{4}$/.test(text) && +text >= 1900 && +text <= 2100;

  const said = {
    count: value => isWhole(number(value), 0, 1e7) ? "" : "wrong_number",
    area: value => isWhole(area(value), 1, 100 * HECTARE) ? "" : "wrong_area",
    year: value => isYear(value.replace(/^năm /i, "")) ? "" : "wrong_year",
    price: value => /^\d{1,3}$/.test(value) ? "wrong_price" : isWhole(price(value), 1, 1e9) ? "" : "wrong_money",
    phone: value => isPhone(value) ? "" : "wrong_phone",
    url: value => isLink(value) ? "" : "wrong_url",
    lines: values => values.every(isLink) ? "" : "wrong_url",
    day: value => isYear(value.slice(0, 4)) ? "" : "wrong_day",
    position: position,
    code: value => isCode(value.replace(/[\s.\-]/g, "")) ? "" : "wrong_code",
  };

  return (kind, value) => said[kind] ? said[kind](value) : "";
})();
