/*
 * Kinds that this person's role may not change: shown, and refused when a change would touch them or
 * their order. "text" stands for prose. What comes from the server passes.
 */
import { Extension, Plugin, pm } from "django-prose-editor/editor";

import { PROSE } from "./schema.js";

const { Decoration, DecorationSet } = pm.view;

export function createLocks(locked, refused) {
  const kinds = new Set(locked);
  const isLocked = (node) => kinds.has(PROSE.includes(node.type.name) ? "text" : node.type.name);
  const held = (doc) => doc.content.content.filter(isLocked);

  function filterTransaction(tr, state) {
    if (!kinds.size || !tr.docChanged || tr.getMeta("remote")) return true;
    const [before, after] = [held(state.doc), held(tr.doc)];
    const isEqual = before.length === after.length && before.every((node, at) => node === after[at] || node.eq(after[at]));
    if (!isEqual) refused();
    return isEqual;
  }

  function decorations({ doc }) {
    if (!kinds.size) return null;
    const found = [];
    doc.forEach((node, pos) => {
      if (!node.isLeaf && isLocked(node)) {
        found.push(Decoration.node(pos, pos + node.nodeSize, { contenteditable: "false", class: "is-locked" }));
      }
    });
    return DecorationSet.create(doc, found);
  }

  /* A click on what cannot be edited selects it whole, so that one can insert below it. */
  function handleClickOn(view, _, node, pos) {
    if (!kinds.size || view.state.doc.resolve(pos).depth || node.isLeaf || !isLocked(node)) return false;
    view.dispatch(view.state.tr.setSelection(pm.state.NodeSelection.create(view.state.doc, pos)));
    return true;
  }

  return {
    isLocked,
    has: (kind) => kinds.has(kind),
    extension: Extension.create({
      name: "writingLocks",
      addProseMirrorPlugins: () => [new Plugin({ filterTransaction, props: { decorations, handleClickOn } })],
    }),
  };
}
