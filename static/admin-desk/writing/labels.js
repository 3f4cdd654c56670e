/*
 * "WATCH: <link to one of our stories>" as a paragraph of its own becomes a related link with that label,
 * when the cursor has left it or it was pasted. Undo gives the words back, and they stay then.
 */
import { Extension, Plugin, pm } from "django-prose-editor/editor";

import { byId } from "./schema.js";

const LABELLED = /^\s*(watch|read|listen|live)\s*:\s*(\S.*?)\s*$/iu;
const ADDRESS = /^https?:\/\/\S+$/i;

/** {label, url, words} of such a paragraph, or null; words are "" where the address stands in plain. */
export function labelled(node) {
  if (node.type.name !== "paragraph") return null;
  const [, label, rest] = LABELLED.exec(node.textContent) ?? [];
  if (!label) return null;
  const found = { label: label.toLowerCase(), url: ADDRESS.test(rest) ? rest : "", words: "" };
  if (found.url) return found;
  let linked = "";
  node.forEach((child) => {
    const link = child.marks.find(({ type }) => type.name === "link");
    if (!link) return;
    found.url = found.url && found.url !== link.attrs.href ? "?" : link.attrs.href;
    linked += child.text ?? "";
  });
  return found.url && found.url !== "?" && linked.trim() === rest ? { ...found, words: rest } : null;
}

/** `resolve(url)` gives the uuid of our story at that address, or null; `isAllowed()` whether links may be added. */
export function labels({ resolve, refs, isAllowed }) {
  let view = null;
  const asked = new WeakSet();
  /* Paragraphs in which this person wrote: nothing else changes because the cursor passes. */
  const touched = new Set();

  async function ask(node) {
    const found = labelled(node);
    const { id } = node.attrs;
    const uuid = await resolve(found.url);
    const now = uuid && view && !view.isDestroyed && view.editable && byId(view.state.doc, id);
    if (!now || !now.node.content.eq(node.content)) return;
    const known = refs.story(uuid)?.headline;
    const headline = found.words === known ? "" : found.words;
    replace(now, { label: found.label, story: uuid, headline });
  }

  function replace({ node, pos }, attrs) {
    const { state } = view;
    const { relatedlink, paragraph } = state.schema.nodes;
    const end = pos + node.nodeSize;
    const held = state.selection.head > pos && state.selection.head < end;
    const { tr } = state;
    pm.history.closeHistory(tr);
    tr.replaceWith(pos, end, relatedlink.create({ ...attrs, id: node.attrs.id }));
    if (held || !tr.doc.nodeAt(pos + 1)) {
      if (!tr.doc.nodeAt(pos + 1)?.isTextblock) tr.insert(pos + 1, paragraph.create());
      if (held) tr.setSelection(pm.state.TextSelection.create(tr.doc, pos + 2));
    }
    view.dispatch(tr);
  }

  function look(transactions, before, state) {
    // Ids come by a transaction that follows the one that somebody made.
    const made = transactions.map((tr) => tr.getMeta("appendedTransaction") ?? tr);
    if (made.some((tr) => tr.getMeta("remote") || pm.history.isHistoryTransaction(tr))) return;
    const isPasted = made.some((tr) => tr.getMeta("paste") || tr.getMeta("uiEvent") === "drop");
    const left = !isPasted && before.selection.$head.depth ? before.selection.$head.node(1).attrs.id : null;
    const { $head } = state.selection;
    const here = $head.depth ? $head.node(1).attrs.id : null;
    if (transactions.some((tr) => tr.docChanged)) touched.add(left).add(here);
    const isLeft = left && left !== here && touched.has(left);
    const candidates = isPasted ? state.doc.content.content : isLeft ? [byId(state.doc, left)?.node] : [];
    for (const node of candidates) {
      if (!node?.attrs.id || asked.has(node) || !labelled(node) || !isAllowed()) continue;
      asked.add(node);
      ask(node);
    }
  }

  return Extension.create({
    name: "writingLabels",
    addProseMirrorPlugins: () => [
      new Plugin({
        appendTransaction(transactions, before, state) {
          look(transactions, before, state);
          return null;
        },
        view(mounted) {
          view = mounted;
          return {};
        },
      }),
    ],
  });
}
