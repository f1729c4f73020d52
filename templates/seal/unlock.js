// The browser's half of internal/seal: asks for the password, derives the keys,
// and shows the sealed pages inside this document. Each sealed file is a script
// that hands its letters to openSealed, since pages opened from disk cannot
// fetch. What a page loads (style sheets, pictures, scripts) is decrypted and
// loaded under a blob: address; its links become #/ROUTE/ANCHOR, so that history,
// bookmarks and new tabs work. Keys live in this document's memory only. No name
// of the program or its users stands here: sealed reports may carry none.
(() => {
  "use strict";

  const START = "index.html", FIRST = 0x400, LETTERS = "bcdf", HOST = "sealed.invalid";
  const TYPES = { css: "text/css", csv: "text/csv", gif: "image/gif", htm: "text/html", html: "text/html", jpeg: "image/jpeg", jpg: "image/jpeg",
    js: "text/javascript", json: "application/json", pdf: "application/pdf", png: "image/png", svg: "image/svg+xml", txt: "text/plain", webp: "image/webp",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xml: "application/xml", zip: "application/zip" };
  const form = document.getElementById("unlock"), input = document.getElementById("password"), reveal = document.getElementById("reveal");
  const said = document.getElementById("said"), state = document.getElementById("state");
  const salt = fromLetters(form.dataset.salt), check = fromLetters(form.dataset.check), rounds = Number(form.dataset.rounds);
  const list = document.getElementById("list").textContent;
  const native = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, "src");
  const encoder = new TextEncoder();

  let key = null; // AES-256-GCM, once unlocked
  let files = new Map(), routes = new Map(); // by path, by route
  let current = ""; // path of the page that is shown

  // ---- bytes

  function fromLetters(text) {
    const out = new Uint8Array(text.length / 4);
    for (let i = 0; i < text.length; i++) out[i >> 2] = out[i >> 2] << 2 | LETTERS.indexOf(text[i]);
    return out;
  }

  // fromWide reads letters of ten bits, four of them for five bytes.
  function fromWide(text) {
    const out = new Uint8Array(text.length / 4 * 5);
    for (let i = 0, o = 0; i < text.length; i += 4) {
      const [a, b, c, d] = [0, 1, 2, 3].map((k) => text.charCodeAt(i + k) - FIRST);
      out[o++] = a >> 2;
      out[o++] = a << 6 | b >> 4;
      out[o++] = b << 4 | c >> 6;
      out[o++] = c << 2 | d >> 8;
      out[o++] = d;
    }
    return out;
  }

  async function decrypt(place, sealed) {
    const plain = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.subarray(0, 12), additionalData: encoder.encode(place) }, key, sealed.subarray(12)));
    const packed = plain.subarray(4, 4 + new DataView(plain.buffer).getUint32(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  const words = (bytes) => new TextDecoder().decode(bytes);

  // ---- keys

  async function derive(password) {
    const raw = await crypto.subtle.importKey("raw", encoder.encode(password.normalize("NFKC").trim()), "PBKDF2", false, ["deriveBits"]);
    return new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, raw, 256));
  }

  // unlock takes the master key; false means that it is not the one.
  async function unlock(master) {
    const base = await crypto.subtle.importKey("raw", master, "HKDF", false, ["deriveBits", "deriveKey"]);
    const part = (word) => ({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: encoder.encode("sealed tree 1 " + word) });
    const got = new Uint8Array(await crypto.subtle.deriveBits(part("check"), base, 64));
    if (got.some((x, i) => x !== check[i])) return false;
    key = await crypto.subtle.deriveKey(part("content"), base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    try {
      for (const e of JSON.parse(words(await decrypt("list", fromWide(list))))) {
        files.set(e.p, e);
        routes.set(e.r, e);
      }
    } catch (e) {
      key = null;
      throw e;
    }
    return true;
  }

  // ---- files

  const waiting = new Map(), opened = new Map(), addresses = new Map();

  window.openSealed = (name, data) => { if (waiting.has(name)) waiting.get(name)(data); };

  // once keeps what make promises; what failed may be tried again.
  function once(cache, name, make) {
    if (!cache.has(name)) cache.set(name, make().catch((e) => { cache.delete(name); throw e; }));
    return cache.get(name);
  }

  // load runs the script that hands a part over.
  function load(name) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      waiting.set(name, done);
      script.charset = "utf-8";
      script.onload = script.onerror = () => { script.remove(); waiting.delete(name); failed(new Error(name)); };
      native.set.call(script, "sealed/p." + name + ".js");
      document.head.append(script);
    });
  }

  const open = (path) => once(opened, path, async () => {
    const part = files.get(path).f;
    return decrypt(part, fromWide(await load(part)));
  });

  const ending = (path) => path.split(".").pop().toLowerCase();
  const isPage = (path) => /^html?$/.test(ending(path));

  // address gives a blob: address; a style sheet's own addresses are opened with it.
  const address = (path) => once(addresses, path, async () => {
    let data = await open(path);
    if (ending(path) === "css") data = await style(words(data), path);
    return URL.createObjectURL(new Blob([data], { type: TYPES[ending(path)] || "application/octet-stream" }));
  });

  async function style(css, path) {
    const pattern = /url\(\s*["']?([^"')]+?)["']?\s*\)|@import\s+["']([^"']+)["']/g;
    const found = new Map();
    for (const m of css.matchAll(pattern)) {
      const to = resolve(m[1] || m[2], path);
      if (to && files.has(to.path) && to.path !== path) found.set(m[1] || m[2], await address(to.path));
    }
    return css.replace(pattern, (whole, url, sheet) => found.has(url || sheet) ? (sheet ? "@import " : "") + 'url("' + found.get(url || sheet) + '")' : whole);
  }

  // resolve reads an address as the page at from means it; null means that it leads out.
  function resolve(href, from) {
    try {
      const url = new URL(href, "https://" + HOST + "/" + from.split("/").map(encodeURIComponent).join("/"));
      if (url.host !== HOST) return null;
      const path = decodeURIComponent(url.pathname.slice(1));
      return { path: path === "" || path.endsWith("/") ? path + START : path, anchor: decodeURIComponent(url.hash.slice(1)) };
    } catch (e) {
      return null;
    }
  }

  // ---- pages

  const routeTo = (path, anchor) => "#/" + files.get(path).r + (anchor ? "/" + encodeURIComponent(anchor) : "");

  // relink turns the links below a node into routes; files that are no pages are saved on a click.
  function relink(node, from) {
    for (const a of node.querySelectorAll("a[href], area[href]")) {
      const href = a.getAttribute("href");
      const to = href.startsWith("#/") ? null : resolve(href, from);
      if (!to || !files.has(to.path)) continue;
      a.setAttribute("href", routeTo(to.path, to.anchor));
      if (!isPage(to.path)) a.setAttribute("download", to.path.split("/").pop());
    }
  }

  async function pictures(page, from) {
    await Promise.all(["src", "href"].flatMap((name) => [...page.querySelectorAll(name === "src" ? "img[src], source[src]" : "image[href]")].map(async (node) => {
      const to = resolve(node.getAttribute(name), from);
      if (to && files.has(to.path)) node.setAttribute(name, await address(to.path).catch(damaged));
    })));
  }

  // sheets loads the page's style sheets beside those of the page before, and gives those that are to stay.
  function sheets(page, from) {
    return Promise.all([...page.querySelectorAll('link[rel~="stylesheet"]')].map(async (link) => {
      const to = resolve(link.getAttribute("href"), from);
      const url = to && files.has(to.path) ? await address(to.path).catch(damaged) : "";
      const there = [...document.head.querySelectorAll("link[data-sealed]")].find((l) => l.href === url);
      if (there || !url) return there;
      const own = Object.assign(document.createElement("link"), { rel: "stylesheet", href: url, media: link.media });
      own.dataset.sealed = "";
      await new Promise((done) => { own.onload = own.onerror = done; document.head.append(own); });
      return own;
    }));
  }

  // damaged says that a file is missing or was changed, on whatever page is shown.
  function damaged() {
    const note = Object.assign(document.createElement("p"), { className: "notice", textContent: "有文件打不开：缺失，或者被改动过。请向发布者要一份完整的。" });
    note.setAttribute("role", "alert");
    if (!document.querySelector("main > .notice[role=alert]")) document.querySelector("main").prepend(note);
    return "";
  }

  // run runs a page's scripts in their order, as if the page had been loaded.
  async function run(scripts, turn) {
    for (const old of scripts) {
      if (turn !== turns) return;
      const script = document.createElement("script");
      for (const a of old.attributes) if (a.name !== "src") script.setAttribute(a.name, a.value);
      await new Promise((done) => { script.onload = script.onerror = done; script.src = old.getAttribute("src"); document.body.append(script); });
    }
  }

  let turns = 0;

  // show puts a page into this document; false means that a later one was asked for meanwhile.
  async function show(path, anchor, y) {
    const turn = ++turns;
    const page = new DOMParser().parseFromString(words(await open(path)), "text/html");
    relink(page, path);
    await pictures(page, path);
    const keep = await sheets(page, path);
    if (turn !== turns) return;
    const scripts = [...page.querySelectorAll("script[src]")];
    scripts.forEach((s) => s.remove());
    current = path;
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    for (const link of document.head.querySelectorAll('link[rel~="stylesheet"]')) if (!keep.includes(link)) link.remove();
    document.body.replaceWith(document.adoptNode(page.body));
    go(anchor, y);
    await run(scripts, turn);
  }

  // go moves the reader and the focus: to a place of the page, to where it was left, or to its beginning.
  function go(anchor, y) {
    const place = anchor ? document.getElementById(anchor) : null;
    for (let d = place; d; d = d.parentElement) if (d.localName === "details") d.open = true;
    if (place) place.scrollIntoView({ behavior: "instant" });
    else scrollTo({ top: y || 0, behavior: "instant" });
    const target = place || document.querySelector("main, [role=main]") || document.body;
    if (target.tabIndex < 0 && !target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
  }

  // ---- addresses of this document

  const remember = history.replaceState.bind(history);
  const left = new Map(); // how far each entry of the history was read
  let entry = 0, entries = 0;

  // A page's script may keep its state in the address; here it would put what
  // was searched for into a request to the host and lose the route.
  history.replaceState = (data) => remember(Object.assign({}, history.state, data), "");

  const parse = () => /^#(?:key=([\w-]{43}))?(?:\/(?:([bcdf]+)(?:\/(.*))?)?)?$/.exec(location.hash) || [];

  async function follow() {
    const [, , route, anchor] = parse();
    const to = routes.get(route) || files.get(START);
    const y = left.get(history.state && history.state.entry);
    entry = history.state && history.state.entry || ++entries;
    remember(Object.assign({}, history.state, { entry }), "");
    let name = "";
    try { name = decodeURIComponent(anchor || ""); } catch (e) { /* no anchor then */ }
    if (!isPage(to.p)) {
      save(to.p).catch(damaged);
      return current ? null : show(START, "", 0);
    }
    if (to.p === current) return go(name, y);
    return show(to.p, name, y);
  }

  async function save(path) {
    const a = Object.assign(document.createElement("a"), { href: await address(path), download: path.split("/").pop() });
    a.click();
  }

  let taken = false;

  // takeOver makes this document behave as the site: links, downloads, and what pages' scripts load.
  function takeOver() {
    if (taken) return;
    taken = true;
    history.scrollRestoration = "manual";
    addEventListener("scroll", () => left.set(entry, scrollY), { passive: true });
    Object.defineProperty(HTMLScriptElement.prototype, "src", { ...native, set(value) {
      const to = resolve(String(value), current);
      if (!to || !files.has(to.path)) return native.set.call(this, value);
      address(to.path).then((url) => native.set.call(this, url), () => this.dispatchEvent(new Event("error")));
    } });
    document.addEventListener("click", (event) => {
      const a = event.target.closest && event.target.closest('a[href^="#/"][download]');
      if (!a) return;
      event.preventDefault();
      save(routes.get(a.getAttribute("href").slice(2).split("/")[0]).p).catch(damaged);
    });
    new MutationObserver((changes) => changes.forEach((c) => c.addedNodes.forEach((n) => { if (n.parentElement) relink(n.parentElement, current); })))
      .observe(document, { childList: true, subtree: true });
  }

  // ---- the form

  const WRONG = input.type === "text" ? "关键词不对，请检查后再试。" : "密码不对，请检查后再试。";
  const BROKEN = "钥匙是对的，但文件不完整或被改动过，打不开。请向发布者要一份完整的。";

  function refuse(message) {
    said.textContent = message;
    state.textContent = "";
    input.setAttribute("aria-invalid", String(message === WRONG));
    input.focus();
    input.select();
  }

  let busy = false;

  // attempt tries a master key, however it was come by.
  async function attempt(master, wrong) {
    if (busy || key) return;
    busy = true;
    said.textContent = "";
    state.textContent = "正在核对……";
    try {
      if (!await unlock(await master())) return refuse(wrong);
      const [, link, route, anchor] = parse();
      if (link) remember(null, "", "#/" + [route, anchor].filter(Boolean).join("/")); // the key does not stay in the address bar
      takeOver();
      await follow();
    } catch (e) {
      key = null;
      refuse(BROKEN);
    } finally {
      busy = false;
    }
  }

  function fromLink() {
    const [, link] = parse();
    if (!link) return false;
    const text = atob(link.replace(/-/g, "+").replace(/_/g, "/"));
    attempt(async () => Uint8Array.from(text, (c) => c.charCodeAt(0)), "链接里的钥匙不对。它可能不完整，或者文件已经换了密码。");
    return true;
  }

  if (!window.crypto || !crypto.subtle) {
    state.textContent = "浏览器在这个地址上不提供解密。请用 https:// 开头的地址打开，或把整个文件夹下载后从本机打开。";
    return;
  }
  if (!window.DecompressionStream) {
    state.textContent = "这个浏览器太旧，无法解密。请换用较新的 Chrome、Edge、Safari 或 Firefox。";
    return;
  }
  form.hidden = false;
  state.textContent = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => derive(input.value), WRONG);
  });
  if (reveal) reveal.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    reveal.setAttribute("aria-pressed", String(!shown));
    reveal.textContent = shown ? "显示密码" : "隐藏密码";
  });
  addEventListener("hashchange", () => { if (key) follow().catch(damaged); else fromLink(); });
  if (!fromLink()) input.focus();
})();
