/** What every page of the desk can do by keyboard, besides what the browser does by itself. */

const FIELDS = "input, select, textarea, [contenteditable='true'], dialog";

/** Whether somebody is writing, so that letters are words. */
function isWriting(event) {
  return event.target.closest?.(FIELDS) || event.ctrlKey || event.metaKey || event.altKey;
}

function openFilters() {
  return document.querySelectorAll("details.list-filter[open]");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const filter of openFilters()) {
      filter.open = false;
      filter.querySelector("summary").focus();
    }
  } else if (isWriting(event) || event.defaultPrevented) {
    return;
  } else if (event.key === "n") {
    document.querySelector(".desk-begin")?.click();
  } else if (event.key === "/" && document.getElementById("searchbar")) {
    event.preventDefault();
    document.getElementById("searchbar").select();
  }
});

/** A filter closes when something else is touched. */
document.addEventListener("pointerdown", (event) => {
  for (const filter of openFilters()) {
    if (!filter.contains(event.target)) filter.open = false;
  }
});

/** The first field of a new form takes the keys, unless somebody has begun in another one. */
function beginIn(form) {
  if (document.activeElement !== document.body) return;
  const isOpen = (field) => field.matches("button, input, select, textarea") && !field.disabled && field.offsetParent;
  [...form.elements].find(isOpen)?.focus();
}

const begun = document.querySelector("form[data-begin]");
if (begun) beginIn(begun);
