/* Rows and columns of short texts and figures. */
import { make } from "../elements.js";
import { field, setReadonly } from "./fields.js";

function view(context) {
  const change = (value, name) => context.change({ [name]: value });
  const title = field({ name: "title", label: gettext("Title"), hint: gettext("Title of the table"), onInput: change });
  const source = field({ name: "source", label: gettext("Source"), hint: gettext("Whose figures are they?"), onInput: change });
  const element = make("div", { class: "own-table" }, title.area, source.area);

  function update(attrs) {
    title.set(attrs.title);
    source.set(attrs.source);
    setReadonly(element, context.readonly());
  }

  update(context.attrs);
  return {
    element,
    update,
    refresh: () => setReadonly(element, context.readonly()),
    focus: (name) => (name === "source" ? source : title).area.focus(),
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
  isInserted: false,
  label: (attrs) => attrs.title,
  text: (attrs) => [attrs.title, attrs.cells, attrs.source].filter(Boolean).join("\n"),
  view,
};
