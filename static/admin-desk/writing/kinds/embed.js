/* Something of another site, which readers are asked about before it is loaded. */
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
  const image = make("img", { alt: "", draggable: "false", decoding: "async", class: "own-embedded-picture", hidden: true });
  const rights = make("p", { class: "own-warning", hidden: true });
  const gone = make("p", { class: "own-warning", hidden: true }, gettext("The other site has this no more. Readers get the title as a link."));
  const details = button(gettext("Details of the picture"), () => context.dialogs.pictureDetails(attrs.photo));
  const again = button(gettext("Choose again"), () => replace(), { "data-changes": true });
  const remove = button(gettext("Remove"), context.remove, { "data-changes": true });
  const element = make(
    "div",
    { class: "own-embedded" },
    image,
    rights,
    gone,
    ...fields.map((each) => each.area),
    make("div", { class: "own-actions" }, details, again, remove),
  );

  async function replace() {
    const found = await context.dialogs.askEmbed({ ...attrs });
    if (!found || context.readonly()) return;
    context.change({ url: found.url, title: found.title, provider: found.provider ?? "", photo: found.photo ?? "" });
  }

  function showPicture() {
    const facts = attrs.photo ? context.refs.photo(attrs.photo) : null;
    if (attrs.photo && !facts) context.refs.load?.({ photos: [attrs.photo] });
    image.hidden = !facts?.thumb;
    if (facts?.thumb) image.src = facts.thumb;
    rights.hidden = !facts || facts.usable !== false;
    rights.textContent = facts?.rights || gettext("This picture may not be used now.");
    details.hidden = !attrs.photo;
    gone.hidden = !context.refs.isGone?.(attrs.url);
  }

  function update(attributes) {
    attrs = attributes;
    for (const each of fields) each.set(attrs[each.area.dataset.field]);
    showPicture();
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
  attrs: ["url", "title", "provider", "photo"],

  async ask({ dialogs }) {
    const found = await dialogs.askEmbed(null);
    return found && [found];
  },
  label: (attrs) => attrs.title || attrs.url,
  text: (attrs) => [attrs.title, attrs.url].filter(Boolean).join(" "),
  view,
};
