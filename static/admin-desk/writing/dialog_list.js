/*
 * A list of things to choose from: one of them is marked (it has the focus, or would get it), several
 * may be chosen. Arrows move by what one sees, Space chooses, Enter takes.
 */
import { isTyping } from "./dialog_frame.js";

/**
 * `element` holds the items, found by `selector`; `input` is the search box above it.
 * `isPending()` says that what is shown is not yet what was searched for: then Enter in the box takes nothing.
 * `onChoose(item)` is called for Space and a click, `onTake(item)` for Enter and a double click,
 * `onKey(event, item)` for other keys, and gives true for those it took; `onEnd()` at the last item.
 */
export function createList({ element, selector, input, isPending = () => false, onChoose, onTake, onKey = () => false, onEnd = () => {}, onMark = () => {} }) {
  let marked = null;
  const items = () => [...element.querySelectorAll(selector)];

  function mark(item, { focus = false } = {}) {
    if (marked && marked !== item) {
      marked.tabIndex = -1;
      marked.classList.remove("is-marked");
    }
    marked = item;
    if (!item) return;
    item.tabIndex = 0;
    item.classList.add("is-marked");
    if (focus) {
      item.focus({ preventScroll: true });
      item.scrollIntoView({ block: "nearest" });
    }
    onMark(item);
  }

  /* The nearest item in the next line of items above or below. */
  function across(from, down) {
    const here = from.getBoundingClientRect();
    const middle = here.left + here.width / 2;
    const others = items().map((item) => ({ item, box: item.getBoundingClientRect() }));
    const beyond = others.filter(({ box }) => (down ? box.top >= here.bottom - 1 : box.bottom <= here.top + 1));
    if (!beyond.length) return null;
    const line = down ? Math.min(...beyond.map(({ box }) => box.top)) : Math.max(...beyond.map(({ box }) => box.bottom));
    const inLine = beyond.filter(({ box }) => Math.abs((down ? box.top : box.bottom) - line) < 8);
    const away = ({ box }) => Math.abs(box.left + box.width / 2 - middle);
    return inLine.sort((a, b) => away(a) - away(b))[0].item;
  }

  function step(by) {
    const all = items();
    const next = all[all.indexOf(marked) + by];
    if (next) mark(next, { focus: true });
    else if (by < 0) input.focus();
    else onEnd();
  }

  const isRight = (key) => key === (getComputedStyle(element).direction === "rtl" ? "ArrowLeft" : "ArrowRight");

  function move(event) {
    const all = items();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = across(marked, event.key === "ArrowDown");
      if (next) mark(next, { focus: true });
      else if (event.key === "ArrowUp") input.focus();
      else onEnd();
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") step(isRight(event.key) ? 1 : -1);
    else if (event.key === "Home") mark(all[0], { focus: true });
    else if (event.key === "End") mark(all.at(-1), { focus: true });
    else return false;
    return true;
  }

  element.addEventListener("keydown", (event) => {
    if (!event.target.matches(selector) || event.altKey) return;
    mark(event.target);
    if (onKey(event, marked)) event.preventDefault();
    else if (event.key === "Enter") {
      event.preventDefault();
      onTake(marked);
    } else if (event.key === " ") {
      event.preventDefault();
      onChoose(marked);
    } else if (!event.ctrlKey && !event.metaKey && move(event)) event.preventDefault();
    else if (isTyping(event)) {
      // Whoever types on meant the search box; the letter goes into it.
      input.focus();
    }
  });
  element.addEventListener("click", (event) => {
    const item = event.target.closest(selector);
    if (!item || event.target.closest("select, input, button, a")) return;
    mark(item, { focus: true });
    if (event.detail < 2) onChoose(item);
  });
  element.addEventListener("dblclick", (event) => {
    const item = event.target.closest(selector);
    if (item && !event.target.closest("select, input, button, a")) onTake(item);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && items().length) {
      event.preventDefault();
      mark(marked?.isConnected ? marked : items()[0], { focus: true });
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!isPending()) onTake(marked?.isConnected ? marked : null);
    }
  });

  return {
    items,
    mark,
    marked: () => (marked?.isConnected ? marked : null),
    /* After new results: the first is marked, unless somebody stands in the list. */
    settle() {
      if (marked?.isConnected) return;
      marked = null;
      mark(items()[0] ?? null);
    },
  };
}
