/* Moving what is pinned from slot to slot, by drag and by buttons, without asking the server. */
"use strict";
(() => {
  const list = document.querySelector(".front-slots");
  if (!list) return;
  const form = list.closest("form");
  const said = form.querySelector(".front-said");
  const slots = [...list.children];
  let unsaved = false;

  const pinsOf = (slot) => slot.querySelector(".front-pins");

  function renumber() {
    for (const slot of slots) {
      const number = slot.dataset.slot;
      for (const field of slot.querySelectorAll('input[name$="-slot"]')) field.value = number;
      for (const words of slot.querySelectorAll("[data-words]")) words.textContent = words.dataset.words.replace("%s", number);
      for (const button of slot.querySelectorAll('[name="_keep"]')) button.value = `${number}:${button.value.split(":")[1]}`;
    }
  }

  // Everything between the two places moves up or down by one.
  function move(from, to) {
    if (to < 0 || to >= slots.length || to === from) return;
    const contents = slots.map(pinsOf);
    contents.splice(to, 0, ...contents.splice(from, 1));
    slots.forEach((slot, place) => slot.querySelector(".front-draft").append(contents[place]));
    renumber();
    tell(list.dataset.moved.replace("%s", to + 1));
  }

  function tell(words) {
    unsaved = true;
    said.textContent = words;
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    const from = slots.indexOf(button.closest(".front-slot"));
    const to = from + Number(button.dataset.move);
    move(from, to);
    const next = slots[to].querySelector(`[data-move="${button.dataset.move}"]`);
    (next || slots[to].querySelector("[data-move]")).focus();
  });

  let dragged = null;
  const over = (slot) => slots.forEach((each) => each.classList.toggle("front-over", each === slot));
  const slotAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest(".front-slot");

  for (const slot of slots) {
    const handle = document.createElement("span");
    handle.className = "front-handle";
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    slot.querySelector(".front-number").append(handle);
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      dragged = slot;
      slot.classList.add("front-drags");
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener("pointermove", (event) => {
      if (!dragged) return;
      over(slotAt(event));
      scrollNear(event.clientY);
    });
    handle.addEventListener("pointerup", (event) => {
      const target = slotAt(event);
      if (dragged && target) move(slots.indexOf(dragged), slots.indexOf(target));
      stop();
    });
    handle.addEventListener("pointercancel", stop);
  }

  // Near the window's edge the page moves along.
  function scrollNear(y) {
    const edge = 80;
    if (y < edge) window.scrollBy(0, y - edge);
    if (y > window.innerHeight - edge) window.scrollBy(0, y - window.innerHeight + edge);
  }

  function stop() {
    dragged?.classList.remove("front-drags");
    dragged = null;
    over(null);
  }

  form.addEventListener("change", () => { unsaved = true; });
  django.jQuery(form).on("change", "select", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
})();
