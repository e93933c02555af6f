"use strict";
(() => {
  const show = document.getElementById("show");
  const kind = document.getElementById("kind");
  const words = document.getElementById("words");
  const cases = [...document.querySelectorAll(".case")];
  const texts = cases.map((one) => one.textContent.toLowerCase());
  const apply = () => {
    const wanted = words.value.trim().toLowerCase();
    let seen = 0;
    cases.forEach((one, i) => {
      const fits =
        (!show.value || one.dataset.right === show.value) &&
        (!kind.value || one.dataset.kinds.includes(` ${kind.value} `)) &&
        texts[i].includes(wanted);
      one.hidden = !fits;
      seen += fits;
    });
    document.getElementById("count").textContent = `${seen} of ${cases.length} questions`;
  };
  [show, kind, words].forEach((control) => control.addEventListener("input", apply));
  apply();
})();
