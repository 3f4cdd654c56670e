/*
 * Moving blocks in the outline: with the pointer, with a line where they would go, or with Alt and the
 * arrows. `move(id, before)` takes a block before another, or to the end where `before` is null.
 */
export function createOutlineDrag({ element, move }) {
  let dragged = null;

  const idsOf = () => [...element.querySelectorAll("button")].map((button) => button.dataset.block);
  const unmark = () => element.querySelectorAll("[data-drop]").forEach((item) => item.removeAttribute("data-drop"));

  /* The line under the pointer, and whether the block would go after it. */
  function placeAt(event) {
    const item = event.target.closest?.("li");
    if (!item) return null;
    const box = item.getBoundingClientRect();
    return { item, isAfter: event.clientY > box.top + box.height / 2 };
  }

  element.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("button")?.dataset.block ?? null;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", event.target.textContent);
  });

  element.addEventListener("dragover", (event) => {
    const place = dragged && placeAt(event);
    if (!place) return;
    event.preventDefault();
    unmark();
    place.item.dataset.drop = place.isAfter ? "after" : "before";
  });

  element.addEventListener("drop", (event) => {
    const place = dragged && placeAt(event);
    if (!place) return;
    event.preventDefault();
    const ids = idsOf();
    const at = ids.indexOf(place.item.querySelector("button").dataset.block) + (place.isAfter ? 1 : 0);
    move(dragged, ids[at] ?? null);
  });

  element.addEventListener("dragend", () => {
    dragged = null;
    unmark();
  });

  element.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 2 }[event.key];
    const id = event.target.dataset.block;
    if (!step || !event.altKey || !id) return;
    event.preventDefault();
    const ids = idsOf();
    const at = ids.indexOf(id) + step;
    if (at >= 0 && at <= ids.length) move(id, ids[at] ?? null);
  });

  return { isDragging: () => dragged !== null };
}
