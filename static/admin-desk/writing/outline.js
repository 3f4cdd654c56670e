/* The outline of a long story, to jump and move in; and its length, at the foot. */
import { createOutlineDrag } from "./outline_drag.js";
import { labels } from "./kinds/relatedlink.js";

const WORDS_A_MINUTE = 230;
const LONG = 8;

const NAMES = {
  caption: () => gettext("Picture"),
  gallery: () => gettext("Gallery"),
  pullquote: () => gettext("Pull quote"),
  embed: () => gettext("Embed"),
  table: () => gettext("Table"),
  chart: () => gettext("Chart"),
  film: () => gettext("Film"),
  sound: () => gettext("Sound"),
  alternative: () => gettext("Two wordings"),
};

const textOf = (node) => node.text || (node.content || []).map(textOf).join(" ");
const shorten = (text, most = 60) => (text.length > most ? `${text.slice(0, most).replace(/\s+\S*$/, "")}…` : text);

function lineOf(node, refs) {
  if (node.type === "relatedlink") {
    const target = node.attrs.headline || refs?.story(node.attrs.story)?.headline || node.attrs.title || gettext("Related link");
    return node.attrs.label ? `${new Map(labels()).get(node.attrs.label)}: ${target}` : target;
  }
  if (NAMES[node.type]) {
    const words = node.attrs.caption || node.attrs.text || node.attrs.title || refs?.recording(node.attrs.recording)?.title || "";
    return words ? `${NAMES[node.type]()}: ${words}` : NAMES[node.type]();
  }
  return textOf(node);
}

export function createOutline({ element, foot, story, surface, refs }) {
  let timer = null;
  let current = null;
  const drag = createOutlineDrag({ element, move: surface.moveNode });

  const buttonOf = (id) => [...element.querySelectorAll("button")].find((button) => button.dataset.block === id);

  function mark() {
    for (const button of element.querySelectorAll("button")) {
      if (button.dataset.block === current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  function draw() {
    if (drag.isDragging()) return refresh();
    const focused = element.contains(document.activeElement) && document.activeElement.dataset.block;
    const nodes = story.words();
    const list = document.createElement("ol");
    for (const node of nodes) {
      const line = shorten(lineOf(node, refs));
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: line, title: line, draggable: true });
      button.dataset.kind = node.type;
      button.dataset.block = node.attrs.id;
      button.addEventListener("click", () => surface.focusNode(node.attrs.id));
      const item = document.createElement("li");
      item.append(button);
      list.append(item);
    }
    element.replaceChildren(list);
    element.hidden = nodes.length < LONG;
    if (focused) buttonOf(focused)?.focus();
    mark();
    measure(nodes);
  }

  function measure(nodes) {
    const words = nodes.map(textOf).join(" ").split(/\s+/).filter(Boolean).length;
    const minutes = Math.max(1, Math.round(words / WORDS_A_MINUTE));
    const links = nodes.filter((node) => node.type === "relatedlink").length;
    const parts = [
      interpolate(ngettext("%s word", "%s words", words), [words]),
      interpolate(ngettext("%s minute", "%s minutes", minutes), [minutes]),
      interpolate(ngettext("%s related link", "%s related links", links), [links]),
    ];
    foot.textContent = words ? parts.join(" · ") : "";
  }

  function refresh() {
    clearTimeout(timer);
    timer = setTimeout(draw, 300);
  }

  return {
    refresh,
    /* The block that the cursor is in. */
    setCurrent(id) {
      current = id;
      mark();
    },
  };
}
