/*
 * Pasted HTML, parsed, as the blocks of a story.
 *
 * A block is {name, …}: "p", "h2", "h3" have `words`; "ul", "ol" have `items`, each an array of
 * blocks; "blockquote" has `blocks`; "own" is a node of our own editor with `kind` and `attrs`. A
 * paragraph with `list` {id, level, ordered, value} is an item of a list that is yet to be made.
 */
import { readList, readStrayItem } from "./paste_list_elements.js";
import { linkOf } from "./paste_links.js";
import { asItem, gatherLists, markedLines } from "./paste_lists.js";
import { MISSING, missedOf, pictureOf } from "./paste_missing.js";
import { attrsOf, idOf, sliceOf } from "./paste_own.js";
import { unwrapped } from "./paste_plain.js";
import { isBold, isHidden, marksIn } from "./paste_styles.js";
import { readTable } from "./paste_tables.js";
import { PLAIN, Words, tidy } from "./paste_words.js";

const BLOCKS = new Set(
  ("address article aside blockquote caption center dd details dialog div dl dt fieldset figcaption figure footer form"
    + " h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p pre search section summary table"
    + " tbody td tfoot th thead tr ul").split(" "),
);
const SUBHEADS = { h1: "h2", h2: "h2", h3: "h3", h4: "h3", h5: "h3", h6: "h3" };
const LISTS = new Set(["ul", "ol", "menu", "dir"]);
const DROPPED = new Set(["datalist", "rp", "col", "colgroup", "input", "canvas", "map", "audio", "video", "x-svg", "x-math"]);

/* The subhead an element is, or "p". */
function blockName(element, style) {
  const role = element.getAttribute("role") === "heading" && `h${element.getAttribute("aria-level") || 2}`;
  if (/\bMsoTitle\b/.test(element.className)) return "h2";
  return SUBHEADS[role || element.localName] || (role ? "h3" : "p");
}

export class Reader {
  constructor(styles, missing) {
    this.styles = styles;
    this.missing = missing;
    this.nested = 0; // lists that are open
  }

  /* The blocks that some nodes are, put into an array of their own. */
  blocksOf(nodes, context = { marks: PLAIN, block: { name: "p" } }) {
    const outer = [this.into, this.words];
    this.into = [];
    this.words = new Words();
    this.readAll(nodes, context);
    this.flush(context);
    const blocks = gatherLists(this.into);
    [this.into, this.words] = outer;
    return blocks;
  }

  readAll(nodes, context) {
    for (const node of nodes) {
      if (node.nodeType === 3) this.text(node.data, context);
      else if (node.nodeType === 1) this.element(node, context);
    }
  }

  text(data, context) {
    if (context.marker) context.marker.text += data;
    else this.words.add(context.pre ? data : data.replace(/[ \t\n\r\f]+/g, " "), context.marks);
  }

  element(element, context) {
    const name = element.localName;
    const style = this.styles.of(element);
    if (isHidden(element, style)) return;
    if (Object.hasOwn(MISSING, name)) this.missing.push(missedOf(element));
    if (name === "x-svg") this.drawing(element, context);
    if (DROPPED.has(name)) return;
    if (name === "br") this.words.add("\n", context.marks);
    else if (name === "img" || name === "v:imagedata") this.picture(element, context);
    else if (element.dataset.kind) this.own(element, context);
    else if (name === "q") this.quoted(element, context);
    else if ((BLOCKS.has(name) && style.display !== "inline") || /^(?:block|flex|grid|list-item)$/.test(style.display)) {
      this.block(element, style, context);
    } else this.inline(element, style, context);
  }

  inline(element, style, context) {
    // Word puts the sign or number of an item into a span of its own.
    if (/ignore/.test(style["mso-list"] || "")) {
      context.block.marker ??= { text: "" };
      context = { ...context, marker: context.block.marker };
    }
    if (element.querySelector(":scope > a[href^='#cmnt']")) return;
    this.readAll(element.childNodes, this.within(element, style, context));
  }

