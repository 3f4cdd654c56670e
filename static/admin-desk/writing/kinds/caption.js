/*
 * A picture in the story, as on the page: the photo, and beneath it its caption, credit and alt text.
 * An empty field means the library's words, which stand there with a small mark. When another photo is
 * chosen, what was typed for the old one is put aside, shown, and used only when somebody says so.
 *
 * `pictureForm` knows nothing of the editor: the picture above the story is the same form.
 */
import { make } from "../elements.js";
import { button, field, setReadonly } from "./fields.js";

const WORDS = ["caption", "credit", "alt"];

const labels = () => ({ caption: gettext("Caption"), credit: gettext("Credit"), alt: gettext("Alt text") });

/* Words that were typed for a photo that has been replaced, by node: {id: {photo, words}}. */
const putAside = new Map();

/**
 * The form of one picture: {element, update(attrs), refresh(), focus(field)}.
 *
 * `onChange(attrs, changes)` gets all attributes after a change, and those that changed; `onRemove()`
 * is called by Remove. `readonly` is a value or a function. `inStory()` lists the slugs in the story.
 */
export function pictureForm({ attrs, refs, dialogs, readonly = false, onChange, onRemove, inStory = () => [] }) {
  let now = { id: "", photo: "", caption: "", credit: "", alt: "", ...attrs };
  const isReadonly = () => (typeof readonly === "function" ? readonly() : readonly);
  const change = (changes) => {
    const after = { ...now, ...changes };
    onChange(after, changes);
    update(after);
  };

  const image = make("img", { alt: "", draggable: "false", decoding: "async" });
  const missing = make("p", { class: "own-missing" });
  const rights = make("p", { class: "own-warning" });
  const rows = WORDS.map((name) => wordsRow(name, change));
  const aside = make("div", { class: "own-aside", hidden: true });
  const actions = {
    replace: button("", () => replace(), { "data-changes": true }),
    details: button(gettext("Details"), () => dialogs.pictureDetails(now.photo)),
    remove: button(gettext("Remove"), () => onRemove?.(), { "data-changes": true }),
  };
  const element = make(
    "figure",
    { class: "own-picture" },
    make("div", { class: "own-image" }, image, missing, make("div", { class: "own-actions" }, ...Object.values(actions))),
    rights,
    make("figcaption", { class: "own-words" }, ...rows.map((row) => row.element)),
    aside,
  );

  async function replace() {
    const found = await dialogs.choosePictures({
      multiple: false,
      inStory: inStory(),
      replacing: now.photo ? { ...now } : null,
    });
    if (!found?.length || isReadonly()) return;
    const [photo] = found;
    refs.add({ photos: { [photo.slug]: photo } });
    if (photo.slug === now.photo) return;
    const typed = Object.fromEntries(WORDS.filter((name) => now[name]).map((name) => [name, now[name]]));
    if (Object.keys(typed).length) putAside.set(now.id, { photo: photo.slug, words: typed });
    change({ photo: photo.slug, caption: "", credit: "", alt: "" });
  }

  function showAside() {
    const kept = putAside.get(now.id);
    const left = kept?.photo === now.photo ? Object.entries(kept.words).filter(([name]) => !now[name]) : [];
    aside.hidden = !left.length || isReadonly();
    if (aside.hidden) return;
    const drop = (name) => {
      delete kept.words[name];
      showAside();
    };
    aside.replaceChildren(
      make("p", {}, gettext("Written for the picture that was here before, and not used:")),
      ...left.map(([name, words]) =>
        make(
          "p",
          { class: "own-aside-words" },
          make("span", {}, `${labels()[name]}: `),
          make("q", {}, words),
          button(gettext("Keep what was typed"), () => change({ [name]: words })),
          button(gettext("Discard"), () => drop(name)),
        ),
      ),
    );
  }

  function refresh() {
    const facts = refs.photo(now.photo);
    if (now.photo && !facts) refs.load?.({ photos: [now.photo] });
    const source = facts?.src || facts?.thumb || "";
    if (source && image.getAttribute("src") !== source) image.src = source;
    if (facts?.width && facts?.height) {
      image.width = facts.width;
      image.height = facts.height;
    }
    image.hidden = !source;
    image.alt = now.alt || facts?.alt || "";
    element.classList.toggle("is-tall", Boolean(facts && facts.height > facts.width));
    missing.hidden = Boolean(source);
    missing.textContent = !now.photo
      ? gettext("No picture yet.")
      : facts
        ? gettext("The file of this picture is missing.")
        : gettext("Loading the picture…");
    rights.hidden = !facts || facts.usable !== false;
    rights.textContent = facts?.rights || gettext("This picture may not be used now.");
    actions.replace.textContent = now.photo ? gettext("Replace") : gettext("Choose a picture");
    actions.details.hidden = !now.photo;
    actions.remove.hidden = !onRemove;
    for (const row of rows) row.show(now[row.name], facts);
    element.querySelector(".own-words").hidden = !now.photo;
    showAside();
    setReadonly(element, isReadonly());
  }

  function update(attributes) {
    now = { ...now, ...attributes };
    refresh();
  }

  refresh();
  return {
    element,
    update,
    refresh,
    focus: (name) => (element.querySelector(`[data-field="${name}"]`) ?? actions.replace).focus(),
  };
}

