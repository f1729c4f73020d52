// Reloads the page when the preview server has a newer build, keeping the scroll position.
(function () {
  "use strict";
  var shown = document.currentScript.dataset.version;
  var key = "benchbook-scroll:" + location.pathname;
  var kept = sessionStorage.getItem(key);
  if (kept !== null) {
    sessionStorage.removeItem(key);
    window.scrollTo(0, Number(kept));
  }
  new EventSource("/__benchbook/events").onmessage = function (event) {
    if (event.data !== shown) {
      sessionStorage.setItem(key, String(window.scrollY));
      location.reload();
    }
  };
})();
