// The library of procedures can be narrowed by any word of a card: name, role,
// stage. Without this file the whole library stands there.
(function () {
  "use strict";

  var library = document.querySelector("[data-library]");
  var form = document.querySelector(".find");
  if (!library || !form) return;
  var input = form.querySelector("input");
  var found = form.querySelector("[role=status]");
  var cards = library.querySelectorAll("[data-tags]");

  function narrow() {
    var words = input.value.toLowerCase().split(/\s+/);
    var shown = 0;
    cards.forEach(function (card) {
      var text = (card.dataset.tags + card.textContent).toLowerCase();
      card.hidden = !words.every(function (w) { return text.includes(w); });
      if (!card.hidden) shown++;
    });
    library.querySelectorAll("section").forEach(function (s) {
      s.hidden = !s.querySelector("[data-tags]:not([hidden])");
    });
    found.textContent = input.value.trim() ? "显示 " + shown + " / " + cards.length + " 份" : "";
  }

  form.hidden = false;
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  input.addEventListener("input", narrow);
})();
