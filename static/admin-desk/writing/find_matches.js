/*
 * Where words stand in a story: in its prose, and in what our own nodes hold.
 *
 * A match is {from, to} in prose, or {from, to, name, start, end} of an attribute of the node there, and
 * with `at` of that picture of the gallery there.
 */
import { escape } from "./kinds/cells.js";

const CELLS = "cells";
/* What people may search in a kind of node, in the order in which it is shown. */
const READ = {
  caption: ["caption", "credit", "alt"],
  pullquote: ["text", "attribution"],
  relatedlink: ["headline", "title"],
  embed: ["title"],
  gallery: ["title"],
  table: ["title", "cells", "source"],
  chart: ["title", "unit", "cells", "description", "note", "source"],
  film: ["title", "caption", "credit"],
  sound: ["title", "caption", "credit"],
};
const LETTER = "[\\p{L}\\p{N}\\p{M}_]";
/* Signs that nobody types as they are printed. */
const SPELT = { "'": "['’‘‚]", '"': '["“”„«»]', " ": "[ \\u00a0\\u202f]", "-": "[-–‑]" };

/* The pattern for {text, matchCase, wholeWords}; null when there is nothing to look for. */
export function patternOf({ text, matchCase, wholeWords }) {
  if (!text) return null;
  const spelt = text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/['" -]/g, (sign) => SPELT[sign]);
  const [start, end] = wholeWords ? [`(?<!${LETTER})`, `(?!${LETTER})`] : ["", ""];
  return new RegExp(start + spelt + end, matchCase ? "gu" : "giu");
}

/* An attribute's words, each where it stands; of cells, which are HTML, no tags. */
function shownOf(words, name) {
  const value = String(words || "");
  return name === CELLS ? value.replace(/<[^>]*>/g, (tag) => "\0".repeat(tag.length)) : value;
}

const textOf = (node) => node.textBetween(0, node.content.size, "\n", "\n");

function wordsIn({ type, attrs }) {
  const own = (READ[type.name] || []).map((name) => ({ name, words: attrs[name] }));
  const held = (attrs.pictures || []).flatMap((each, at) => READ.caption.map((name) => ({ name, at, words: each[name] })));
  return [...own, ...held];
}

/* All matches in a document, in its order. */
export function matchesIn(doc, pattern) {
  const matches = [];
  if (!pattern) return matches;
  doc.descendants((node, pos) => {
    if (node.isTextblock) {
      for (const { index, 0: found } of textOf(node).matchAll(pattern)) {
        matches.push({ from: pos + 1 + index, to: pos + 1 + index + found.length });
      }
      return false;
    }
    for (const { words, ...place } of wordsIn(node)) {
      for (const { index, 0: found } of shownOf(words, place.name).matchAll(pattern)) {
        matches.push({ from: pos, to: pos + node.nodeSize, ...place, start: index, end: index + found.length });
      }
    }
    return true;
  });
  return matches;
}

/* Put words in the place of matches; from the last to the first, so that none moves another. */
export function replaceIn(tr, matches, words) {
  for (const { from, to, name, at, start, end } of [...matches].reverse()) {
    const written = name === CELLS ? escape(words.replace(/[\t\n]/g, " ")) : words;
    const put = (value) => value.slice(0, start) + written + value.slice(end);
    if (at !== undefined) {
      const { pictures } = tr.doc.nodeAt(from).attrs;
      tr.setNodeAttribute(from, "pictures", pictures.with(at, { ...pictures[at], [name]: put(pictures[at][name]) }));
    } else if (name) {
      tr.setNodeAttribute(from, name, put(tr.doc.nodeAt(from).attrs[name]));
    } else if (words) {
      const { marks } = tr.doc.resolve(from).nodeAfter;
      tr.replaceWith(from, to, tr.doc.type.schema.text(words, marks));
    } else {
      tr.delete(from, to);
    }
  }
  return tr;
}
