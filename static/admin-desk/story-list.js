/* Keys of the list of stories: j and k go from story to story, x ticks. The others are the desk's (desk.js). */

const inList = [...document.querySelectorAll("#result_list tbody tr")];
const ticks = () => document.querySelectorAll(".action-select");

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
}

function go(by) {
  const here = inList.findIndex((row) => row.contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : inList.length - 1) : here + by;
  inList[Math.min(Math.max(next, 0), inList.length - 1)]?.querySelector("th a").focus();
}

function tick() {
  document.activeElement.closest("#result_list tbody tr")?.querySelector(".action-select")?.click();
}

const KEYS = { j: () => go(1), k: () => go(-1), x: tick };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (!(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

// On a phone the states are a line that scrolls.
document.querySelector(".story-states [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

const all = document.getElementById("tick-all");
if (all) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const each of ticks()) each.checked = all.checked;
  });
}
