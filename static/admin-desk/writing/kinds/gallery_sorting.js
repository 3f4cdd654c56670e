/*
 * Sorting the pictures of a gallery: by dragging, with a line where they would go, and with Alt and the
 * arrows; arrows alone go from one to the next. Files that are dropped on it are taken in.
 */
export function createSorting({ element, list, move, isReadonly, takeFiles }) {
  let dragged = null;

  const lines = () => [...list.children];
  const unmark = () => list.querySelectorAll("[data-drop]").forEach((line) => line.removeAttribute("data-drop"));
  const isRightToLeft = () => getComputedStyle(list).direction === "rtl";
  const isFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

  /* The picture under the pointer, and whether the other would go after it. */
  function placeAt({ target, clientX }) {
    const line = target.closest?.("li[data-picture]");
    if (!line) return null;
    const box = line.getBoundingClientRect();
    return { line, isAfter: clientX > box.left + box.width / 2 !== isRightToLeft() };
  }

  list.addEventListener("dragstart", (event) => {
    event.stopPropagation();
    dragged = event.target.closest("li")?.dataset.picture ?? null;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  list.addEventListener("dragend", () => {
    dragged = null;
    unmark();
  });

  element.addEventListener("dragover", (event) => {
    if (!dragged && !isFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    unmark();
    const place = dragged && placeAt(event);
    if (place) place.line.dataset.drop = place.isAfter ? "after" : "before";
  });
  element.addEventListener("drop", (event) => {
    if (!dragged && !isFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    unmark();
    if (!dragged) return void (isReadonly() || takeFiles([...event.dataTransfer.files]));
    const place = placeAt(event);
    if (!place) return;
    const after = place.isAfter ? place.line.nextElementSibling : place.line;
    move(dragged, after?.dataset.picture ?? null);
  });

  list.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    const line = event.target.closest("li");
    if (!way || !line || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const isTurned = isRightToLeft() && ["ArrowLeft", "ArrowRight"].includes(event.key);
    const all = lines();
    const at = all.indexOf(line) + (isTurned ? -way : way);
    if (at < 0 || at >= all.length) return;
    if (!event.altKey) return all[at].firstElementChild.focus();
    const rest = all.filter((each) => each !== line);
    move(line.dataset.picture, rest[at]?.dataset.picture ?? null);
  });
}
