// Decision tables: the questions appear, and answers lead to the result that the
// table gives. Without this file the whole table and all results stand there.
(function () {
  "use strict";

  document.querySelectorAll("[data-selector]").forEach(function (box) {
    var form = box.querySelector("form");
    var answer = box.querySelector(".answer");
    var rows = Array.prototype.slice.call(box.querySelectorAll("tr[data-when]"));
    var results = box.querySelectorAll(".outcome");
    var questions = form.querySelectorAll("fieldset").length;

    function fits(row, given) {
      return !row.dataset.when || row.dataset.when.split(";").every(function (part) {
        var at = part.indexOf("=");
        return !given[part.slice(0, at)] || part.slice(at + 1).split("|").indexOf(given[part.slice(0, at)]) >= 0;
      });
    }

    // A result stands as soon as the answers so far leave only one.
    function show() {
      var given = {};
      form.querySelectorAll("input:checked").forEach(function (i) { given[i.name] = i.value; });
      var asked = Object.keys(given).length;
      var left = rows.filter(function (row) { return fits(row, given); });
      var ids = left.map(function (row) { return row.dataset.result; });
      var one = asked && ids.every(function (id) { return id === ids[0]; }) ? ids[0] : "";
      rows.forEach(function (row) { row.classList.toggle("out", asked > 0 && left.indexOf(row) < 0); });
      results.forEach(function (r) {
        r.classList.toggle("out", asked > 0 && ids.indexOf(r.id) < 0);
        r.classList.toggle("chosen", r.id === one);
      });
      var title = one && document.getElementById(one).querySelector("h3").textContent;
      answer.textContent = one ? "结果：" + title : asked ? "已答 " + asked + " / " + questions + "，还剩 " + left.length + " 种可能" : "";
      if (one) {
        var link = document.createElement("a");
        link.href = "#" + one;
        link.textContent = "看做法与基准";
        answer.append("　", link);
      }
    }

    form.hidden = false;
    form.addEventListener("change", show);
    form.addEventListener("submit", function (e) { e.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(show, 0); });
    show();
  });
})();
