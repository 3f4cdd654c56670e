/* Words lifted out of the story, set large, and whose words they are. */
import { make } from "../elements.js";
import { field, setReadonly } from "./fields.js";

function view(context) {
  const change = (value, name) => context.change({ [name]: value });
  const text = field({ name: "text", label: gettext("Quotation"), hint: gettext("Words to be set large"), isLong: true, onInput: change });
  const who = field({ name: "attribution", label: gettext("Who said it"), hint: gettext("Who said it"), onInput: change });
  const element = make("div", { class: "own-quotation" }, text.area, who.area);

  function update(attrs) {
    text.set(attrs.text);
    who.set(attrs.attribution);
    setReadonly(element, context.readonly());
  }

  update(context.attrs);
  return {
    element,
    update,
    refresh: () => setReadonly(element, context.readonly()),
    focus: (name) => (name === "attribution" ? who : text).area.focus(),
  };
}

export default {
  kind: "pullquote",
  get title() {
    return gettext("Pull quote");
  },
  get words() {
    return gettext("pull quote quotation");
  },
  icon: "pullquote",
  attrs: ["text", "attribution"],
  firstField: "text",
  label: (attrs) => attrs.text,
  text: (attrs) => [attrs.text, attrs.attribution].filter(Boolean).join("\n"),
  view,
};
