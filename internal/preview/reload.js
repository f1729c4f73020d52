// Shows the page's new content when the preview server has it. Of a page without
// scripts of its own only what differs is exchanged, which keeps the scroll and all
// that was opened; any other is loaded again, and the scroll is put back.
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
  // sameTag tells elements that differ in their children at most
  function sameTag(a, b) {
    if (a.nodeType !== 1 || b.nodeType !== 1 || a.tagName !== b.tagName || a.attributes.length !== b.attributes.length) { return false; }
    return Array.prototype.every.call(b.attributes, function (x) { return a.getAttribute(x.name) === x.value || x.name === "open"; });
  }
  // turn changes as little of a as makes it b
  function turn(a, b) {
    if (a.isEqualNode(b)) { return; }
    if (!sameTag(a, b)) { return a.replaceWith(b); }
    var was = Array.from(a.childNodes), will = Array.from(b.childNodes), first = 0, last = 0;
    while (first < was.length && first < will.length && was[first].isEqualNode(will[first])) { first++; }
    while (last < was.length - first && last < will.length - first && was[was.length - 1 - last].isEqualNode(will[will.length - 1 - last])) { last++; }
    was = was.slice(first, was.length - last);
    will = will.slice(first, will.length - last);
    if (was.length === will.length) { return was.forEach(function (old, i) { turn(old, will[i]); }); }
    var after = a.childNodes[first + was.length] || null;
    was.forEach(function (old) { old.remove(); });
    will.forEach(function (next) { a.insertBefore(next, after); });
  }
  function exchange(html) {
    var next = new DOMParser().parseFromString(html, "text/html");
    if (document.querySelectorAll("script[src]").length !== 1 || loads(next) !== loads(document)) {
      return reload();
    }
    document.title = next.title;
    turn(document.body, document.adoptNode(next.body));
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
