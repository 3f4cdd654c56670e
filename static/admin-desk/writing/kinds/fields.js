/*
 * Fields of a node: text areas as wide as the measure and as high as their words, styled as the page
 * beneath them. They have no name, so that the page's form never sends them.
 */
import { make } from "../elements.js";

const growsByItself = CSS.supports("field-sizing", "content");

function grow(area) {
  if (growsByItself) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

/** Put a value in, and leave the cursor where it stands in the words that stay. */
function put(area, value) {
  if (area.value === value) return;
  const hasFocus = document.activeElement === area;
  const { value: old, selectionStart, selectionEnd } = area;
  let same = 0;
  while (same < old.length && old[same] === value[same]) same += 1;
  const moved = (at) => (at <= same ? at : Math.max(same, at + value.length - old.length));
  area.value = value;
  if (hasFocus) area.setSelectionRange(moved(selectionStart), moved(selectionEnd));
  grow(area);
}

/** `field({name, label, hint, isLong, readonly, onInput})` gives {element, area, set(value), hint(text)}. */
export function field({ name, label, hint = "", isLong = false, onInput }) {
  const area = make("textarea", {
    class: `own-field own-field-${name}`,
    rows: 1,
    "data-field": name,
    "data-long": isLong,
    "aria-label": label,
    placeholder: hint,
    autocomplete: "off",
    spellcheck: "true",
  });
  area.addEventListener("input", () => {
    if (!isLong && /\n/.test(area.value)) put(area, area.value.replace(/\s*\n\s*/g, " "));
    grow(area);
    onInput(area.value, name);
  });
  return {
    area,
    set: (value) => put(area, value),
    hint(text) {
      area.placeholder = text;
      grow(area);
    },
    grow: () => grow(area),
  };
}

/** A quiet button in words. */
export const button = (text, onclick, attributes = {}) =>
  make("button", { type: "button", class: "own-button", onclick, ...attributes }, text);

/** Fill a list of options once; the value is set apart. */
export function select({ name, label, options, onInput }) {
  const element = make(
    "select",
    { class: "own-select", "data-field": name, "aria-label": label },
    ...options.map(([value, text]) => make("option", { value }, text)),
  );
  element.addEventListener("change", () => onInput(element.value, name));
  return element;
}

/** Make all fields and buttons of a node follow whether it can be changed. */
export function setReadonly(element, readonly) {
  for (const each of element.querySelectorAll("textarea")) each.readOnly = readonly;
  for (const each of element.querySelectorAll("select, [data-changes]")) each.disabled = readonly;
}
