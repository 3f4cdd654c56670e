/*
 * A short list to choose from, at the cursor or at a button. As a "listbox" it leaves the focus in the
 * text, which tells it the keys; as a "menu" it has the focus itself.
 */
import { icon, make } from "./elements.js";

/* Room that is left to the edge of the window. */
const EDGE = 12;

let count = 0;

/**
 * Open a list in `host`, at `anchor()` (a box in the window): {element, key(event), show(items), close}.
 * An item is {title, icon, run}. `key` says whether it used the key.
 */
export function openMenu({ host, anchor, items, label, role = "menu", onClose = () => {} }) {
  count += 1;
  const name = `surface-menu-${count}`;
  // A list that scrolls can be focused; the Tab key chooses or closes, so nobody lands there by it.
  const element = make("div", { class: "surface-menu", id: name, role, "aria-label": label, tabindex: "0" });
  const before = document.activeElement;
  let shown = [];
  let active = 0;

  function mark(next) {
    active = shown.length ? (next + shown.length) % shown.length : 0;
    [...element.children].forEach((child, at) => {
      child.classList.toggle("is-active", at === active);
      if (role === "listbox") child.setAttribute("aria-selected", String(at === active));
    });
    reveal(element.children[active]);
    if (role === "menu") element.setAttribute("aria-activedescendant", `${name}-${active}`);
  }

  /* `scrollIntoView` would move the page too. */
  function reveal(child) {
    if (!child) return;
    const below = child.offsetTop + child.offsetHeight - element.clientHeight;
    element.scrollTop = Math.min(child.offsetTop, Math.max(element.scrollTop, below));
  }

  function show(list) {
    shown = list;
    element.replaceChildren(
      ...list.map((item, at) =>
        make(
          "div",
          {
            role: role === "menu" ? "menuitem" : "option",
            id: `${name}-${at}`,
            class: "surface-menu-item",
            onpointermove: () => at !== active && mark(at),
            onpointerdown: (event) => event.preventDefault(),
            onclick: () => choose(at),
          },
          icon(item.icon),
          make("span", {}, item.title),
          item.keys ? make("kbd", {}, item.keys) : null,
        ),
      ),
    );
    element.hidden = !list.length;
    place();
    mark(0);
  }

  function place() {
    const box = anchor();
    const frame = host.getBoundingClientRect();
    const view = window.visualViewport ?? { height: window.innerHeight, offsetTop: 0 };
    const top = Math.max(view.offsetTop, document.querySelector(".writing-top")?.getBoundingClientRect().bottom ?? 0);
    const [above, below] = [box.top - top, view.offsetTop + view.height - box.bottom].map((room) => room - EDGE);
    element.style.maxHeight = "";
    const isAbove = below < element.offsetHeight && above > below;
    element.style.maxHeight = `${Math.max(120, Math.min(element.offsetHeight, isAbove ? above : below))}px`;
    const left = Math.max(0, Math.min(box.left - frame.left, frame.width - element.offsetWidth));
    element.style.left = `${left}px`;
    element.style.top = `${(isAbove ? box.top - element.offsetHeight - 6 : box.bottom + 6) - frame.top}px`;
  }

  function choose(at) {
    const item = shown[at];
    close();
    item?.run();
  }

  function close() {
    if (!element.isConnected) return;
    const hadFocus = element.contains(document.activeElement);
    document.removeEventListener("pointerdown", onOutside, true);
    element.remove();
    if (hadFocus) before?.focus?.({ preventScroll: true });
    onClose();
  }

  function onOutside(event) {
    if (!element.contains(event.target)) close();
  }

  function key(event) {
    const steps = { ArrowDown: active + 1, ArrowUp: active - 1 };
    if (role === "menu") Object.assign(steps, { Home: 0, End: shown.length - 1 });
    if (event.key in steps) mark(steps[event.key]);
    else if (event.key === "Enter" || (event.key === "Tab" && role === "listbox")) choose(active);
    else if (event.key === " " && role === "menu") choose(active);
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return role === "menu" && find(event);
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  function find(event) {
    if (event.key.length > 1 || event.ctrlKey || event.metaKey) return false;
    const letter = event.key.toLowerCase();
    const order = [...shown.keys()].map((at) => (active + 1 + at) % shown.length);
    const found = order.find((at) => shown[at].title.toLowerCase().startsWith(letter));
    if (found !== undefined) mark(found);
    return true;
  }

  document.addEventListener("pointerdown", onOutside, true);
  host.append(element);
  show(items);
  if (role === "menu") {
    element.addEventListener("keydown", key);
    element.focus({ preventScroll: true });
  }
  return { element, name, key, show, close, place, active: () => `${name}-${active}` };
}
