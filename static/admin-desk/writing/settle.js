/* Two wordings of the same words: what the key that settles them does to the document. */
import { pm } from "django-prose-editor/editor";

import { plain } from "./difference.js";
import { newId } from "./ids.js";
import { byId, isOwn, pictureById } from "./schema.js";

const { Selection } = pm.state;

/** The field of an alternative whose text is the address of a link. */
const LINK = "link";

/** The words in the story that an alternative is about. */
export function wordsOf(doc, id, field) {
  const held = pictureById(doc, id);
  if (held) return held.gallery.node.attrs.pictures[held.place][field] ?? "";
  const found = byId(doc, id);
  if (!found) return "";
  return isOwn(found.node) ? (found.node.attrs[field] ?? "") : plain(found.node);
}

/** The transaction that takes an alternative {node, pos} away, after its words were put in if so wished. */
export function settle(state, { node, pos }, isTheirs, elsewhere) {
  const { tr } = state;
  tr.delete(pos, pos + node.nodeSize);
  if (!tr.doc.childCount) tr.insert(0, state.schema.nodes.paragraph.create());
  const { about, field, text } = node.attrs;
  const held = pictureById(tr.doc, about);
  const target = held?.gallery ?? byId(tr.doc, about);
  let at = target?.pos ?? Math.max(0, pos - 1);
  if (isTheirs) {
    if (held) tr.setNodeAttribute(target.pos, "pictures", target.node.attrs.pictures.with(held.place, { ...target.node.attrs.pictures[held.place], [field]: text }));
    else if (field === LINK) addLink(tr, target, text);
    else if (!target && field) elsewhere(node.attrs);
    else if (!target) tr.insert((at = Math.min(pos, tr.doc.content.size)), paragraphs(state.schema, text));
    else if (isOwn(target.node)) tr.setNodeAttribute(target.pos, field, text);
    else putWords(tr, target, text);
  }
  return tr.setSelection(Selection.near(tr.doc.resolve(Math.min(at + 1, tr.doc.content.size)))).scrollIntoView();
}

/* An address that a colleague put on words which stand no more: at the end of what is about it. */
function addLink(tr, target, address) {
  const { schema } = tr.doc.type;
  const words = schema.text(` ${address}`, [schema.marks.link.create({ href: address })]);
  const end = target ? target.pos + target.node.nodeSize : tr.doc.content.size;
  if (target?.node.isTextblock) tr.insert(end - 1, words);
  else tr.insert(end, schema.nodes.paragraph.create({ id: newId() }, words));
}

const parts = (text) => text.split(/\n{2,}/).filter((part) => part.trim());

function inline(schema, text) {
  return text
    .split("\n")
    .flatMap((line, index) => [index ? schema.nodes.hardBreak.create() : null, line ? schema.text(line) : null])
    .filter(Boolean);
}

const paragraphs = (schema, text) =>
  parts(text).map((part) => schema.nodes.paragraph.create({ id: newId() }, inline(schema, part)));

function putWords(tr, { node, pos }, text) {
  const { schema } = node.type;
  const [first = "", ...rest] = parts(text);
  if (node.isTextblock) {
    tr.replaceWith(pos + 1, pos + node.nodeSize - 1, inline(schema, first));
    if (rest.length) tr.insert(pos + tr.doc.nodeAt(pos).nodeSize, paragraphs(schema, rest.join("\n\n")));
    return;
  }
  const inner = [first, ...rest].map((part) => schema.nodes.paragraph.create(null, inline(schema, part)));
  const isList = node.type.name !== "blockquote";
  const content = isList ? inner.map((each) => schema.nodes.listItem.create(null, each)) : inner;
  tr.replaceWith(pos, pos + node.nodeSize, node.type.create(node.attrs, content));
}
