/*
 * Moving, removing and copying whole blocks. It is the neighbour that changes places, so that the block
 * in hand keeps its cursor, its fields and its focus.
 */
import { Extension, Plugin, pm } from "django-prose-editor/editor";

const { NodeSelection, PluginKey, Selection } = pm.state;
const { Decoration, DecorationSet } = pm.view;

const key = new PluginKey("writingMoved");

/* When nodes change places ProseMirror keeps the drawing of one that it meets again and draws those in
   between anew, also the one in hand with its focus. What is drawn differently is not met again. */
export const markMoved = (tr, ids) => tr.setMeta(key, new Set(ids));

export const moved = Extension.create({
  name: "writingMoved",
  addProseMirrorPlugins: () => [
    new Plugin({
      key,
      state: {
        init: () => null,
        apply: (tr, value) => tr.getMeta(key) ?? (tr.docChanged ? null : value),
      },
      props: {
        decorations(state) {
          const ids = key.getState(state);
          if (!ids) return null;
          const found = [];
          state.doc.forEach((node, pos) => {
            if (ids.has(node.attrs.id)) found.push(Decoration.node(pos, pos + node.nodeSize, { class: "was-moved" }));
          });
          return DecorationSet.create(state.doc, found);
        },
      },
    }),
  ],
});

/** The command that moves the selected blocks up (-1) or down (1). */
export const moveBlock = (step) => (state, dispatch) => {
  const { doc, selection } = state;
  const first = selection.$from.index(0);
  const last = selection.to > selection.from && !selection.$to.depth ? selection.$to.index(0) - 1 : selection.$to.index(0);
  const neighbour = step < 0 ? first - 1 : last + 1;
  if (neighbour < 0 || neighbour >= doc.childCount) return false;
  if (!dispatch) return true;
  const posOf = (index) => doc.content.content.slice(0, index).reduce((sum, node) => sum + node.nodeSize, 0);
  const node = doc.child(neighbour);
  const from = posOf(neighbour);
  const { tr } = state;
  if (step < 0) tr.insert(posOf(last + 1), node).delete(from, from + node.nodeSize);
  else tr.delete(from, from + node.nodeSize).insert(posOf(first), node);
  dispatch(markMoved(tr, [node.attrs.id]).scrollIntoView());
  return true;
};

/** Take the block at a position to a boundary between blocks. */
export function moveTo(state, pos, to) {
  const node = state.doc.nodeAt(pos);
  if (to >= pos && to <= pos + node.nodeSize) return null;
  const tr = state.tr.delete(pos, pos + node.nodeSize);
  const target = tr.mapping.map(to);
  tr.insert(target, node);
  return tr.setSelection(near(tr.doc, target)).scrollIntoView();
}

function near(doc, pos) {
  return doc.nodeAt(pos).isAtom ? NodeSelection.create(doc, pos) : Selection.near(doc.resolve(pos + 1));
}

/** Remove the block at a position; the cursor goes to the one that follows. */
export function removeAt(state, pos) {
  const node = state.doc.nodeAt(pos);
  const end = pos + node.nodeSize;
  const { tr } = state;
  if (state.doc.childCount === 1) tr.replaceWith(pos, end, state.schema.nodes.paragraph.create());
  else tr.delete(pos, end);
  const $pos = tr.doc.resolve(Math.min(pos, tr.doc.content.size));
  const next = $pos.nodeAfter;
  return tr.setSelection(next ? near(tr.doc, pos) : Selection.near($pos, -1)).scrollIntoView();
}