  /* The context of what stands in an element: its marks, and whether its line ends are kept. */
  within(element, style, context) {
    let marks = marksIn(element, style, context.marks);
    if (element.localName === "a") marks = { ...marks, href: linkOf(element.getAttribute("href")) };
    const symbols = /symbol|wingdings/.test(style["font-family"] || element.getAttribute("face")?.toLowerCase() || "");
    if (symbols && context.block && !context.marker) context.block.symbols = true;
    const space = style["white-space"];
    const pre = space ? /^(?:pre|break-spaces)/.test(space) : context.pre;
    return { ...context, marks, pre: pre || element.localName === "pre" };
  }

  block(element, style, context) {
    const name = element.localName;
    if (element.querySelector(":scope > a[href^='#cmnt_ref']")) return;
    this.flush(context);
    const inside = this.within(element, style, context);
    if (name === "table") readTable(this, element, inside);
    else if (name === "blockquote") this.quotation(element, style, inside);
    else if (LISTS.has(name)) readList(this, element, inside);
    else if (name === "li") readStrayItem(this, element, inside);
    else {
      const block = { name: blockName(element, style), id: idOf(element), slice: sliceOf(element) };
      // Subheads are bold by themselves.
      if (block.name !== "p") inside.marks = { ...inside.marks, bold: false };
      block.isBold = isBold(style);
      block.list = this.styles.listOf(style);
      block.looksListed = asItem(element, style);
      // A wrapper around a paragraph of a heading or an item leaves its name to it.
      if (block.name === "p" && /^(?:div|p|section|center)$/.test(name) && context.block.name !== "p") {
        block.name = context.block.name;
        block.isBold = context.block.isBold;
      }
      block.list ??= name === "p" || name === "div" ? context.block.list : undefined;
      inside.block = block;
      this.readAll(element.childNodes, inside);
      this.flush(inside);
    }
  }

  /* End the paragraph; what stands between two line breaks is a paragraph too. */
  flush(context) {
    const words = tidy(this.words);
    this.words = new Words();
    if (words.isBlank) return;
    const { block } = context;
    for (const part of words.split(/\n\n+/g)) {
      this.into.push(...markedLines({ ...block, words: context.pre ? unwrapped(part) : part }));
    }
    block.list = block.marker = block.id = block.slice = undefined;
  }

  quotation(element, style, context) {
    const isIndent = /none/.test(style.border || "") && /40px/.test(style.margin || "");
    const blocks = this.blocksOf(element.childNodes, { ...context, block: { name: "p" }, quoted: true });
    // A quotation in a quotation is one.
    if (isIndent || context.quoted) this.into.push(...blocks);
    else this.put({ name: "blockquote", blocks, id: idOf(element), slice: sliceOf(element) });
  }

  /* Put a container in; our own nodes never stand in one, but after it. */
  put(container) {
    const own = [];
    const rest = (blocks) => blocks.filter((block) => block.name !== "own" || !own.push(block));
    if (container.blocks) container.blocks = rest(container.blocks);
    else container.items = container.items.map(rest).filter((item) => item.length);
    if ((container.blocks || container.items).length) this.into.push(container);
    this.into.push(...own);
  }

  quoted(element, context) {
    this.words.add("“", context.marks);
    this.inline(element, this.styles.of(element), context);
    this.words.add("”", context.marks);
  }

  picture(element, context) {
    const { emoji, missing } = pictureOf(element);
    if (emoji) this.text(emoji, context);
    else if (missing) this.missing.push(missing);
  }

  own(element, context) {
    const attrs = attrsOf(element);
    if (!attrs) {
      this.block(element, this.styles.of(element), context);
      return;
    }
    this.flush(context);
    this.into.push({ name: "own", kind: element.dataset.kind, attrs, id: idOf(element), slice: sliceOf(element) });
  }

  /* Drawings hold no words of a story, but a page that forgets to close one goes on in it. */
  drawing(element, context) {
    if (element.getAttribute("role") === "img" && element.getAttribute("aria-label")) this.missing.push(missedOf(element));
    for (const child of element.children) {
      if (BLOCKS.has(child.localName)) this.element(child, context);
      else this.drawing(child, context);
    }
  }

  isShown(element) {
    return !isHidden(element, this.styles.of(element));
  }

  /* The blocks in an item or a cell, with the marks of its own. */
  blocksIn(element, context) {
    return this.blocksOf(element.childNodes, this.within(element, this.styles.of(element), { ...context, block: { name: "p" } }));
  }
}
