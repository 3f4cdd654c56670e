/*
 * A link to another story: one line as readers see it, with what a journalist wants to know of where it
 * leads. The headline is the live one of the story unless this link has one of its own.
 */
import { dotted, icon, make } from "../elements.js";
import { button, field, select, setReadonly } from "./fields.js";

/* [name, what readers see] of every label. */
export const labels = () => [
  ["", gettext("No label")],
  ["watch", gettext("WATCH")],
  ["read", gettext("READ")],
  ["listen", gettext("LISTEN")],
  ["live", gettext("LIVE")],
];

function view(context) {
  const { refs, change } = context;
  let { attrs } = context;
  const label = select({
    name: "label",
    label: gettext("Label"),
    options: labels(),
    onInput: (value) => change({ label: value }),
  });
  const headline = make("span", { class: "own-headline" });
  const facts = make("span", { class: "own-facts" });
  const unseen = make("p", { class: "own-unseen", hidden: true });
  const inputs = ["headline", "url", "title"].map((name) => {
    const typed = field({ name, label: fieldLabels()[name], onInput: (value) => change({ [name]: value }) });
    const row = make("div", { class: "own-row" }, make("span", { class: "own-label", "aria-hidden": "true" }, fieldLabels()[name]), typed.area);
    return { name, typed, row };
  });
  const opened = make("div", { class: "own-opened", hidden: true }, ...inputs.map(({ row }) => row));
  const more = button("", () => open(opened.hidden), { "aria-expanded": "false", "aria-label": gettext("Change this link") });
  more.append(icon("more"));
  const remove = button(gettext("Remove"), context.remove, { "data-changes": true });
  opened.append(remove);
  const element = make(
    "div",
    { class: "own-link" },
    make("p", { class: "own-related-title", "aria-hidden": "true" }, gettext("Related")),
    make("div", { class: "own-line" }, label, make("span", { class: "own-target" }, headline, " ", facts), more),
    unseen,
    opened,
  );

  function open(isOpen) {
    opened.hidden = !isOpen;
    more.setAttribute("aria-expanded", String(isOpen));
    for (const { typed } of inputs) typed.grow();
    if (isOpen) inputs.find(({ row }) => !row.hidden).typed.area.focus();
  }

  function refresh() {
    const story = attrs.story && refs.story(attrs.story);
    if (attrs.story && !story) refs.load?.({ stories: [attrs.story] });
    label.value = attrs.label;
    element.dataset.label = attrs.label;
    headline.textContent = headlineOf(attrs, refs) || gettext("A story that is being looked up…");
    facts.replaceChildren(...dotted(attrs.story ? [story?.section, story?.date, story?.state_label] : [hostOf(attrs.url)]));
    const warning = whyUnseen(attrs, story);
    unseen.hidden = !warning;
    unseen.textContent = warning;
    for (const { name, typed, row } of inputs) {
      row.hidden = (name === "headline") !== Boolean(attrs.story);
      typed.set(attrs[name]);
      if (name === "headline") typed.hint(story?.headline ?? "");
    }
    setReadonly(element, context.readonly());
  }

  refresh();
  return {
    element,
    refresh,
    update(attributes) {
      attrs = attributes;
      refresh();
    },
    focus(name) {
      if (name && name !== "label") open(true);
      (element.querySelector(`[data-field="${name}"]`) ?? label).focus();
    },
  };
}

const fieldLabels = () => ({
  headline: gettext("Headline of its own"),
  url: gettext("Address"),
  title: gettext("Title"),
});

function hostOf(url) {
  try {
    return new URL(url).host.replace(/^www\./, "");
  } catch {
    return url;
  }
}

function whyUnseen(attrs, story) {
  if (attrs.story) return story && !story.live ? gettext("Readers do not see this line until that story is published.") : "";
  return attrs.url && attrs.title ? "" : gettext("Readers do not see this line until it has an address and a title.");
}

function headlineOf(attrs, refs) {
  return attrs.headline || (attrs.story ? refs.story(attrs.story)?.headline : attrs.title || attrs.url) || "";
}

export default {
  kind: "relatedlink",
  get title() {
    return gettext("Related story");
  },
  get words() {
    return gettext("related link story watch read listen live");
  },
  icon: "related",
  attrs: ["label", "story", "url", "title", "headline"],

  async ask({ dialogs, taken, self, topics }) {
    return dialogs.chooseStories({ taken: taken(), self, topics: topics?.() ?? [] });
  },
  label: headlineOf,
  text: (attrs) => [attrs.label && `${attrs.label.toUpperCase()}:`, attrs.headline || attrs.title, attrs.url].filter(Boolean).join(" "),
  view,
};
