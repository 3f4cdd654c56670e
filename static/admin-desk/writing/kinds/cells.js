/*
 * The cells of a table: a line for each row, a tab between two cells, each HTML of words, emphasis and
 * links in the form in which the server keeps it (articles/desk/rich_text/cells.py).
 */
import { make } from "../elements.js";
import { cleanHref } from "../hrefs.js";

export const MOST_COLUMNS = 20;
export const MOST_ROWS = 500;
export const MOST_CHARACTERS = 40_000;
const FIRST = 3;

const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;" };
const NAMES = { ...Object.fromEntries(Object.entries(ESCAPED).map(([sign, name]) => [name, sign])), "&quot;": '"' };
const PART = /<(\/?)(strong|em|a)(?: href="([^"]*)"[^>]*)?>|&(?:amp|lt|gt|nbsp|quot);|[^<&]+|[<&]/g;
const TAGS = { B: "strong", STRONG: "strong", I: "em", EM: "em" };

/** Rows of cells, all of one length; an empty table has a few to begin with. */
export function rowsOf(cells) {
  if (!cells) return Array.from({ length: FIRST }, () => Array(FIRST).fill(""));
  const rows = cells.split("\n").map((line) => line.split("\t"));
  return evened(rows);
}

export const cellsOf = (rows) => rows.map((row) => row.join("\t")).join("\n");

export function evened(rows) {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return rows.map((row) => [...row, ...Array(width - row.length).fill("")]);
}

export const escape = (text) => text.replace(/[&<>\u00a0]/g, (sign) => ESCAPED[sign]);

/** The words of a cell without markup. */
export const plainOf = (html) => html.replace(PART, (part, _end, tag) => (tag ? "" : (NAMES[part] ?? part)));

/** Nodes that show a cell. Nothing of the text is read as markup but our own few tags. */
export function nodesOf(html) {
  const root = document.createDocumentFragment();
  const open = [root];
  for (const [part, end, tag, href] of html.matchAll(PART)) {
    if (!tag) open.at(-1).append(NAMES[part] ?? part);
    else if (end) open.length > 1 && open.pop();
    else {
      const address = tag === "a" && cleanHref((href ?? "").replaceAll("&amp;", "&"));
      const element = address ? make(tag, { href: address }) : make(tag === "a" ? "span" : tag);
      open.at(-1).append(element);
      open.push(element);
    }
  }
  return root;
}

/** The HTML of what stands in an element, as the server would write it. */
export const htmlOf = (element) => written(runsOf(element));

/** The same with other marks on the words from one place to another: `change(marks)` gives them. */
export function htmlWith(element, [start, end], change) {
  let place = 0;
  const runs = runsOf(element).flatMap(({ text, marks }) => {
    const cuts = [start, end].map((at) => Math.min(Math.max(at - place, 0), text.length));
    place += text.length;
    const parts = [text.slice(0, cuts[0]), text.slice(...cuts), text.slice(cuts[1])];
    return parts.map((part, n) => ({ text: part, marks: n === 1 ? change(marks) : marks }));
  });
  return written(runs);
}

/** The marks of the words between two places: [{href, strong, em}]. */
export function marksAt(element, [start, end]) {
  let place = 0;
  return runsOf(element).filter(({ text }) => {
    const from = place;
    place += text.length;
    return from < end && place > start;
  }).map(({ marks }) => marks);
}

/* [{text, marks: {href, strong, em}}] */
function runsOf(element, marks = { href: "", strong: false, em: false }) {
  return [...element.childNodes].flatMap((child) => {
    if (child.nodeType === 3) return [{ text: child.data, marks }];
    if (child.nodeName === "BR") return child.nextSibling ? [{ text: " ", marks }] : [];
    return child.nodeType === 1 ? runsOf(child, marksIn(child, marks)) : [];
  });
}

function marksIn(element, marks) {
  if (element.nodeName === "A") return { ...marks, href: cleanHref(element.getAttribute("href")) };
  return TAGS[element.nodeName] ? { ...marks, [TAGS[element.nodeName]]: true } : marks;
}

const tagsOf = ({ href, strong, em }) => [
  ...(href ? [`a href="${href.replace(/["<>\s]/g, encodeURIComponent).replaceAll("&", "&amp;")}" rel="noopener"`] : []),
  ...(strong ? ["strong"] : []),
  ...(em ? ["em"] : []),
];

/* Runs as HTML, each tag open for as long as it can be. */
function written(runs) {
  const end = (tag) => `</${tag.split(" ")[0]}>`;
  let html = "", open = [];
  for (const { text, marks } of [...runs.filter((run) => run.text), { text: "", marks: {} }]) {
    const tags = tagsOf(marks);
    let same = 0;
    while (same < open.length && open[same] === tags[same]) same += 1;
    html += open.slice(same).reverse().map(end).join("") + tags.slice(same).map((tag) => `<${tag}>`).join("");
    html += escape(text.replace(/[ \t\r\n]+/g, " "));
    open = tags;
  }
  return html;
}
