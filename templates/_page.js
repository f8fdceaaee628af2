// What every page does. All of it is a help: without script the page is complete. It stands in the page behind what
// it shows at once, so that nothing jumps; the rest waits until the page is there.
(() => {
  const page = document.documentElement, root = new URL(page.dataset.root, location.href);
  const all = selector => [...document.querySelectorAll(selector)];

  // --- Language: a phone that does not know the language of a plaque's page is sent to one that it knows, unless
  // the visitor chose before or comes from within the site. The choice stays on the phone and goes nowhere; a
  // browser inside another app may have no storage: then the address says it. ---

  const key = "vuonho " + root.pathname + " language", own = page.lang;
  const others = (page.dataset.langs || "").split(" ");
  const known = (navigator.languages || [navigator.language || own]).map(name => name.toLowerCase().split("-")[0]);
  let tag;
  try { tag = localStorage.getItem(key); } catch (error) {}
  tag = tag || (known.includes(own) ? own : known.concat("en").find(name => others.includes(name)));
  if (tag && others.includes(tag) && !document.referrer.startsWith(root) && location.hash != "#" + own && !/bot|spider|crawl/i.test(navigator.userAgent)) {
    location.replace(root + tag + location.href.slice(root.href.length - 1));
  }
  addEventListener("click", event => {
    const link = event.target.closest("a[hreflang]");
    try { if (link) localStorage.setItem(key, link.hreflang); } catch (error) { link.hash = link.hreflang; }
  });

  // --- Ripe now: the month is the phone's. Without script nothing on a page claims to be now. ---

  const month = new Date().getMonth(), now = document.getElementById("now");
  const mark = (selector, ahead) => all(selector).filter(
    node => node.dataset.m >> (month + ahead) % 12 & 1 && !node.classList.add("ripe")).length;
  addEventListener("DOMContentLoaded", () => {
    all("[data-y]").forEach(bed => bed.classList.add("y" + bed.dataset.y[month]));
    mark("[data-m]", 0);
    all(".calendar tr > :nth-child(" + (month + 2) + ")").forEach(cell => cell.classList.add("this"));
  });
  if (now) {
    let ahead = 0;
    while (ahead < 12 && !mark("#now li", ahead)) ahead++;
    const title = now.querySelector("span");
    if (ahead) title.textContent = now.dataset.next;
    title.append(" " + new Date(2000, month + ahead).toLocaleString(own, { month: "long" }).replace("T", "t"));
    now.hidden = ahead > 11;
  }

  // --- No signal: this page, its village and the start page stay on the phone. ---

  if (navigator.serviceWorker && /^http/.test(root)) addEventListener("load", () => {
    navigator.serviceWorker.register(root + "sw.js", { scope: root, updateViaCache: "none" })
      .then(() => navigator.serviceWorker.ready)
      .then(worker => worker.active.postMessage({
        keep: all("[data-keep], img").map(node => node.href || node.complete && node.currentSrc || node.dataset.keep && node.src)
          .concat(location.href.split("#")[0]).filter(Boolean),
      })).catch(() => {});
  });
})();
