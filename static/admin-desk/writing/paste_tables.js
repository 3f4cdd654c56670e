/*
 * Tables in pasted HTML: one that holds figures in rows becomes a paragraph for each row; one that
 * only lays a page out is left, and what stands in its cells follows one after the other.
 */
import { PLAIN, Words, tidy } from "./paste_words.js";

const LONGEST = 100;
const PARTS = "table, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, [data-kind]";

const isBlank = (cell) => !cell.textContent.replaceAll("\u00a0", " ").trim();
const ofTable = (table) => (element) => element.closest("table") === table;

/* Whether a cell holds a piece of a story rather than an entry. */
function isLaidOut(cell) {
  const paragraphs = [...cell.querySelectorAll("p, div")].filter((part) => !part.querySelector("p, div") && !isBlank(part));
  return Boolean(cell.querySelector(PARTS)) || paragraphs.length > 2;
}

/* {rows: [[cell]], caption, isData}, of what is shown. */
function partsOf(table, isShown) {
  const rows = [...table.querySelectorAll("tr")]
    .filter((row) => ofTable(table)(row) && isShown(row) && isShown(row.parentNode))
    .map((row) => [...row.children].filter((cell) => /^t[dh]$/.test(cell.localName) && isShown(cell)));
  const filled = rows.flat().filter((cell) => !isBlank(cell));
  const caption = [...table.querySelectorAll("caption")].find(ofTable(table));
  const isData =
    !/^(?:presentation|none)$/.test(table.getAttribute("role") || "")
    && rows.some((cells) => cells.filter((cell) => !isBlank(cell)).length > 1)
    && !filled.some(isLaidOut);
  return { rows, caption, isData };
}

export function readTable(reader, table, context) {
  const { rows, caption, isData } = partsOf(table, (element) => reader.isShown(element));
  const above = caption ? reader.blocksIn(caption, context) : [];
  if (!isData) {
    reader.into.push(...above, ...rows.flat().flatMap((cell) => reader.blocksIn(cell, context)));
    return;
  }
  const read = rows.map((cells) => wordsOf(cells.map((cell) => reader.blocksIn(cell, context))));
  const paragraphs = read.filter((words) => !words.isBlank).map((words) => ({ name: "p", words }));
  const named = above.find((block) => block.words) || paragraphs[0];
  if (named) reader.missing.push({ kind: "table", words: named.words.text.replace(/\s+/g, " ").slice(0, LONGEST) });
  reader.into.push(...above, ...paragraphs);
}

/* The words of a row, a sign between its cells; an empty one between others keeps its place. */
function wordsOf(row) {
  const cells = row.map((blocks) => join(leaves(blocks), " ").replace(/\n/g, () => " "));
  while (cells.length && cells.at(-1).isBlank) cells.pop();
  while (cells.length && cells[0].isBlank) cells.shift();
  return tidy(join(cells, " · ").replace(/ · (?= · )/g, () => " ·"));
}

function join(list, sign) {
  const joined = new Words();
  list.forEach((words, place) => {
    if (place) joined.add(sign, PLAIN);
    joined.append(words);
  });
  return joined;
}

/* The words of all paragraphs and subheads among blocks and in them. */
function leaves(blocks) {
  return blocks.flatMap((block) => (block.words ? [block.words] : leaves(block.blocks || (block.items || []).flat())));
}
