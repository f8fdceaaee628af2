// A walk for today, on a village's page: of the gardens that receive visitors at this hour and have something ripe this
// month up to three, from the centre always on to the nearest, 2 km at most. Without script the whole walk stands alone.
addEventListener("DOMContentLoaded", () => {
  const today = document.getElementById("today");
  if (!today) return;
  const list = today.querySelector("ol");
  // Vietnam's time, which has no summer
  const there = new Date(Date.now() + 7 * 36e5), at = there.getUTCHours() * 60 + there.getUTCMinutes();
  const say = metres => (50 * Math.ceil(metres / 50)).toLocaleString(document.documentElement.lang) + " m";
  const all = (selector, node) => [...node.querySelectorAll(selector)];
  const open = all(".stops [data-open]", document).map(stop => {
    // metres east and north of the centre, days as a mask, ends of the hours in minutes
    const [x, y, days, ...ends] = stop.dataset.open.split(" "), end = ends.find((end, n) => n % 2 && at < end && at >= ends[n - 1]);
    // the list has the gardens of the walk first, in its order
    const row = all("#homes > li", document)[stop.value - 1];
    const ripe = all("[data-m]", row).filter(one => one.dataset.m >> new Date().getMonth() & 1);
    return { stop, x, y, end, ripe, days };
  }).filter(one => one.days >> there.getUTCDay() & 1 && one.end && one.ripe[0]);
  const far = one => Math.hypot(one.x - here.x, one.y - here.y);
  let here = { x: 0, y: 0 }, left = 2000, next;
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
  today.hidden = !list.firstChild;
});
