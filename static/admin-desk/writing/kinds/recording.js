/*
 * A film or a sound in the story: its poster, and the words that it carries here. An empty field means
 * the library's words, which stand there. What the library still lacks is named, with the way to its page.
 */
import { dotted, icon, make } from "../elements.js";
import { button, field, setReadonly } from "./fields.js";

/** Whether a file may be a film or a sound: the server looks at its content. */
export const isRecording = ({ type }) => /^(video|audio)\//.test(type);

const WORDS = ["title", "caption", "credit"];

const labels = () => ({ title: gettext("Title"), caption: gettext("Caption"), credit: gettext("Credit") });

function view(context, sort) {
  const { refs } = context;
  let { attrs } = context;
  const image = make("img", { alt: "", draggable: "false", decoding: "async" });
  const none = make("span", { class: "own-still" }, icon(sort));
  const facts = make("span", { class: "own-facts" });
  const missing = make("div", { class: "own-lacks" });
  const more = make("a", { target: "_blank", rel: "noopener", onclick: askAgain }, gettext("Open its page in the library"));
  const rows = WORDS.map((name) => {
    const typed = field({ name, label: labels()[name], isLong: name === "caption", onInput: (value) => context.change({ [name]: value }) });
    const row = make("div", { class: "own-row" }, make("span", { class: "own-label", "aria-hidden": "true" }, labels()[name]), typed.area);
    return { name, typed, row };
  });
  const again = button("", () => replace(), { "data-changes": true });
  const remove = button(gettext("Remove"), context.remove, { "data-changes": true });
  const element = make(
    "div",
    { class: "own-recording" },
    make("div", { class: "own-recording-head" }, image, none, facts),
    missing,
    ...rows.map(({ row }) => row),
    more,
    make("div", { class: "own-actions" }, again, remove),
  );

  /* Whoever writes what is missing in another window comes back to it. */
  function askAgain() {
    window.addEventListener("focus", () => refs.again?.("recordings", attrs.recording), { once: true });
  }

  async function replace() {
    const found = await context.dialogs.chooseRecording({ sort });
    if (!found || context.readonly() || found.slug === attrs.recording) return;
    context.change({ recording: found.slug, title: "", caption: "", credit: "" });
  }

  function refresh() {
    const known = refs.recording(attrs.recording);
    if (attrs.recording && !known) refs.load?.({ recordings: [attrs.recording] });
    if (known?.thumb && image.getAttribute("src") !== known.thumb) image.src = known.thumb;
    image.hidden = !known?.thumb;
    none.hidden = !image.hidden;
    facts.replaceChildren(...dotted([sort === "film" ? gettext("Film") : gettext("Sound"), known?.length]));
    missing.replaceChildren(...(known?.missing ?? []).map((sentence) => make("p", {}, sentence)));
    missing.hidden = !known?.missing.length;
    more.hidden = !known;
    if (known) more.href = known.url;
    for (const { name, typed, row } of rows) {
      typed.set(attrs[name]);
      typed.hint(known?.[name] ?? "");
      row.classList.toggle("is-library", !attrs[name] && Boolean(known?.[name]));
    }
    again.textContent = attrs.recording ? gettext("Replace") : gettext("Choose");
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
    focus: (name) => (element.querySelector(`[data-field="${name}"]`) ?? rows[0].typed.area).focus(),
  };
}

const common = (sort) => ({
  kind: sort,
  icon: sort,
  attrs: ["recording", ...WORDS],
  async ask({ dialogs }) {
    const found = await dialogs.chooseRecording({ sort });
    return found && [{ recording: found.slug }];
  },
  label: (attrs, refs) => attrs.title || refs.recording(attrs.recording)?.title || attrs.recording,
  text: (attrs) => [attrs.title, attrs.caption].filter(Boolean).join("\n"),
  view: (context) => view(context, sort),
});

export const film = {
  ...common("film"),
  get title() {
    return gettext("Film");
  },
  get words() {
    return gettext("film video");
  },
};

export const sound = {
  ...common("sound"),
  get title() {
    return gettext("Sound");
  },
  get words() {
    return gettext("sound audio recording podcast");
  },
};
