// By the phone's clock: a day that is past goes, and a guide that nobody has checked for a year says so.
(() => {
  const all = selector => document.querySelectorAll(selector), day = 864e5;
  all("[data-until]").forEach(node => { node.hidden = Date.now() - new Date(node.dataset.until) > day; });
  all("[data-checked]").forEach(node => { node.hidden = Date.now() - new Date(node.dataset.checked) < 366 * day; });
})();