/* One field with its mark and its way to the library's words and back. */
function wordsRow(name, change) {
  const label = labels()[name];
  const typed = field({ name, label, isLong: name === "caption", onInput: (value) => change({ [name]: value }) });
  const mark = make("span", { class: "own-mark" }, gettext("From the library"));
  const take = button(gettext("Change"), () => takeOver(), {
    "data-changes": true,
    "aria-label": interpolate(gettext("Change the library’s words: %s"), [label]),
  });
  const back = button(gettext("Use the library’s"), () => goBack(), {
    "data-changes": true,
    "aria-label": interpolate(gettext("Use the library’s words: %s"), [label]),
  });
  let library = "";
  function takeOver() {
    change({ [name]: library });
    typed.area.focus();
    typed.area.setSelectionRange(library.length, library.length);
  }
  function goBack() {
    change({ [name]: "" });
    typed.area.focus();
  }
  const nothing = {
    caption: gettext("Write a caption"),
    credit: gettext("Whose picture is it?"),
    alt: gettext("Describe the picture for those who cannot see it"),
  };
  const element = make(
    "div",
    { class: `own-row own-row-${name}` },
    name === "alt" ? make("span", { class: "own-label", "aria-hidden": "true" }, label) : null,
    typed.area,
    make("span", { class: "own-way" }, mark, take, back),
  );
  return {
    name,
    element,
    show(value, facts) {
      library = facts?.[name] ?? "";
      const isLibrary = !value && Boolean(library);
      typed.set(value);
      const decorative = name === "alt" && facts?.decorative;
      typed.hint(library || (decorative ? gettext("Decorative: needs none") : nothing[name]));
      element.classList.toggle("is-library", isLibrary);
      element.classList.toggle("is-missing", !value && !library);
      mark.hidden = take.hidden = !isLibrary;
      back.hidden = !value || !library;
    },
  };
}

export default {
  kind: "caption",
  get title() {
    return gettext("Picture");
  },
  get words() {
    return gettext("picture photo image");
  },
  icon: "picture",
  attrs: ["photo", "caption", "credit", "alt"],

  async ask({ dialogs, refs, inStory }) {
    const photos = await dialogs.choosePictures({ multiple: true, inStory: inStory(), replacing: null });
    if (!photos) return null;
    refs.add({ photos: Object.fromEntries(photos.map((photo) => [photo.slug, photo])) });
    return photos.map((photo) => ({ photo: photo.slug }));
  },
  label: (attrs, refs) => attrs.caption || refs.photo(attrs.photo)?.caption || attrs.photo,
  text: (attrs) => attrs.caption,
  view: (context) =>
    pictureForm({ ...context, onChange: (_, changes) => context.change(changes), onRemove: context.remove }),
};

