// The phone form, first part: what is sent. One text that `vuonho import` reads; forms/form_file.py says how it is
// made up. All parts of the form meet in one name.
const Phone = {};
Phone.text = (() => {
  // What no reader, or no eye, would take as it stands; half a character is none.
  const HALVES = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;
  const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff0-\uffff]/g;
  const WIDTH = /.{1,76}/g;

  const escaped = sign => "\\u" + ("000" + sign.charCodeAt(0).toString(16)).slice(-4);
  const whole = found => found.length === 2 ? found : "\ufffd";

  // JSON in lines, every value a text.
  function json(value) {
    const asText = (key, one) => one === null || typeof one === "object" ? one : String(one).replace(HALVES, whole);
    return JSON.stringify(value, asText, 1).replace(UNSEEN, escaped);
  }

  // {village, made, …} and the households, in the shape of profiles.
  function head(about, households) {
    const lines = Object.keys(about).map(key => key + ": " + json(about[key]));
    return ["vuonho_form: 1"].concat(lines, "households: " + json(households)).join("\n") + "\n";
  }

  function picture(name, size, base64) {
    return "  " + name + ":\n    bytes: " + size + "\n    base64: |\n" + base64.replace(WIDTH, "      $&\n");
  }

  return {
    json: json, head: head, picture: picture,
    pictures: "pictures:\n", noPictures: "pictures: {}\n", end: "end: vuonho\n",
  };
})();
