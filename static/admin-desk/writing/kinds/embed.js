/* A link to a video, post or document on another site. */
import { make } from "../elements.js";
import { button, field, setReadonly } from "./fields.js";

function view(context) {
  const change = (value, name) => context.change({ [name]: value });
  const fields = [
    field({ name: "title", label: gettext("Title"), hint: gettext("Title that readers see"), onInput: change }),
    field({ name: "provider", label: gettext("Site"), hint: gettext("Name of the site"), onInput: change }),
    field({ name: "url", label: gettext("Address"), hint: "https://", onInput: change }),
  ];
  let { attrs } = context;
  const again = button(gettext("Choose again"), () => replace(), { "data-changes": true });
  const remove = button(gettext("Remove"), context.remove, { "data-changes": true });
  const element = make(
    "div",
    { class: "own-embedded" },
    ...fields.map((each) => each.area),
    make("div", { class: "own-actions" }, again, remove),
  );

  async function replace() {
    const found = await context.dialogs.askEmbed({ ...attrs });
    if (found && !context.readonly()) context.change({ url: found.url, title: found.title, provider: found.provider ?? "" });
  }

  function update(attributes) {
    attrs = attributes;
    for (const each of fields) each.set(attrs[each.area.dataset.field]);
    setReadonly(element, context.readonly());
  }

  update(attrs);
  return {
    element,
    update,
    refresh: () => update(attrs),
    focus: (name) => (element.querySelector(`[data-field="${name}"]`) ?? fields[0].area).focus(),
  };
}

export default {
  kind: "embed",
  get title() {
    return gettext("Embed");
  },
  get words() {
    return gettext("embed video post link");
  },
  icon: "embed",
  attrs: ["url", "title", "provider"],

  async ask({ dialogs }) {
    const found = await dialogs.askEmbed(null);
    return found && [found];
  },
  label: (attrs) => attrs.title || attrs.url,
  text: (attrs) => [attrs.title, attrs.url].filter(Boolean).join(" "),
  view,
};
