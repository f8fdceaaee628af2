// What "vuonho serve" adds to each page, and nobody publishes: the page asks which version is shown now, hears it as
// soon as there is another, and loads itself anew. Written for phones of 2016. Where nobody answers it is quiet.
(function () {
  var own = document.currentScript, shown = own.getAttribute("data-version"), pause = 500, asking = null;

  // A copy kept for lack of a signal must not pass for the page as it is now: here no page keeps any, and those kept
  // by a preview that did (--no-reload) go.
  try {
    var workers = navigator.serviceWorker;
    if (workers) {
      workers.getRegistrations().then(function (all) { all.forEach(function (one) { one.unregister(); }); });
      caches.keys().then(function (names) {
        names.forEach(function (name) { if (!name.indexOf("vuonho ")) caches.delete(name); });
      });
      Object.defineProperty(navigator, "serviceWorker", { value: undefined });
    }
  } catch (error) {}

  function ask() {
    if (asking || document.hidden) return;
    asking = new XMLHttpRequest();
    asking.open("GET", own.getAttribute("data-wait") + "?" + shown);
    asking.timeout = 40000;
    asking.onloadend = function () {
      var told = this.status == 200 && /^[0-9a-f]{16}$/.test(this.responseText) ? this.responseText : "";
      asking = null;
      if (told && told != shown) return location.reload();
      pause = told ? 500 : Math.min(2 * pause, 5000);
      setTimeout(ask, told ? 100 : pause);
    };
    asking.send();
  }

  // Who does not look does not ask: a browser has six connections for all its pages together.
  document.addEventListener("visibilitychange", function () {
    if (document.hidden && asking) asking.abort();
    else ask();
  });
  addEventListener("pageshow", ask);
})();
