/*
 * A chart: how it is drawn, the figures in a grid, and what is said of them. The server draws it; the
 * preview shows how.
 */
import { make } from "../elements.js";
import { plainOf } from "./cells.js";
import { field, select, setReadonly } from "./fields.js";
import { gridOf } from "./grid.js";

const shapes = () => [
  ["", gettext("Columns")],
  ["bar", gettext("Bars")],
  ["line", gettext("Lines")],
  ["stacked", gettext("Stacked columns")],
];
const decimals = () => [
  ["", gettext("Numbers: 1,234.5")],
  ["comma", gettext("Numbers: 1.234,5")],
];

const texts = () => [
  ["title", gettext("Title"), gettext("Title of the chart")],
  ["unit", gettext("Unit"), gettext("Unit: millions, per cent, …")],
  ["description", gettext("What it shows"), gettext("What it shows, in a sentence for those who do not see it")],
  ["note", gettext("Note"), gettext("Note: what readers should know of these figures")],
  ["source", gettext("Source"), gettext("Source: whose figures are these?")],
];

function view(context) {
  let { attrs } = context;
  const change = (value, name) => context.change({ [name]: value });
  const fields = new Map(
    texts().map(([name, label, hint]) => [name, field({ name, label, hint, isLong: name === "note", onInput: change })]),
  );
  const shape = select({ name: "shape", label: gettext("Shape"), options: shapes(), onInput: (value) => change(value, "shape") });
  const decimal = select({ name: "decimal", label: gettext("Decimal sign"), options: decimals(), onInput: (value) => change(value, "decimal") });
  const grid = gridOf({
    label: gettext("Figures: names in the first row and column"),
    readonly: context.readonly,
    onChange: (cells) => context.change({ cells }),
    tools: [shape, decimal],
  });
  const area = (name) => fields.get(name).area;
  const below = ["description", "note", "source"].map(area);
  const element = make("div", { class: "own-sheet" }, area("title"), area("unit"), grid.element, ...below);

  function refresh() {
    for (const [name, each] of fields) each.set(attrs[name]);
    shape.value = attrs.shape;
    decimal.value = attrs.decimal;
    setReadonly(element, context.readonly());
    grid.set(attrs.cells, [true, true]);
  }

  refresh();
  return {
    element,
    refresh,
    update(attributes) {
      attrs = attributes;
      refresh();
    },
    focus: (name) => (name === "cells" ? grid.focus() : (element.querySelector(`[data-field="${name}"]`) ?? area("title")).focus()),
  };
}

export default {
  kind: "chart",
  get title() {
    return gettext("Chart");
  },
  get words() {
    return gettext("chart graph diagram bars columns lines");
  },
  icon: "chart",
  attrs: ["shape", "title", "description", "unit", "decimal", "source", "note", "cells"],
  firstField: "title",

  /* Numbers are written as in the story's language, until somebody says otherwise. */
  async ask({ language }) {
    const isComma = new Intl.NumberFormat(language).format(1.5).includes(",");
    return [{ decimal: isComma ? "comma" : "" }];
  },
  label: (attrs) => attrs.title,
  text: (attrs) => [attrs.title, attrs.description, plainOf(attrs.cells), attrs.source].filter(Boolean).join("\n"),
  view,
};
