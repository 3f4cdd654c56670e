/* A table: its title, rows and columns of short texts and figures, and whose figures they are. */
import { make } from "../elements.js";
import { plainOf } from "./cells.js";
import { field, select, setReadonly } from "./fields.js";
import { gridOf } from "./grid.js";

/* [value, what it is called, whether the first row and column are headings] */
const heads = () => [
  ["", gettext("Headings: first row"), [true, false]],
  ["column", gettext("Headings: first column"), [false, true]],
  ["both", gettext("Headings: first row and column"), [true, true]],
  ["none", gettext("No headings"), [false, false]],
];

function view(context) {
  let { attrs } = context;
  const change = (value, name) => context.change({ [name]: value });
  const title = field({ name: "title", label: gettext("Title"), hint: gettext("Title of the table"), onInput: change });
  const source = field({ name: "source", label: gettext("Source"), hint: gettext("Source: whose figures are these?"), onInput: change });
  const head = select({
    name: "head",
    label: gettext("Headings"),
    options: heads(),
    onInput: (value) => change(value, "head"),
  });
  const grid = gridOf({
    label: gettext("Cells"),
    readonly: context.readonly,
    onChange: (cells) => context.change({ cells }),
    tools: [head],
    hasMarks: true,
  });
  const element = make("div", { class: "own-sheet" }, title.area, grid.element, source.area);

  function refresh() {
    title.set(attrs.title);
    source.set(attrs.source);
    head.value = attrs.head;
    setReadonly(element, context.readonly());
    grid.set(attrs.cells, (heads().find(([value]) => value === attrs.head) ?? heads()[0])[2]);
  }

  refresh();
  return {
    element,
    refresh,
    update(attributes) {
      attrs = attributes;
      refresh();
    },
    focus: (name) => (name === "cells" ? grid.focus() : (element.querySelector(`[data-field="${name}"]`) ?? title.area).focus()),
  };
}

export default {
  kind: "table",
  get title() {
    return gettext("Table");
  },
  get words() {
    return gettext("table figures spreadsheet rows columns");
  },
  icon: "table",
  attrs: ["title", "source", "head", "cells"],
  firstField: "title",
  label: (attrs) => attrs.title,
  text: (attrs) => [attrs.title, plainOf(attrs.cells), attrs.source].filter(Boolean).join("\n"),
  view,
};
