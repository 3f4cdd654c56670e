/*
 * What is shown at a block and is no part of the document: who else is in it, and what the server says
 * is wrong with it. Neither is ever undone.
 */
import { Extension, Plugin, pm } from "django-prose-editor/editor";

import { make } from "./elements.js";

const { Decoration, DecorationSet } = pm.view;
const COLOURS = 6;

/* The same person has the same colour in every window. */
const colourOf = (name) => [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7) % COLOURS;

function personMark(pos, node, names) {
  return Decoration.node(pos, pos + node.nodeSize, {
    class: `has-person person-${colourOf(names[0])}`,
    "data-people": names.join(", "),
  });
}

function errorMarks(pos, node, sentences) {
  const id = `writing-error-${node.attrs.id}`;
  const list = () =>
    make(
      "div",
      { class: "surface-errors", id, contenteditable: "false" },
      ...sentences.map((sentence) => make("p", {}, sentence)),
    );
  return [
    Decoration.node(pos, pos + node.nodeSize, { class: "has-error", "aria-describedby": id }),
    Decoration.widget(pos, list, { side: -1, key: id + sentences.join("\n"), ignoreSelection: true }),
  ];
}

export function createMarks() {
  const key = new pm.state.PluginKey("writingMarks");
  const shown = { people: new Map(), errors: new Map() };

  function decorations({ doc }) {
    if (!shown.people.size && !shown.errors.size) return null;
    const found = [];
    doc.forEach((node, pos) => {
      const { id } = node.attrs;
      if (shown.people.has(id)) found.push(personMark(pos, node, shown.people.get(id)));
      const sentences = [node.attrs, ...(node.attrs.pictures ?? [])].flatMap((each) => shown.errors.get(each.id) ?? []);
      if (sentences.length) found.push(...errorMarks(pos, node, sentences));
    });
    return DecorationSet.create(doc, found);
  }

  const redraw = (view) => view.dispatch(view.state.tr.setMeta(key, true).setMeta("addToHistory", false));

  return {
    extension: Extension.create({
      name: "writingMarks",
      addProseMirrorPlugins: () => [new Plugin({ key, props: { decorations } })],
    }),
    setPeople(view, people) {
      const blocks = new Map();
      for (const { name, block } of people) blocks.set(block, [...(blocks.get(block) ?? []), name]);
      if (JSON.stringify([...blocks]) === JSON.stringify([...shown.people])) return;
      shown.people = blocks;
      redraw(view);
    },
    setErrors(view, errors) {
      shown.errors = new Map(Object.entries(errors).filter(([, sentences]) => sentences.length));
      redraw(view);
    },
  };
}
