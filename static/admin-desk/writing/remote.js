/*
 * What came from the server, put into the document with the fewest steps: the cursor and the fields stay
 * where they are, and undo takes one's own words only. A block in which an input method is composing is
 * left until it is done, since a change there would double letters.
 */
import { pm } from "django-prose-editor/editor";

import { hunks, threeWay, unmoved } from "./difference.js";
import { newId, withIds } from "./ids.js";
import { markMoved } from "./move.js";
import { currentOf, isBlank, isOwn, toJSON } from "./schema.js";

const { Node } = pm.model;

const nodesOf = (doc) => doc.content.content;
const idOf = (node) => node.attrs.id;

/* Values of an attribute: texts, or lists of them. */
const isSame = (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other);

/** Make the document of a transaction consist of these nodes; `fixed` is the id that does not move. */
export function become(tr, target, { fixed, keepBlank }) {
  const current = nodesOf(tr.doc);
  const wanted = new Set(target.map(idOf));
  const stay = unmoved(current.map(idOf), target.map(idOf), fixed);
  let [pos, at] = [0, 0];
  const passOver = (until) => {
    for (; at < current.length && idOf(current[at]) !== until; at += 1) {
      const node = current[at];
      if (keepBlank && isBlank(node) && !wanted.has(idOf(node))) pos += node.nodeSize;
      else tr.delete(pos, pos + node.nodeSize);
    }
  };
  for (const node of target) {
    if (stay.has(idOf(node))) {
      passOver(idOf(node));
      adapt(tr, pos, current[at], node);
      at += 1;
    } else {
      tr.insert(pos, node);
    }
    pos += node.nodeSize;
  }
  passOver(null);
  const known = new Set(current.map(idOf));
  return markMoved(tr, target.map(idOf).filter((id) => known.has(id) && !stay.has(id)));
}

/* Make the node at a position like another one. */
function adapt(tr, pos, old, node) {
  if (old.eq(node)) return;
  if (isOwn(old) && old.type === node.type) {
    for (const [name, value] of Object.entries(node.attrs)) {
      if (!isSame(old.attrs[name], value)) tr.setNodeAttribute(pos, name, value);
    }
  } else if (old.isTextblock && node.isTextblock) {
    if (!old.sameMarkup(node)) tr.setNodeMarkup(pos, node.type, node.attrs);
    for (const hunk of hunks(old, node).reverse()) adaptWords(tr, pos + 1, old, node, hunk);
  } else if (!adaptWithin(tr, pos, old, node)) {
    tr.replaceWith(pos, pos + old.nodeSize, node);
  }
}

function adaptWords(tr, start, old, node, hunk) {
  const [from, to] = [start + hunk.from, start + hunk.to];
  const words = (block, a, b) => block.textBetween(a, b, "", "\n");
  if (words(old, hunk.from, hunk.to) !== words(node, hunk.start, hunk.end)) {
    tr.replace(from, to, node.slice(hunk.start, hunk.end));
    return;
  }
  // The same words in other type: the cursor stays among them.
  tr.removeMark(from, to);
  node.nodesBetween(hunk.start, hunk.end, (child, offset) => {
    const begin = from + Math.max(offset, hunk.start) - hunk.start;
    const end = from + Math.min(offset + child.nodeSize, hunk.end) - hunk.start;
    for (const mark of child.marks) tr.addMark(begin, end, mark);
  });
}

/* A list or quotation: its one range that differs. False when that would not make it right. */
function adaptWithin(tr, pos, old, node) {
  const start = old.sameMarkup(node) ? old.content.findDiffStart(node.content) : null;
  if (start === null) return false;
  let { a, b } = old.content.findDiffEnd(node.content);
  const overlap = start - Math.min(a, b);
  if (overlap > 0) [a, b] = [a + overlap, b + overlap];
  let after;
  try {
    after = old.replace(start, a, node.slice(start, b));
  } catch {
    return false;
  }
  if (!after.eq(node)) return false;
  tr.step(new pm.transform.ReplaceStep(pos + 1 + start, pos + 1 + a, node.slice(start, b)));
  return true;
}

/** {getBody, setBody, rebase} over an editor. */
export function createRemote(editor) {
  /* What waits for the end of a composition: {id: {base, theirs}}; `theirs` is null when it was removed. */
  let waiting = new Map();
  const { schema } = editor;

  const parse = (nodes) => nodes.map((json) => Node.fromJSON(schema, json));
  const alternative = (about, field, text) => schema.nodes.alternative.create({ id: newId(), about, field, text, who: "" });
  const here = () => (editor.view.dom.contains(document.activeElement) ? idOf(currentOf(editor.state).node) : null);

  /* The document as it will be once nothing waits. */
  function settled() {
    const nodes = nodesOf(editor.state.doc);
    if (!waiting.size) return nodes;
    return nodes.flatMap((node) => {
      const held = waiting.get(idOf(node));
      if (!held) return [node];
      return threeWay([held.base], [node], held.theirs ? [held.theirs] : [], { alternative, here: here() });
    });
  }

  function put(target) {
    const { view, state } = editor;
    const held = view.composing && currentOf(state).node;
    let nodes = target;
    waiting = new Map();
    if (held) {
      const theirs = target.find((node) => idOf(node) === idOf(held)) ?? null;
      if (!theirs?.eq(held)) waiting.set(idOf(held), { base: held, theirs });
      nodes = withHeld(target, held, nodesOf(state.doc));
    }
    if (!nodes.length) nodes = [schema.nodes.paragraph.create({ id: newId() })];
    const hasFocus = view.dom.contains(document.activeElement);
    const tr = become(state.tr, nodes, {
      fixed: hasFocus ? idOf(currentOf(state).node) : undefined,
      keepBlank: hasFocus,
    });
    if (tr.docChanged) view.dispatch(tr.setMeta("addToHistory", false).setMeta("remote", true));
  }

  function flush() {
    if (!waiting.size || editor.isDestroyed) return;
    if (editor.view.composing) return;
    put(settled());
  }

  // ProseMirror reads what was composed a moment after the event.
  editor.view.dom.addEventListener("compositionend", () => setTimeout(flush, 50));

  return {
    getBody: () => settled().filter((node) => !isBlank(node)).map(toJSON),
    setBody: (nodes) => put(parse(withIds(nodes))),
    rebase(sent, merged) {
      put(threeWay(parse(sent), settled(), parse(withIds(merged)), { alternative, here: here() }));
    },
  };
}

/* The target with the node that is being composed as it is now. */
function withHeld(target, held, current) {
  const at = target.findIndex((node) => idOf(node) === idOf(held));
  if (at >= 0) return target.with(at, held);
  const before = current.slice(0, current.indexOf(held)).map(idOf);
  const place = target.findLastIndex((node) => before.includes(idOf(node)));
  return target.toSpliced(place + 1, 0, held);
}
