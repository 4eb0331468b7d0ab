"use strict";
(() => {
  const one = (id) => document.getElementById(id);
  const [tools, filter, found, keys] = ["tools", "filter", "found", "keys"].map(one);
  const all = [...document.querySelectorAll(".utterance, .lones > li")];
  const groups = [...document.querySelectorAll(".speaker")];
  const texts = all.map((item) =>
    (item.textContent + " " + item.closest(".speaker").querySelector("h3").textContent).toLowerCase());
  tools.hidden = false;
  tools.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", () => {
    const wanted = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    all.forEach((item, at) => {
      item.hidden = !wanted.every((word) => texts[at].includes(word));
      shown += item.hidden ? 0 : 1;
    });
    groups.forEach((group) => { group.hidden = !group.querySelector(".utterance:not([hidden]), .lones > li:not([hidden])"); });
    found.textContent = wanted.length ? `${shown} of ${all.length} utterances` : "";
  });
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/") {
      event.preventDefault();
      filter.focus();
      return;
    }
    const way = { j: 1, k: -1 }[event.key];
    if (!way) return;
    const shown = all.filter((item) => !item.hidden);
    const here = shown.findIndex((item) => item.contains(document.activeElement));
    const tops = shown.map((item) => item.getBoundingClientRect().top);
    const next = here >= 0 ? here + way : way > 0 ? tops.findIndex((top) => top > 8) : tops.findLastIndex((top) => top < -8);
    const item = shown[next];
    if (!item) return;
    item.tabIndex = -1;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "start" });
  });
})();
