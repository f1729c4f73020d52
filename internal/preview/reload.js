// Shows the page's new content when the preview server has it. A page without
// scripts of its own is exchanged in place, which keeps the scroll and takes no
// reload; any other is loaded again, and the scroll is put back.
(function () {
  "use strict";
  var shown = document.currentScript.dataset.mark;
  var key = "benchbook-scroll:" + location.pathname;
  var kept = sessionStorage.getItem(key);
  if (kept !== null) {
    sessionStorage.removeItem(key);
    window.scrollTo(0, Number(kept));
  }
  function reload() {
    sessionStorage.setItem(key, String(window.scrollY));
    location.reload();
  }
  // what the page loads besides its text
  function loads(doc) {
    return Array.from(doc.querySelectorAll("script[src], link[rel=stylesheet]"), function (e) {
      return e.getAttribute("src") || e.getAttribute("href");
    }).join("\n");
  }
  function exchange(html) {
    var next = new DOMParser().parseFromString(html, "text/html");
    if (document.querySelectorAll("script[src]").length !== 1 || loads(next) !== loads(document)) {
      return reload();
    }
    document.title = next.title;
    document.querySelectorAll("details[id][open]").forEach(function (d) {
      var same = next.getElementById(d.id);
      if (same) { same.open = true; }
    });
    document.body.replaceWith(document.adoptNode(next.body));
    document.documentElement.dataset.benchbookMark = shown;
  }
  var newest = 0;
  new EventSource("/__benchbook/events?page=" + encodeURIComponent(location.pathname)).onmessage = function (event) {
    if (event.data === shown) { return; }
    shown = event.data;
    var mine = ++newest;
    fetch(location.href, { cache: "no-store" }).then(function (r) { return r.text(); }).then(function (html) {
      if (mine === newest) { exchange(html); }
    }, reload);
  };
})();
