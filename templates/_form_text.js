// The phone form, first part: what is sent. One text that `vuonho import` reads; intake/formfile.py says how it is
// made up. All parts of the form meet in one name.
const Phone = {};
Phone.text = (() => {
  // What no reader of YAML, or no eye, would take as it stands; half a character is none.
  const HALVES = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;
  const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff0-\uffff]/g;
  const WIDTH = /.{1,76}/g;

  const escaped = sign => "\\u" + ("000" + sign.charCodeAt(0).toString(16)).slice(-4);

  function quoted(value) {
    const whole = String(value).replace(HALVES, found => found.length === 2 ? found : "\ufffd");
    return JSON.stringify(whole).replace(UNSEEN, escaped);
  }

  const isPlain = value => value === null || typeof value !== "object";

  function entry(key, value, pad) {
    if (isPlain(value)) return [pad + key + ": " + quoted(value)];
    if (!Object.keys(value).length) return [pad + key + (Array.isArray(value) ? ": []" : ": {}")];
    if (!Array.isArray(value)) return [pad + key + ":"].concat(lines(value, pad + "  "));
    if (value.every(isPlain)) return [pad + key + ": [" + value.map(quoted).join(", ") + "]"];
    return [pad + key + ":"].concat(items(value, pad + "  "));
  }

  function lines(values, pad) {
    return [].concat.apply([], Object.keys(values).map(key => entry(key, values[key], pad)));
  }

  function items(list, pad) {
    return [].concat.apply([], list.map(item => {
      const inside = lines(item, pad + "  ");
      return inside.length ? [pad + "- " + inside[0].slice(pad.length + 2)].concat(inside.slice(1)) : [pad + "- {}"];
    }));
  }

  // {village, made, …} and the households, in the shape of profiles.
  function head(about, households) {
    return ["vuonho_form: 1"].concat(lines(about, ""), "households:", items(households, "")).join("\n") + "\n";
  }

  function picture(name, size, base64) {
    return "  " + name + ":\n    bytes: " + size + "\n    base64: |\n" + base64.replace(WIDTH, "      $&\n");
  }

  return {
    quoted: quoted, head: head, picture: picture,
    pictures: "pictures:\n", noPictures: "pictures: {}\n", end: "end: vuonho\n",
  };
})();
