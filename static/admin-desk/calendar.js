/* Dragging in the calendar: what is dropped on another day is sent as the Move page sends it. */

const drop = document.querySelector("#cal-drop");
const said = document.querySelector("#cal-said");
let dragged = null;

for (const entry of document.querySelectorAll("[data-move]")) {
  entry.draggable = true;
  entry.addEventListener("dragstart", (event) => {
    dragged = entry;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", entry.querySelector("a").textContent);
    entry.classList.add("is-dragged");
  });
  entry.addEventListener("dragend", () => {
    entry.classList.remove("is-dragged");
    dragged = null;
  });
}

for (const day of document.querySelectorAll(".cal-day")) {
  // Entering a child leaves its parent, in that order: what counts is how many were entered.
  let inside = 0;
  const show = (change) => {
    inside = change ? Math.max(inside + change, 0) : 0;
    day.classList.toggle("is-target", inside > 0 && dragged !== null && "open" in day.dataset);
  };
  day.addEventListener("dragenter", () => show(1));
  day.addEventListener("dragleave", () => show(-1));
  day.addEventListener("dragover", (event) => {
    if (dragged && !day.contains(dragged)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
    }
  });
  day.addEventListener("drop", (event) => {
    show(0);
    if (!dragged || day.contains(dragged)) return;
    event.preventDefault();
    if ("open" in day.dataset) send(dragged.dataset, day.dataset.day);
    else said.textContent = said.dataset.passed;
  });
}

function send({ move, kind, was, time }, day) {
  for (const [name, value] of Object.entries({ kind, was, time, day })) {
    drop.elements[name].value = value;
  }
  drop.action = move;
  drop.submit();
}
