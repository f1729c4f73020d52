// Procedures: ticks are remembered on this device, 话术 copies as plain text.
// Without this file everything is readable.
(function () {
  "use strict";

  function make(tag, props, parent) {
    var node = Object.assign(document.createElement(tag), props);
    if (parent) parent.append(node);
    return node;
  }

  var list = document.querySelector("[data-checklist]");
  var boxes = list ? list.querySelectorAll(".task input") : [];
  if (boxes.length) {
    var key = "benchbook:" + list.dataset.checklist;
    var kept = {};
    try { kept = JSON.parse(localStorage.getItem(key)) || {}; } catch (e) { /* storage is off: nothing to remember */ }
    var status = make("p", { className: "fine", role: "status" });
    var count = function () {
      var done = list.querySelectorAll(".task input:checked").length;
      status.textContent = "已完成 " + done + " / " + boxes.length;
    };
    var save = function () {
      count();
      try { localStorage.setItem(key, JSON.stringify(kept)); } catch (e) { /* as above */ }
    };
    boxes.forEach(function (box) {
      box.disabled = false;
      if (box.id in kept) box.checked = kept[box.id];
      box.addEventListener("change", function () { kept[box.id] = box.checked; save(); });
    });
    var reset = make("button", { type: "button", className: "button quiet reset", textContent: "全部清除" });
    reset.addEventListener("click", function () {
      boxes.forEach(function (box) { box.checked = false; kept[box.id] = false; });
      save();
    });
    list.append(status, reset);
    count();
  }

  document.querySelectorAll(".script").forEach(function (box) {
    var text = box.querySelector("pre");
    var button = make("button", { type: "button", className: "copy", textContent: "复制" }, box);
    var said = make("span", { className: "vh", role: "status" }, box);
    var done = function (ok) { button.textContent = said.textContent = ok ? "已复制" : "请手动复制"; };
    var select = function () { // where the clipboard is closed to pages opened from disk
      getSelection().selectAllChildren(text);
      done(document.execCommand("copy"));
    };
    button.addEventListener("click", function () {
      if (!navigator.clipboard) return select();
      navigator.clipboard.writeText(text.textContent).then(function () { done(true); }, select);
    });
  });
})();
