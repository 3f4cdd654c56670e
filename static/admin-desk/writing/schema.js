/*
 * What a story's document may hold, as the server knows it (articles/desk/writing/nodes.py): prose in
 * the group "block", the kinds of ./kinds/ in the group "own". Lists and quotations take prose only,
 * so that none of them ever swallows a picture.
 */
import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  HardBreak,
  Heading,
  Italic,
  ListItem,
  Mark,
  OrderedList,
  Paragraph,
  Subscript,
  Superscript,
  Text,
} from "django-prose-editor/editor";

export const PROSE = ["paragraph", "heading", "bulletList", "orderedList", "blockquote"];

export const isOwn = (node) => node.type.spec.group === "own";
export const isBlank = (node) => PROSE.includes(node.type.name) && !node.textContent.trim();

// In the order in which the server writes them. Ctrl+Alt is AltGr on Windows: no shortcut uses it.
const Link = Mark.create({
  name: "link",
  priority: 1000,
  inclusive: false,
  addAttributes: () => ({ href: { default: "" } }),
  parseHTML: () => [
    {
      tag: "a[href]",
      getAttrs: (element) => {
        const href = element.getAttribute("href").trim();
        return /^(https?:|mailto:)/i.test(href) && { href };
      },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ["a", { href: HTMLAttributes.href }, 0],
});

const withoutAltGr = { addKeyboardShortcuts: () => ({}) };

export const prose = [
  Document.extend({ content: "(block | own)+" }),
  Text,
  Paragraph.extend(withoutAltGr),
  Heading.extend(withoutAltGr).configure({ levels: [2, 3] }),
  BulletList,
  OrderedList.extend({ addAttributes: () => ({}) }),
  ListItem,
  Blockquote.extend({ content: "(paragraph | heading | bulletList | orderedList)+" }),
  HardBreak,
  Link,
  Bold,
  Italic,
  Superscript,
  Subscript,
];

/** A node as the server reads it: no attribute that says nothing. */
export function toJSON(node) {
  return tidied(node.toJSON());
}

function tidied(json) {
  const attrs = Object.entries(json.attrs ?? {}).filter(([, value]) => value !== null);
  const { attrs: _, ...rest } = json;
  const tidy = attrs.length ? { type: json.type, attrs: Object.fromEntries(attrs), ...rest } : rest;
  if (json.content) tidy.content = json.content.map(tidied);
  return tidy;
}

/** Children of a document with their positions: [{node, pos, index}]. */
export function children(doc) {
  const found = [];
  doc.forEach((node, pos, index) => found.push({ node, pos, index }));
  return found;
}

/** {node, pos, index} of the top-level node with an id, or undefined. */
export function byId(doc, id) {
  let found;
  doc.forEach((node, pos, index) => {
    if (node.attrs.id === id) found = { node, pos, index };
  });
  return found;
}

/** {node, pos, index} of the top-level node that holds the cursor. */
export function currentOf(state) {
  const { $head, node, from } = state.selection;
  const index = node ? state.doc.resolve(from).index(0) : Math.min($head.index(0), state.doc.childCount - 1);
  let pos = 0;
  for (let each = 0; each < index; each += 1) pos += state.doc.child(each).nodeSize;
  return { node: state.doc.child(index), pos, index };
}

/** How many words readers get in these nodes (JSON of the document). */
export function words(nodes) {
  const text = nodes.map(textOf).join(" ");
  return text.match(/[\p{L}\p{N}]+(?:[’'.,\-‐–]?[\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

/** {gallery: {node, pos}, place} of the picture with an id in a gallery, or undefined. */
export function pictureById(doc, id) {
  let found;
  doc.forEach((node, pos) => {
    const place = (node.attrs.pictures ?? []).findIndex((each) => each.id === id);
    if (place >= 0) found = { gallery: { node, pos }, place };
  });
  return found;
}

const READ = { pullquote: ["text", "attribution"], caption: ["caption"], gallery: ["title"] };

function textOf(node) {
  if (node.type === "text") return node.text;
  if (node.type === "hardBreak") return " ";
  const own = (READ[node.type] ?? []).map((name) => node.attrs[name] ?? "");
  own.push(...(node.attrs?.pictures ?? []).map(({ caption }) => caption));
  const glue = ["paragraph", "heading"].includes(node.type) ? "" : " ";
  return [...own, ...(node.content ?? []).map(textOf)].join(glue);
}
