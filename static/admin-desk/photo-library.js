/* The library's ticks, which are counted as Django's script counts those of a table. */

const grid = document.getElementById("result_list");
const counter = document.querySelector("#changelist .action-counter");
const all = document.getElementById("action-toggle");
const boxes = [...grid.querySelectorAll(".action-select")];

function count() {
  const ticked = boxes.filter((box) => box.checked).length;
  const words = ngettext("%(sel)s of %(cnt)s selected", "%(sel)s of %(cnt)s selected", ticked);
  counter.textContent = interpolate(words, { sel: ticked, cnt: boxes.length }, true);
  all.checked = ticked === boxes.length;
  all.indeterminate = ticked > 0 && !all.checked;
}

if (counter && all && boxes.length) {
  all.closest("[hidden]").hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  grid.addEventListener("change", count);
  addEventListener("pageshow", count);
}
