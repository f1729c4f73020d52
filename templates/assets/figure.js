/* The interactive drawing on a figure's own page. The static drawing stays in the document for print and for every error;
   nothing is loaded until a reader asks. Names reach the page as text only, never as markup. */
(() => {
  "use strict";
  const engine = document.currentScript.dataset.echarts;
  const data = document.getElementById("option");
  const drawing = document.querySelector(".chart-svg");
  if (!engine || !data || !drawing) return;
  const box = drawing.parentNode;
  const make = (tag, name, text) => {
    const e = document.createElement(tag);
    e.className = name;
    if (text) e.textContent = text;
    return e;
  };
  const button = make("button", "chart-switch", "交互查看");
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  const told = make("p", "chart-told");
  told.setAttribute("aria-live", "polite");
  box.append(button, told);

  // Words: every number is the printed string that came with it.
  const words = (p) => {
    const d = p.data || {}, out = [];
    const named = p.seriesName && !p.seriesName.includes("\u0000") && p.seriesName !== d.name;
    if (named && !d.texts) out.push(p.seriesName);
    out.push((d.name || p.name || "") + "：" + (d.text || ""));
    if (d.texts) out.push(d.texts.map((text, i) => d.names[i] + " " + text).join(" · "));
    if (d.lo || d.hi) out.push("区间 " + (d.lo || "—") + " 至 " + (d.hi || "—"));
    if (d.n) out.push("n=" + d.n);
    return out;
  };
  const tip = (p) => {
    const e = make("div", "chart-tip");
    for (const line of words(p)) e.append(make("div", "", line));
    return e;
  };
  const plain = (v) => Number(v.toPrecision(12)).toLocaleString("en-US");
  const percent = (v) => plain(v * 100) + "%";
  const formatters = {
    tip, plain, percent,
    text: (p) => p.data.text,
    caption: (p) => p.name,
    plainSize: (v) => plain(Math.abs(v)),
    percentSize: (v) => percent(Math.abs(v)),
  };

  // Marks that the library has no series for. Encode says which members of a value lie on which axis.
  const line = (x1, y1, x2, y2, width) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: ink(), lineWidth: width } });
  const bar = (a, b, y, height, fill, opacity) => ({ type: "rect", shape: { x: a, y: y - height / 2, width: b - a, height }, style: { fill, opacity } });
  const group = (children) => ({ type: "group", children });
  const shapes = {
    whisker: { encode: { x: [0, 2], y: 1 }, draw(api) {
      const a = api.coord([api.value(0), api.value(1)]), b = api.coord([api.value(2), api.value(1)]);
      return group([line(a[0], a[1], b[0], b[1], 1.5), line(a[0], a[1] - 5, a[0], a[1] + 5, 1.5), line(b[0], b[1] - 5, b[0], b[1] + 5, 1.5)]);
    } },
    quantiles: { encode: { y: 0, x: [1, 2, 3, 4, 5] }, draw(api, count) {
      const at = (i) => api.coord([api.value(i), api.value(0)]), mid = (count + 1) / 2, m = at(mid), fill = api.visual("color");
      const parts = [];
      if (isNaN(api.value(mid))) return group(parts);
      if (count === 5) parts.push(bar(at(1)[0], at(5)[0], m[1], 12, fill, 0.35));
      parts.push(bar(at(mid - 1)[0], at(mid + 1)[0], m[1], 20, fill, 0.7), line(m[0], m[1] - 13, m[0], m[1] + 13, 3));
      return group(parts.filter((p) => !p.shape || !isNaN(p.shape.width ?? 0)));
    } },
    ribbon: { encode: { x: [0, 3], y: [1, 2, 4, 5] }, silent: true, draw(api) {
      const at = (x, y) => api.coord([api.value(x), api.value(y)]);
      return { type: "polygon", shape: { points: [at(0, 1), at(3, 4), at(3, 5), at(0, 2)] }, style: { fill: api.visual("color"), opacity: 0.18 } };
    } },
    joint: { encode: { x: [0, 2], y: 1 }, silent: true, draw(api) {
      const a = api.coord([api.value(0), api.value(1)]), b = api.coord([api.value(2), api.value(1)]);
      return { type: "line", shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style: { stroke: api.visual("color"), lineWidth: 2 } };
    } },
    bandspan: { encode: { x: [0, 2], y: 1 }, draw(api) {
      const a = api.coord([api.value(0), 0]), b = api.coord([api.value(2), 0]);
      return bar(a[0], b[0] - 1, a[1], 40, api.visual("color"), 1);
    } },
    upright: { encode: { x: 0 }, draw(api, _, params) {
      const x = api.coord([api.value(0), 0])[0], c = params.coordSys;
      const caption = { type: "text", style: { text: params.item.name, x, y: c.y - 6, align: "center", verticalAlign: "bottom", fill: ink() } };
      return group([line(x, c.y, x, c.y + c.height, 2), caption]);
    } },
  };

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const ink = () => colour("--chart-ink") || "#1b1f24";

  // dress gives a fresh option its functions and the colours of the theme in force.
  const dress = (node, theme) => {
    for (const key of Object.keys(node)) {
      const v = node[key];
      if (/color$/i.test(key) && theme[v]) node[key] = colour(theme[v]) || v;
      else if (key === "formatter" && formatters[v]) node[key] = formatters[v];
      else if (key === "renderItem") mark(node, shapes[v]);
      else if (key === "color" && Array.isArray(v)) node[key] = v.map((c) => colour(theme[c] || "") || c);
      else if (v && typeof v === "object") dress(v, theme);
    }
    return node;
  };
  const mark = (series, shape) => {
    const count = ((series.data[0] || {}).value || []).length - 1;
    Object.assign(series, { encode: { ...shape.encode }, silent: !!shape.silent, z: shape.silent ? 1 : 3 });
    if (shape === shapes.quantiles && count === 3) series.encode.x = [1, 2, 3];
    series.renderItem = (params, api) => shape.draw(api, count, { coordSys: params.coordSys, item: series.data[params.dataIndex] });
  };

  let chart = null, live = null, at = -1, seen = [];
  const show = () => {
    const option = JSON.parse(data.textContent), theme = option.theme || {};
    delete option.theme;
    dress(option, theme);
    Object.assign(option.tooltip, { confine: true, appendToBody: false, backgroundColor: colour("--chart-paper"), borderColor: colour("--chart-axis"), textStyle: { color: ink(), fontSize: 14 }, extraCssText: "white-space:normal;max-width:22rem" });
    const rows = ((option.yAxis[0] || {}).data || []).length;
    live.style.height = Math.max(340, rows * 30 + 90) + "px";
    seen = option.series.flatMap((s, i) => (s.silent ? [] : (s.data || []).map((_, j) => [i, j])));
    chart.setOption(option, true);
    chart.resize();
  };
  const close = (message) => {
    if (chart) chart.dispose();
    if (live) live.remove();
    chart = live = null;
    at = -1;
    box.classList.remove("chart-on");
    button.textContent = "交互查看";
    button.setAttribute("aria-pressed", "false");
    told.textContent = message || "";
  };
  const open = () => {
    live = make("div", "chart-live");
    live.tabIndex = 0;
    live.setAttribute("role", "group");
    live.setAttribute("aria-label", "交互图，用左右方向键逐项查看");
    live.addEventListener("keydown", walk);
    box.insertBefore(live, drawing);
    box.classList.add("chart-on");
    button.textContent = "返回静态图";
    button.setAttribute("aria-pressed", "true");
    chart = window.echarts.init(live, null, { renderer: "svg" });
    chart.on("mouseover", (p) => { told.textContent = words(p).join("，"); });
    show();
  };
  const attempt = (step) => {
    try { step(); } catch (e) { close("交互图无法显示，静态图和数据表不受影响。"); }
  };
  const walk = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") chart.dispatchAction({ type: "hideTip" });
    if (!step || !seen.length) return;
    event.preventDefault();
    at = (at + step + seen.length) % seen.length;
    const [seriesIndex, dataIndex] = seen[at], series = chart.getOption().series[seriesIndex];
    chart.dispatchAction({ type: "showTip", seriesIndex, dataIndex });
    told.textContent = words({ seriesName: series.name, data: series.data[dataIndex] }).join("，");
  };
  const load = () => {
    const script = document.createElement("script");
    script.src = engine;
    button.disabled = true;
    script.onload = () => { button.disabled = false; attempt(open); };
    script.onerror = () => { button.disabled = false; script.remove(); close("交互图无法载入，静态图和数据表不受影响。"); };
    document.head.append(script);
  };
  button.addEventListener("click", () => {
    if (chart) close();
    else if (window.echarts) attempt(open);
    else load();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (chart) attempt(show); });
  addEventListener("resize", () => { if (chart) chart.resize(); });
})();
