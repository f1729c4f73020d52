// Search over an index of n-grams that is cut into many small scripts, each of
// which hands its data to window.benchbookSearch: pages opened from disk may load
// scripts, but not fetch data. Nothing is loaded before the reader's first word.
//
// A query is folded as the texts were (internal/hanzi, Searchable), its grams
// give the pages that may have it, and each page is looked up again in its own
// text before it is shown. So every substring is found, and nothing else.
(function () {
  "use strict";

  var me = document.currentScript;
  var form = document.querySelector(".find");
  if (!me || !form) return;
  var root = me.dataset.root, folder = root + me.dataset.index.replace(/[^/]*$/, "");
  var input = form.querySelector("input");
  var list = document.getElementById("results");
  var status = document.getElementById("found");
  var all = document.getElementById("all-pages");
  var more = document.getElementById("more-results");
  var SHOWN = 10, AROUND = 40, GRAMS = 7;
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  // ---- loading

  var waiting = {}, loaded = {}, version = "";

  window.benchbookSearch = function (name, data) { if (waiting[name]) waiting[name](data); };

  // load gives a part of the index, each once; one that failed may be tried again.
  function load(name) {
    loaded[name] = loaded[name] || new Promise(function (done, failed) {
      var script = document.createElement("script");
      var over = false;
      var end = function () {
        script.remove();
        if (!over) { delete loaded[name]; failed(new Error(name)); }
      };
      waiting[name] = function (data) { over = true; done(data); };
      script.onload = script.onerror = end;
      script.src = folder + name + ".js" + version;
      document.head.append(script);
    });
    return loaded[name];
  }

  var base = null, same = new Map(), firsts = [];

  function start() {
    return load("index").then(function (data) {
      if (base) return;
      var to = Array.from(data.t);
      Array.from(data.f).forEach(function (c, i) { same.set(c, to[i]); });
      version = "?" + data.v;
      firsts = numbers(data.p);
      base = data;
    });
  }

  // ---- folding, as internal/hanzi does it

  var SPACE = /\s|\u0085/, UNSEEN = /[\p{Cc}\p{Cf}]/u;

  function solid(c) {
    var r = c ? c.codePointAt(0) : 0;
    return r >= 0x2e80 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe4f || r >= 0x20000 && r <= 0x3ffff;
  }

  // fold gives the searchable form as characters, and for each where it begins and ends in the text.
  function fold(text) {
    var out = [], at = [], end = [], last = "\n", space = -1;
    var put = function (c, from, to) { out.push(c); at.push(from); end.push(to); last = c; };
    for (var m of text.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
      for (var c of m[0].normalize("NFKC")) {
        c = c === "\u0130" ? "i" : c.toLowerCase();
        c = same.get(c) || c;
        if (c === "\n") {
          if (last !== "\n") put(c, m.index, m.index + 1);
          space = -1;
        } else if (c !== "\ufeff" && SPACE.test(c)) {
          if (space < 0) space = m.index;
        } else if (!UNSEEN.test(c)) {
          if (space >= 0 && last !== "\n" && !solid(last) && !solid(c)) put(" ", space, space + 1);
          put(c, m.index, m.index + m[0].length);
          space = -1;
        }
      }
    }
    return { chars: out, at: at, end: end };
  }

  // searchable is fold's form as a string, with the places of its units in the text.
  function searchable(text) {
    var f = fold(text), at = [], end = [];
    f.chars.forEach(function (c, i) { for (var k = 0; k < c.length; k++) { at.push(f.at[i]); end.push(f.end[i]); } });
    return { low: f.chars.join(""), at: at, end: end };
  }

  // ---- grams

  // gramsOf cuts a word or phrase into the fewest grams that cover it.
  function gramsOf(text) {
    var c = Array.from(text), out = [], end = 0;
    if (c.length === 1) return c;
    for (var i = 0; i + 1 < c.length; i++) {
      if (c[i] === " ") continue;
      var three = i + 2 < c.length && c[i + 2] !== " " && !solid(c[i]) && !solid(c[i + 1]) && !solid(c[i + 2]);
      if (!three && (c[i + 1] === " " || i + 2 <= end)) continue;
      out.push(c.slice(i, i + (three ? 3 : 2)).join(""));
      end = i + (three ? 3 : 2);
    }
    return out;
  }

  // few keeps at most n of many grams, spread over the whole.
  function few(grams, n) {
    if (grams.length <= n) return grams;
    var out = [];
    for (var i = 0; i < n; i++) out.push(grams[Math.round(i * (grams.length - 1) / Math.max(1, n - 1))]);
    return out;
  }

  function shardOf(gram) {
    var h = 2166136261;
    for (var c of gram) h = Math.imul(h ^ c.codePointAt(0), 16777619) >>> 0;
    return ((h ^ h >>> 15) >>> 0) % base.s;
  }

  // numbers reads rising numbers that are written as gaps.
  function numbers(code) {
    var out = [], last = 0, gap = 0, shift = 0;
    for (var i = 0; i < code.length; i++) {
      var d = DIGITS.indexOf(code[i]);
      gap += (d & 31) * Math.pow(2, shift);
      shift += 5;
      if (d < 32) { out.push(last += gap); gap = shift = 0; }
    }
    return out;
  }

  // pages reads a list of pages into one mark a page.
  function pages(code) {
    var on = new Uint8Array(base.n);
    if (code && code[0] === "!") {
      for (var p = 0; p < base.n; p++) on[p] = DIGITS.indexOf(code[1 + (p / 6 | 0)]) >> p % 6 & 1;
    } else {
      numbers(code || "").forEach(function (p) { on[p] = 1; });
    }
    return on;
  }

  function both(a, b) { return a ? a.map(function (x, i) { return x & b[i]; }) : b; }

  var known = new Map();

  // pagesOf gives the pages that have all grams, and those that have all in the title.
  function pagesOf(grams) {
    return Promise.all(grams.map(function (g) { return load("grams/" + shardOf(g)); })).then(function (shards) {
      var found = { body: null, title: null };
      grams.forEach(function (g, i) {
        if (!known.has(g)) {
          var codes = (Object.hasOwn(shards[i], g) ? shards[i][g] : "").split("|");
          known.set(g, { body: pages(codes[0]), title: pages(codes[1]) });
        }
        found.body = both(found.body, known.get(g).body);
        found.title = both(found.title, known.get(g).title);
      });
      return found;
    });
  }

  function frequent(pair) {
    return known.has(pair) && known.get(pair).body.reduce(function (n, on) { return n + on; }, 0) >= base.m;
  }

  // threesOf gives the three neighbours that the index has because both pairs are frequent, as far as those are known.
  function threesOf(text) {
    var c = Array.from(text), out = [];
    for (var i = 0; i + 2 < c.length; i++) {
      if (c[i] !== " " && c[i + 1] !== " " && c[i + 2] !== " " && (solid(c[i]) || solid(c[i + 1]) || solid(c[i + 2])) &&
        frequent(c[i] + c[i + 1]) && frequent(c[i + 1] + c[i + 2])) out.push(c[i] + c[i + 1] + c[i + 2]);
    }
    return out;
  }

  // ---- ranking: the whole query in the title, in the text, its words in the title, in the text

  function plan(text) {
    var words = text.split(/\s+/).map(function (w) { return searchable(w).low; }).filter(Boolean);
    words = words.filter(function (w, i) { return words.indexOf(w) === i; });
    var phrase = searchable(text.trim()).low;
    return { text: text, words: words, phrase: phrase,
      exact: words.every(function (w) { return Array.from(w).length <= 2; }) };
  }

  function rank(phrase, words, title, body) {
    var has = function (where) { return function (w) { return where.includes(w); }; };
    if (!words.every(function (w) { return title.includes(w) || body.includes(w); })) return -1;
    if (title.includes(phrase)) return 3;
    if (body.includes(phrase)) return 2;
    return words.every(has(title)) ? 1 : 0;
  }

  function count(found) {
    var n = 0;
    for (var p = 0; p < base.n; p++) if (found.every(function (f) { return f.body[p]; })) n++;
    return n;
  }

  // narrow looks up some grams of each text and, where that leaves more pages than
  // are shown, others: a shard of grams is less than the texts that it saves.
  function narrow(texts) {
    var each = Math.max(1, Math.floor(GRAMS / texts.length));
    var grams = texts.map(function (t) { return few(gramsOf(t), each); });
    return Promise.all(grams.map(pagesOf)).then(function (found) {
      if (count(found) <= SHOWN) return found;
      return Promise.all(texts.map(function (t, i) {
        var others = gramsOf(t).filter(function (g) { return !grams[i].includes(g); });
        return pagesOf(grams[i].concat(few(others, each >> 1), few(threesOf(t), each)));
      }));
    });
  }

  // candidates sorts the pages that may have the query by what the grams say of them.
  function candidates(q) {
    return Promise.all([narrow(q.words), q.words.length > 1 && narrow([q.phrase])]).then(function (got) {
      var found = got[0], whole = (got[1] || found)[0];
      var queues = [[], [], [], []];
      for (var p = 0; p < base.n; p++) {
        if (!found.every(function (f) { return f.body[p]; })) continue;
        var likely = whole.title[p] ? 3 : whole.body[p] ? 2 : found.every(function (f) { return f.title[p]; }) ? 1 : 0;
        queues[likely].push({ page: p });
      }
      return queues;
    });
  }

  // entryOf loads a page's title and text.
  function entryOf(page) {
    var low = 0, high = firsts.length - 1;
    while (low < high) {
      var mid = low + high + 1 >> 1;
      if (firsts[mid] <= page) low = mid; else high = mid - 1;
    }
    return load("texts/" + firsts[low]).then(function (group) {
      var e = group[page - firsts[low]];
      e.title = e.title || searchable(e.t);
      e.body = e.body || searchable(e.x);
      return e;
    });
  }

  // take gives the next n results, each found again in the page's own text. A page
  // that ranks lower than its grams promised waits for its turn.
  function take(q, n) {
    var top = q.queues.findIndex(function (_, i) { return q.queues[3 - i].length; });
    if (top < 0 || n < 1) return Promise.resolve([]);
    top = 3 - top;
    var batch = q.queues[top].splice(0, n);
    return Promise.all(batch.map(function (c) {
      return c.entry || entryOf(c.page).then(function (e) { c.entry = e; c.rank = rank(q.phrase, q.words, e.title.low, e.body.low); });
    })).then(function () {
      var good = [];
      batch.forEach(function (c) {
        if (c.rank >= top) good.push(c.entry);
        else if (c.rank >= 0) q.queues[c.rank].push(c);
      });
      return take(q, n - good.length).then(function (rest) { return good.concat(rest); });
    });
  }

  // ---- showing: nothing of the index is ever read as markup

  // marked puts the part of a text from one place to another into node, with every word in a mark element.
  function marked(node, text, from, to, folded, words) {
    var done = from, i = 0;
    while (i < folded.low.length) {
      var next = -1, length = 0;
      words.forEach(function (w) {
        var p = folded.low.indexOf(w, i);
        if (p >= 0 && (next < 0 || p < next || p === next && w.length > length)) { next = p; length = w.length; }
      });
      if (next < 0 || folded.at[next] >= to) break;
      i = next + length;
      if (folded.at[next] < done) continue;
      var mark = document.createElement("mark"), end = Math.min(to, folded.end[i - 1]);
      mark.textContent = text.slice(folded.at[next], end);
      node.append(text.slice(done, folded.at[next]), mark);
      done = end;
    }
    node.append(text.slice(done, to));
    return node;
  }

  // place is where the text first has the whole query, or one of its words.
  function place(e, q) {
    var p = e.body.low.indexOf(q.phrase);
    q.words.forEach(function (w) { if (p < 0) p = e.body.low.indexOf(w); });
    return p < 0 ? -1 : e.body.at[p];
  }

  function excerpt(e, at, words) {
    var from = Math.max(0, at - AROUND), to = Math.min(e.x.length, from + 3 * AROUND);
    if (/[\udc00-\udfff]/.test(e.x.charAt(from))) from--;
    if (/[\udc00-\udfff]/.test(e.x.charAt(to))) to--;
    var p = document.createElement("p");
    if (from) p.append("…");
    marked(p, e.x, from, to, e.body, words);
    if (to < e.x.length) p.append("…");
    return p;
  }

  // address leads to the page, or to the part of it that has the place.
  function address(e, at) {
    var id = "", here = 0;
    for (var i = 0; e.a && at >= 0 && i < e.a.length; i += 2) {
      here += e.a[i];
      if (here > at) break;
      id = e.a[i + 1];
    }
    var path = e.u.split("/").map(encodeURIComponent).join("/");
    return (root || "./") + path + (id ? "#" + encodeURIComponent(id) : "");
  }

  function item(e, q) {
    var li = document.createElement("li"), a = document.createElement("a"), section = document.createElement("span");
    var at = place(e, q), inTitle = q.words.every(function (w) { return e.title.low.includes(w); });
    a.href = address(e, inTitle ? -1 : at);
    section.className = "fine";
    section.textContent = e.s;
    li.append(marked(a, e.t, 0, e.t.length, e.title, q.words), section);
    if (e.x) li.append(excerpt(e, at, q.words));
    return li;
  }

  // ---- the page

  var now = null; // the turn of question and answer: text, q, done

  function left(q) { return q.queues.reduce(function (n, queue) { return n + queue.length; }, 0); }

  function say(q) {
    var shown = list.children.length, rest = left(q);
    more.hidden = !rest;
    if (!shown) return "没有找到「" + q.text.trim() + "」";
    return "找到" + (rest && !q.exact ? "约 " : " ") + (shown + rest) + " 页" + (rest ? "，显示前 " + shown + " 页" : "");
  }

  // add shows more results; the first of them is given.
  function add(turn) {
    return take(turn.q, SHOWN).then(function (entries) {
      if (now !== turn) return null;
      var items = entries.map(function (e) { return item(e, turn.q); });
      list.append.apply(list, items);
      status.textContent = say(turn.q);
      return items[0] && items[0].querySelector("a");
    });
  }

  function clear() {
    now = null;
    list.replaceChildren();
    status.textContent = "";
    more.hidden = true;
    all.hidden = false;
  }

  // find plans a query and gives its candidates; null where it has no words.
  function find(text) {
    return start().then(function () {
      var q = plan(text);
      if (!q.words.length) return null;
      return candidates(q).then(function (queues) { q.queues = queues; return q; });
    });
  }

  // For another face on the same index: the addresses of the first n results.
  window.benchbookSearch.find = function (text, n) {
    return find(text).then(function (q) { return q ? take(q, n) : []; }).then(function (found) { return found.map(function (e) { return e.u; }); });
  };

  // show answers what stands in the field, unless it is answered already.
  function show() {
    var text = input.value;
    if (now && now.text === text) return now.done;
    if (!text.trim()) { clear(); return Promise.resolve(null); }
    var turn = now = { text: text };
    turn.done = find(text).then(function (q) {
      if (now !== turn) return null;
      if (!q) { clear(); return null; }
      turn.q = q;
      list.replaceChildren();
      all.hidden = true;
      return add(turn);
    }).catch(function () {
      if (now !== turn) return;
      clear();
      status.textContent = "索引没有读到，请再试一次，或从下面的页面列表里找。";
    });
    return turn.done;
  }

  // remember keeps the query in the address, so that going back brings it back; a page opened from disk may not.
  function remember() {
    try { history.replaceState(null, "", location.pathname + (input.value.trim() ? "?q=" + encodeURIComponent(input.value.trim()) : "")); } catch (_) { /* from disk */ }
  }

  // Arrow keys walk from the field through the results and back; Escape returns to the field, then empties it.
  document.addEventListener("keydown", function (e) {
    if (e.isComposing) return;
    if (e.key === "Escape") {
      if (document.activeElement !== input) { if (list.contains(document.activeElement) || document.activeElement === more) input.focus(); return; }
      input.value = "";
      clear();
      remember();
      return;
    }
    if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
    var stops = [input].concat(Array.from(list.querySelectorAll("a")), more.hidden ? [] : [more]);
    var at = stops.indexOf(document.activeElement), next = at < 0 ? null : stops[at + (e.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    e.preventDefault();
    next.focus();
  });

  var timer = 0;
  input.addEventListener("input", function (e) {
    clearTimeout(timer);
    if (!e.isComposing) timer = setTimeout(show, 150);
  });
  input.addEventListener("compositionend", function () { clearTimeout(timer); timer = setTimeout(show, 150); });
  input.addEventListener("focus", function () { start().catch(function () { /* said when asked */ }); }, { once: true });
  more.addEventListener("click", function () {
    if (now && now.q) add(now).then(function (first) { if (first) first.focus(); });
  });
  form.addEventListener("submit", function (e) {
    e.preventDefault();
    clearTimeout(timer);
    remember();
    show().then(function () {
      var first = list.querySelector("a");
      if (first) first.focus();
    });
  });
  form.hidden = false;
  input.value = new URLSearchParams(location.search).get("q") || "";
  if (input.value) show();
})();
