/*
 * Two people changed the same words: both wordings side by side, until one key settles it. T or Enter
 * takes the colleague's words, M or Backspace keeps those in the story.
 */
import { wordsDiffer } from "../difference.js";
import { make } from "../elements.js";
import { plainOf } from "./cells.js";
import { button } from "./fields.js";

function view(context) {
  let { attrs } = context;
  const mine = make("p", { class: "own-wording" });
  const theirs = make("p", { class: "own-wording" });
  const who = make("p", { class: "own-side-title" });
  const settle = { "data-changes": true };
  const take = button(gettext("Take theirs"), () => context.settle(true), { ...settle, "aria-keyshortcuts": "T" });
  const keep = button(gettext("Keep mine"), () => context.settle(false), { ...settle, "aria-keyshortcuts": "M" });
  const element = make(
    "div",
    { class: "own-wordings" },
    make("p", { class: "own-wordings-title" }, gettext("Two people changed the same words. Choose which are to stay.")),
    make(
      "div",
      { class: "own-sides" },
      make("div", { class: "own-side" }, make("p", { class: "own-side-title" }, gettext("In the story")), mine, keep),
      make("div", { class: "own-side" }, who, theirs, take),
    ),
  );

  function refresh() {
    const [words, others] = [context.wordsOf(attrs.about, attrs.field), attrs.text].map((text) => shown(attrs, text));
    who.textContent = attrs.who || gettext("A colleague");
    const [left, right] = wordsDiffer(words, others);
    mine.replaceChildren(...marked(left));
    theirs.replaceChildren(...marked(right));
    take.disabled = keep.disabled = context.readonly();
  }

  refresh();
  return {
    element,
    refresh,
    followsStory: true,
    update(attributes) {
      attrs = attributes;
      refresh();
    },
    focus: () => take.focus(),
  };
}

/* Cells as they are read, a line for each row. */
const shown = ({ field }, text) => (field === "cells" ? plainOf(text).replaceAll("\t", " · ") : text);
const marked = (parts) => parts.map(({ text, differs }) => (differs ? make("mark", {}, text) : text));

const KEYS = { t: true, T: true, Enter: true, m: false, M: false, Backspace: false, Delete: false };

export default {
  kind: "alternative",
  get title() {
    return gettext("Other wording");
  },
  icon: "alternative",
  attrs: ["about", "field", "text", "who"],
  isInserted: false,
  /** Which side a key takes while the node is selected: true theirs, false mine. */
  settles: (key) => KEYS[key],
  label: (attrs) => interpolate(gettext("Other wording by %s"), [attrs.who || gettext("a colleague")]),
  text: (attrs) => attrs.text,
  view,
};
