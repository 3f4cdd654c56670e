/*
 * A gallery: its title, and its pictures as a row of thumbnails, which are sorted by dragging or with Alt
 * and the arrows. The one that is chosen shows its caption, credit and alt text below, in the same form
 * as a picture in the story.
 */
import { make } from "../elements.js";
import { newId } from "../ids.js";
import { pictureForm } from "./caption.js";
import { button, field, setReadonly } from "./fields.js";
import { createSorting } from "./gallery_sorting.js";

const MOST = 100;

const item = ({ slug }) => ({ id: newId(), photo: slug, caption: "", credit: "", alt: "" });
const lacksWords = (picture, facts) =>
  Boolean(facts) && !facts.decorative && (!(picture.credit || facts.credit) || !(picture.alt || facts.alt));

function view(context) {
  const { refs, dialogs, announce } = context;
  let { attrs } = context;
  let chosen = null;
  let form = null;
  const title = field({ name: "title", label: gettext("Title of the gallery"), hint: gettext("Title of the gallery"), onInput: (value) => context.change({ title: value }) });
  const list = make("ol", { class: "own-thumbs", "aria-label": gettext("Pictures, in their order") });
  const count = make("span", { class: "own-count" });
  const add = button(gettext("Add pictures"), () => choose(), { "data-changes": true });
  const remove = button(gettext("Remove the gallery"), context.remove, { "data-changes": true });
  const earlier = button(gettext("Earlier"), () => step(-1), { "data-changes": true, "aria-label": gettext("Move the picture earlier") });
  const later = button(gettext("Later"), () => step(1), { "data-changes": true, "aria-label": gettext("Move the picture later") });
  const place = make("div", { class: "own-chosen", hidden: true });
  const element = make(
    "div",
    { class: "own-series", "data-takes-files": true },
    title.area,
    list,
    make("div", { class: "own-tools" }, count, add, earlier, later, remove),
    place,
  );

  const placeOf = (id) => attrs.pictures.findIndex((each) => each.id === id);
  const put = (pictures) => context.change({ pictures });
  const told = (at) => interpolate(gettext("Picture %s of %s"), [at + 1, attrs.pictures.length]);

  async function choose() {
    takeIn(await dialogs.choosePictures({ multiple: true, inStory: context.inStory(), replacing: null }));
  }

  function takeIn(photos) {
    if (!photos?.length || context.readonly()) return;
    refs.add({ photos: Object.fromEntries(photos.map((photo) => [photo.slug, photo])) });
    const fresh = photos.map(item).slice(0, Math.max(0, MOST - attrs.pictures.length));
    const at = chosen ? placeOf(chosen) + 1 : attrs.pictures.length;
    put(attrs.pictures.toSpliced(at, 0, ...fresh));
    announce(interpolate(ngettext("%s picture added", "%s pictures added", fresh.length), [fresh.length]));
  }

  /** Put a picture before another, or last. */
  function move(id, before) {
    const picture = attrs.pictures[placeOf(id)];
    if (!picture || id === before || context.readonly()) return;
    const rest = attrs.pictures.filter((each) => each !== picture);
    const at = before ? rest.findIndex((each) => each.id === before) : rest.length;
    put(rest.toSpliced(at, 0, picture));
    announce(told(placeOf(id)));
  }

  function step(by) {
    const at = placeOf(chosen) + by;
    if (at < 0 || at >= attrs.pictures.length) return;
    const rest = attrs.pictures.filter((each) => each.id !== chosen);
    move(chosen, rest[at]?.id ?? null);
  }

  function removePicture(id) {
    const at = placeOf(id);
    put(attrs.pictures.filter((each) => each.id !== id));
    announce(gettext("Removed. Ctrl+Z puts it back."));
    (list.children[Math.min(at, list.children.length - 1)]?.firstElementChild ?? add).focus();
  }

  function show(id) {
    chosen = id;
    form = null;
    refresh();
  }

  function refreshForm() {
    const picture = attrs.pictures[placeOf(chosen)];
    if (!picture) chosen = form = null;
    place.hidden = earlier.hidden = later.hidden = !chosen;
    if (!chosen) return place.replaceChildren();
    if (form) return form.update(picture);
    form = pictureForm({
      attrs: picture,
      refs,
      dialogs,
      readonly: context.readonly,
      inStory: context.inStory,
      onChange: ({ id, photo, caption, credit, alt }) =>
        put(attrs.pictures.map((each) => (each.id === id ? { id, photo, caption, credit, alt } : each))),
      onRemove: () => removePicture(picture.id),
    });
    place.replaceChildren(form.element);
  }

  function thumbOf(picture, at, old) {
    const facts = refs.photo(picture.photo);
    if (picture.photo && !facts) refs.load?.({ photos: [picture.photo] });
    const line = old ?? newThumb(picture.id);
    const [press] = line.children;
    const [image, number] = press.children;
    const source = facts?.thumb || facts?.src || "";
    if (image.getAttribute("src") !== source) source ? (image.src = source) : image.removeAttribute("src");
    const words = picture.caption || facts?.caption || picture.photo;
    number.textContent = at + 1;
    press.setAttribute("aria-label", `${told(at)}: ${words}`);
    press.setAttribute("aria-expanded", String(picture.id === chosen));
    press.toggleAttribute("data-skip", picture.id !== chosen && at > 0);
    line.draggable = !context.readonly();
    line.classList.toggle("is-chosen", picture.id === chosen);
    line.classList.toggle("is-missing", lacksWords(picture, facts) || facts?.usable === false);
    return line;
  }

  function newThumb(id) {
    const press = make(
      "button",
      { type: "button", class: "own-thumb", onclick: () => show(chosen === id ? null : id) },
      make("img", { alt: "", draggable: "false", decoding: "async", loading: "lazy" }),
      make("span", { class: "own-number", "aria-hidden": "true" }),
    );
    return make("li", { "data-picture": id }, press);
  }

  function refreshThumbs() {
    const had = document.activeElement;
    const known = new Map([...list.children].map((line) => [line.dataset.picture, line]));
    const lines = attrs.pictures.map((picture, at) => thumbOf(picture, at, known.get(picture.id)));
    if (lines.length !== list.children.length || lines.some((line, at) => line !== list.children[at])) list.replaceChildren(...lines);
    if (had !== document.activeElement && list.contains(had)) had.focus();
  }

  function refresh() {
    title.set(attrs.title);
    refreshThumbs();
    refreshForm();
    const pictures = attrs.pictures.length;
    count.textContent = interpolate(ngettext("%s picture", "%s pictures", pictures), [pictures]);
    setReadonly(element, context.readonly());
  }

  createSorting({ element, list, move, isReadonly: context.readonly, takeFiles: async (files) => takeIn(await dialogs.uploadFiles(files)) });
  refresh();
  return {
    element,
    refresh,
    update(attributes) {
      attrs = attributes;
      refresh();
    },
    /** A field of the gallery; or of its picture with this id. */
    focus(name, id) {
      if (id) show(id);
      if (id && form) form.focus(name || "caption");
      else title.area.focus();
    },
  };
}

export default {
  kind: "gallery",
  get title() {
    return gettext("Gallery");
  },
  get words() {
    return gettext("gallery pictures photos series slideshow");
  },
  icon: "gallery",
  attrs: ["title", "pictures"],
  lists: ["pictures"],

  async ask({ dialogs, refs, inStory }) {
    const photos = await dialogs.choosePictures({ multiple: true, inStory: inStory(), replacing: null });
    if (!photos?.length) return null;
    refs.add({ photos: Object.fromEntries(photos.map((photo) => [photo.slug, photo])) });
    return [{ title: "", pictures: photos.map(item).slice(0, MOST) }];
  },
  label: (attrs) => attrs.title || interpolate(ngettext("%s picture", "%s pictures", attrs.pictures.length), [attrs.pictures.length]),
  text: (attrs) => [attrs.title, ...attrs.pictures.map((each) => each.caption)].filter(Boolean).join("\n"),
  view,
};
