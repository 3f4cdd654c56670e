/*
 * Inserting at the cursor: a paragraph is split there, an empty one replaced, a list divided between two
 * of its items; one step of undo takes it all back.
 */
import { pm } from "django-prose-editor/editor";

import { isOwn } from "./schema.js";

const { NodeSelection, Selection, TextSelection } = pm.state;

/* The range that new nodes take, once the document of the transaction is ready for them. */
function placeFor(tr, isLocked) {
  const { selection } = tr;
  const { $to } = selection;
  if (!$to.depth) return at(selection.to);
  const top = $to.node(1);
  if (isLocked(top)) return at($to.after(1));
  if (selection.node) return at($to.after(1));
  return $to.depth === 1 ? placeInWords(tr, $to, top) : placeInList(tr, $to, top);
}

const at = (pos) => ({ from: pos, to: pos });

function placeInWords(tr, $pos, block) {
  if (!block.content.size) return { from: $pos.before(1), to: $pos.after(1) };
  const text = block.textBetween(0, block.content.size, "", "\ufffc");
  const [before, after] = [text.slice(0, $pos.parentOffset), text.slice($pos.parentOffset)];
  if (!before.trim()) return at($pos.before(1));
  if (!after.trim()) return at($pos.after(1));
  const from = $pos.pos - (before.length - before.trimEnd().length);
  const to = $pos.pos + (after.length - after.trimStart().length);
  if (to > from) tr.delete(from, to);
  tr.split(from);
  return at(from + 1);
}

function placeInList(tr, $pos, list) {
  const index = $pos.index(1);
  const isEmpty = !list.child(index).textContent;
  if (isEmpty && list.childCount === 1) return { from: $pos.before(1), to: $pos.after(1) };
  const boundary = isEmpty ? $pos.before(2) : $pos.after(2);
  const start = $pos.before(1);
  if (isEmpty) tr.delete($pos.before(2), $pos.after(2));
  const before = isEmpty ? index : index + 1;
  const left = tr.doc.nodeAt(start);
  if (!before) return at(start);
  if (before === left.childCount) return at(start + left.nodeSize);
  tr.split(boundary);
  return at(boundary + 1);
}

/**
 * Insert own nodes at the cursor of a transaction. With `hold` the first of them is selected, otherwise
 * the cursor goes to the line below. Gives the position of the first.
 */
export function insertOwn(tr, nodes, { isLocked = () => false, hold = false } = {}) {
  const { from, to } = placeFor(tr, isLocked);
  tr.replaceWith(from, to, nodes);
  const after = from + nodes.reduce((sum, node) => sum + node.nodeSize, 0);
  if (hold) tr.setSelection(NodeSelection.create(tr.doc, from));
  else toLineBelow(tr, after, isLocked);
  tr.scrollIntoView();
  return from;
}

function toLineBelow(tr, pos, isLocked) {
  const next = tr.doc.nodeAt(pos);
  const { paragraph } = tr.doc.type.schema.nodes;
  if (next && isLocked(next)) {
    tr.setSelection(NodeSelection.create(tr.doc, pos - 1));
  } else if (!next || isOwn(next)) {
    tr.insert(pos, paragraph.create());
    tr.setSelection(TextSelection.create(tr.doc, pos + 1));
  } else {
    tr.setSelection(Selection.near(tr.doc.resolve(pos + 1)));
  }
}
