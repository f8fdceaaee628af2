// A walk for today, on a village's page: of the gardens that receive visitors at this hour and have something ripe this
// month two or three, from the one nearest to the centre on along the whole walk, 2 km at most. Without script the
// whole walk stands alone.
addEventListener("DOMContentLoaded", () => {
  const today = document.getElementById("today");
  if (!today) return;
  const list = today.querySelector("ol");
  // Vietnam's time, which has no summer
  const there = new Date(Date.now() + 7 * 36e5), at = there.getUTCHours() * 60 + there.getUTCMinutes();
  const say = metres => (50 * Math.ceil(metres / 50)).toLocaleString(document.documentElement.lang) + "\u00a0m";
  const all = (selector, node = document) => [...node.querySelectorAll(selector)];
  const open = all(".stops [data-open]").map(stop => {
    // metres from the centre and along the whole walk, days as a mask, ends of the hours in minutes
    const [away, along, days, ...ends] = stop.dataset.open.split(" "), end = ends.find((end, n) => n % 2 && at < end && at >= ends[n - 1]);
    // the list has the gardens of the walk first, in its order
    const row = all("#homes > li")[stop.value - 1];
    const ripe = all("[data-m]", row).filter(one => one.dataset.m >> new Date().getMonth() & 1);
    return { stop, away, along, end, ripe, days };
  }).filter(one => one.days >> there.getUTCDay() & 1 && one.end && one.ripe[0]);
  const far = one => here ? Math.abs(one.along - here.along) : one.away;
  let here, left = 2000, next;
  while (list.children.length < 3 && (next = open.sort((one, other) => far(one) - far(other))[0]) && far(next) <= left) {
    const node = list.appendChild(next.stop.cloneNode(true));
    node.querySelector("small").textContent = [
      next.ripe.slice(0, 2).map(one => one.lastChild.textContent).join(", "),
      today.dataset.until + " " + (next.end / 60 | 0) + ":" + ("0" + next.end % 60).slice(-2), say(far(next)),
    ].join(" · ");
    left -= far(next);
    here = open.shift();
  }
  today.querySelector("p").append(" " + say(2000 - left));
  today.hidden = !list.children[1];
});
