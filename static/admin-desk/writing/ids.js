/*
 * Each top-level node has an id of its own. It stays with the words: through moves, undo, splitting
 * (the half with the first words keeps it), joining, and making a list of a paragraph and back. Copies
 * get new ones. Only the children that a change touched are looked at.
 */
import { Extension, Plugin, pm } from "django-prose-editor/editor";

import { PROSE } from "./schema.js";

const VALID = /^[A-Za-z0-9-]{1,40}$/;

export const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(36).padStart(2, "0")).join("");

/** Nodes as JSON, each with an id. */
export function withIds(nodes) {
  const taken = new Set();
  return nodes.map((node) => {
    const id = node.attrs?.id;
    const kept = VALID.test(id ?? "") && !taken.has(id) ? id : newId();
    taken.add(kept);
    return { ...node, attrs: { ...node.attrs, id: kept } };
  });
}

/** The children that are not the same in both documents: {start, pos, before: [node], after: [node]}. */
function changedChildren(old, doc) {
  let start = 0;
  let pos = 0;
  const least = Math.min(old.childCount, doc.childCount);
  while (start < least && old.child(start) === doc.child(start)) {
    pos += doc.child(start).nodeSize;
    start += 1;
  }
  let end = 0;
  while (end < least - start && old.child(old.childCount - 1 - end) === doc.child(doc.childCount - 1 - end)) end += 1;
  const part = (from) => from.content.content.slice(start, from.childCount - end);
  return { start, pos, before: part(old), after: part(doc) };
}

const isSame = (before, after) =>
  before.length === 1 &&
  after.length === 1 &&
  after[0].isTextblock &&
  after[0].attrs.id &&
  before[0].attrs.id === after[0].attrs.id;

/** The first id inside a list or quotation that was just put around paragraphs. */
function idWithin(node, isFree) {
  let found = null;
  node.descendants((child) => {
    if (!found && isFree(child.attrs.id)) found = child.attrs.id;
    return !found;
  });
  return found;
}

/** The ids that the changed nodes shall have. */
function idsFor(doc, { start, before, after }, isHistory) {
  const taken = new Set();
  doc.forEach((node, _, index) => {
    if (index < start || index >= start + after.length) taken.add(node.attrs.id);
  });
  const isFree = (id) => VALID.test(id ?? "") && !taken.has(id);
  const take = (id) => {
    if (!isFree(id)) return null;
    taken.add(id);
    return id;
  };
  const ids = after.map((node) => take(node.attrs.id));
  after.forEach((node, at) => {
    if (!ids[at] && !node.isTextblock) ids[at] = take(idWithin(node, isFree));
  });
  unwrap(before, after, ids, isFree, take);
  if (!isHistory) follow(before, after, ids);
  return ids.map((id) => id ?? newId());
}

/** The first paragraph of a list that was undone goes on with the list's id. */
function unwrap(before, after, ids, isFree, take) {
  for (const old of before) {
    if (old.isTextblock || old.isLeaf || !isFree(old.attrs.id)) continue;
    const at = after.findIndex((node, index) => !ids[index] && PROSE.includes(node.type.name));
    if (at >= 0) ids[at] = take(old.attrs.id);
  }
}

/** Enter before the first word, and Backspace into an empty line: the id goes where the words go. */
function follow(before, after, ids) {
  const was = new Map(before.map((node) => [node.attrs.id, node]));
  after.forEach((node, at) => {
    const old = was.get(ids[at]);
    if (!old?.isTextblock || !node.isTextblock) return;
    const next = after[at + 1];
    if (!node.content.size && old.content.size && next && !ids[at + 1] && next.content.eq(old.content)) {
      [ids[at], ids[at + 1]] = [null, ids[at]];
    } else if (node.content.size && !old.content.size) {
      const gone = before.find((each) => !ids.includes(each.attrs.id) && each.content.eq(node.content));
      if (gone?.isTextblock) ids[at] = gone.attrs.id;
    }
  });
}

function clearWithin(tr, node, pos) {
  node.descendants((child, offset) => {
    if (child.attrs.id) tr.setNodeAttribute(pos + 1 + offset, "id", null);
  });
}

function appendTransaction(transactions, old, state) {
  if (!transactions.some((each) => each.docChanged)) return null;
  const changed = changedChildren(old.doc, state.doc);
  if (isSame(changed.before, changed.after)) return null;
  const isHistory = transactions.some((each) => pm.history.isHistoryTransaction(each));
  const ids = idsFor(state.doc, changed, isHistory);
  const { tr } = state;
  let { pos } = changed;
  changed.after.forEach((node, at) => {
    if (node.attrs.id !== ids[at]) tr.setNodeAttribute(pos, "id", ids[at]);
    if (!node.isTextblock && !node.isLeaf) clearWithin(tr, node, pos);
    pos += node.nodeSize;
  });
  return tr.docChanged ? tr : null;
}

/** The extension; `types` are the names of all top-level nodes. */
export const ids = (types) =>
  Extension.create({
    name: "writingIds",
    addGlobalAttributes: () => [
      {
        types,
        attributes: {
          id: {
            default: null,
            keepOnSplit: false,
            parseHTML: (element) => (VALID.test(element.dataset.id ?? "") ? element.dataset.id : null),
            renderHTML: ({ id }) => (id ? { "data-id": id } : {}),
          },
        },
      },
    ],
    addProseMirrorPlugins: () => [new Plugin({ appendTransaction })],
  });
