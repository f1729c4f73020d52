// Search over window.benchbookIndex = [{t: title, u: path, s: section, x: text}].
// Every substring counts, so that words inside longer Chinese strings are found;
// case and full-width forms make no difference. Several words must all occur.
(function () {
  "use strict";

  var index = window.benchbookIndex;
  var form = document.querySelector(".find");
  if (!index || !form) return;
  var root = document.currentScript ? document.currentScript.dataset.root : "";
  var input = form.querySelector("input");
  var list = document.getElementById("results");
  var status = document.getElementById("found");
  var all = document.getElementById("all-pages");
  var LIMIT = 50, AROUND = 40;

  // fold keeps the length, so that places found in it are places in the text.
  function fold(text) {
    var wide = text.replace(/[\uff01-\uff5e]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0xfee0); }).replace(/\u3000/g, " ");
    var low = wide.toLowerCase();
    return low.length === wide.length ? low : wide.replace(/[A-Z]/g, function (c) { return c.toLowerCase(); });
  }

  var folded = null;
  function prepare() {
    folded = folded || index.map(function (e) { return { t: fold(e.t), s: fold(e.s || ""), x: fold(e.x || "") }; });
  }

  // score is 0 where a word is missing; titles count most, then sections.
  function score(entry, words) {
    var sum = 0;
    for (var i = 0; i < words.length; i++) {
      var w = words[i];
      var s = (entry.t === w ? 200 : 0) + (entry.t.includes(w) ? 100 : 0) + (entry.s.includes(w) ? 20 : 0) + (entry.x.includes(w) ? 1 : 0);
      if (!s) return 0;
      sum += s;
    }
    return sum;
  }

  function find(query) {
    prepare();
    var words = fold(query).split(/\s+/).filter(Boolean);
    var hits = [];
    if (words.length) {
      folded.forEach(function (entry, i) {
        var s = score(entry, words);
        if (s) hits.push({ i: i, s: s });
      });
    }
    hits.sort(function (a, b) { return b.s - a.s || a.i - b.i; });
    return { words: words, hits: hits };
  }

  // marked puts text into node with every word in a mark element. Text only: nothing
  // of the index is ever read as markup.
  function marked(node, text, low, words) {
    var at = 0;
    while (at < text.length) {
      var next = -1, length = 0;
      words.forEach(function (w) {
        var p = low.indexOf(w, at);
        if (p >= 0 && (next < 0 || p < next || (p === next && w.length > length))) { next = p; length = w.length; }
      });
      if (next < 0) break;
      var mark = document.createElement("mark");
      mark.textContent = text.slice(next, next + length);
      node.append(text.slice(at, next), mark);
      at = next + length;
    }
    node.append(text.slice(at));
    return node;
  }

  function excerpt(text, low, words) {
    var places = words.map(function (w) { return low.indexOf(w); }).filter(function (p) { return p >= 0; });
    var from = places.length ? Math.max(0, Math.min.apply(null, places) - AROUND) : 0;
    var to = from + 3 * AROUND;
    var p = document.createElement("p");
    if (from) p.append("…");
    marked(p, text.slice(from, to), low.slice(from, to), words);
    if (to < text.length) p.append("…");
    return p;
  }

  function item(i, words) {
    var entry = index[i], low = folded[i];
    var li = document.createElement("li"), a = document.createElement("a");
    a.href = root + entry.u;
    li.append(marked(a, entry.t, low.t, words));
    if (entry.s) {
      var section = document.createElement("span");
      section.className = "fine";
      section.textContent = entry.s;
      li.append(section);
    }
    if (entry.x) li.append(excerpt(entry.x, low.x, words));
    return li;
  }

  function show() {
    var query = input.value.trim();
    var result = find(query);
    list.replaceChildren.apply(list, result.hits.slice(0, LIMIT).map(function (h) { return item(h.i, result.words); }));
    all.hidden = result.words.length > 0;
    status.textContent = !result.words.length ? "" :
      !result.hits.length ? "没有找到「" + query + "」" :
      "找到 " + result.hits.length + " 页" + (result.hits.length > LIMIT ? "，显示前 " + LIMIT + " 页" : "");
  }

  // Arrow keys walk from the field through the results and back.
  document.addEventListener("keydown", function (e) {
    if (e.key === "Escape" && document.activeElement !== input && list.contains(document.activeElement)) return input.focus();
    if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
    var stops = [input].concat(Array.from(list.querySelectorAll("a")));
    var now = stops.indexOf(document.activeElement);
    if (now < 0) return;
    var next = stops[now + (e.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    e.preventDefault();
    next.focus();
  });

  var timer = 0;
  input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(show, 120); });
  form.addEventListener("submit", function (e) {
    e.preventDefault();
    show();
    var first = list.querySelector("a");
    if (first) first.focus();
  });
  form.hidden = false;
  input.value = new URLSearchParams(location.search).get("q") || "";
  if (input.value) show();
})();
