// What a household's page does besides (_page.js): it too is whole without script.
(() => {
  const page = document.documentElement;

  // --- Open now: the clock is the phone's, in Vietnam's time, which has no summer. ---

  const door = document.getElementById("door");
  if (door && door.dataset.open) {
    const there = new Date(Date.now() + 7 * 36e5), at = there.getUTCHours() * 60 + there.getUTCMinutes();
    const [days, ...ends] = door.dataset.open.split(" "), [open, soon, over, off, until, from] = door.dataset.words.split("|");
    const isDay = days >> there.getUTCDay() & 1, next = ends.findIndex((end, n) => n % 2 && at < end);
    const isOpen = isDay && at >= ends[next - 1], end = ends[next - !isOpen];
    door.classList.toggle("shut", !isOpen);
    door.querySelector("b").textContent = !isDay ? off : isOpen ? open : end ? soon : over;
    if (isDay && end) door.querySelector("i").textContent = (isOpen ? until : from) + (end / 60 | 0) + ":" + ("0" + end % 60).slice(-2);
  }

  // --- Photos below the first view wait until they are wanted: a browser fetches lazy ones from far away. ---

  const later = window.IntersectionObserver && !page.classList.add("later");

  // --- What some phones can do: hand the page on; read a Vietnamese story out, in a voice of their own. ---

  const share = document.getElementById("share"), speech = window.speechSynthesis;
  if (share && navigator.share) {
    share.hidden = false;
    share.onclick = () => navigator.share({ title: document.title, url: location.href.split("#")[0] }).catch(() => {});
  }
  addEventListener("DOMContentLoaded", () => {
    const gallery = document.querySelector(".gallery");
    if (gallery && later) new IntersectionObserver((seen, eye) => {
      if (seen[0].isIntersecting) page.classList.remove("later", eye.disconnect());
    }, { rootMargin: "99px" }).observe(gallery);
    const read = document.getElementById("read"), look = () => {
      const voice = speech.getVoices().find(one => one.localService && /^vi/i.test(one.lang));
      read.hidden = !voice;
      read.onclick = () => speech.speaking ? speech.cancel() : speech.speak(Object.assign(
        new SpeechSynthesisUtterance([...document.querySelectorAll("#told p")].map(p => p.textContent).join(" ")), { voice, lang: voice.lang }));
    };
    if (read && speech) look(speech.onvoiceschanged = look);
  });
})();
