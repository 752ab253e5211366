"use strict";
const filter = document.getElementById("filter");
if (filter) {
  const select = filter.querySelector("select");
  const told = document.getElementById("filtered");
  const items = [...document.querySelectorAll("#failures article")];
  filter.hidden = false;
  select.addEventListener("change", () => {
    let shown = 0;
    for (const item of items) {
      item.hidden = select.value !== "" && !item.dataset.tags.split(" ").includes(select.value);
      shown += item.hidden ? 0 : 1;
    }
    told.textContent = `Visar ${shown} av ${items.length}.`;
  });
}
