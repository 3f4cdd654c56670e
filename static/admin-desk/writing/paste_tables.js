/*
 * Tables in pasted HTML: one that holds figures or words in rows becomes a table of the story; one that
 * only lays a page out is left, and what stands in its cells follows one after the other. One that is
 * larger than a table may be becomes a paragraph for each row.
 */
import { MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, cellsOf, evened } from "./kinds/cells.js";
import { PLAIN, Words, inlineHTML, tidy } from "./paste_words.js";

const LONGEST = 100;
const LONGEST_TITLE = 200;
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
  const read = rows.map((cells) => cells.map((cell) => reader.blocksIn(cell, context)));
  const block = tableOf(rows, read, above);
  if (block) reader.into.push(block);
  else pushRows(reader, read, above);
}

/* The block of a table, or null of one that is too small or too large. */
function tableOf(elements, read, above) {
  const rows = gridOf(elements, read).filter((row) => row.some((html) => html.trim()));
  const title = join(leaves(above), " ").text.replace(/\s+/g, " ").trim();
  const cells = cellsOf(rows);
  const isOne = rows.length > 1 && rows.length <= MOST_ROWS && rows[0].length <= MOST_COLUMNS;
  if (!isOne || cells.length > MOST_CHARACTERS || title.length > LONGEST_TITLE) return null;
  return { name: "own", kind: "table", attrs: { title, source: "", head: headOf(elements), cells } };
}

/* Which cells are headings; where none says so, the first row, as in a spreadsheet. */
function headOf(elements) {
  const [first, ...rest] = elements.filter((cells) => cells.length);
  const isHead = (cell) => cell?.localName === "th";
  const hasSide = rest.length > 0 && rest.every(([cell]) => isHead(cell));
  return hasSide ? (first.slice(1).every(isHead) ? "both" : "column") : "";
}

/* Rows of cells as HTML, each cell that spans others with empty ones beside and below it. */
function gridOf(elements, read) {
  const rows = elements.map(() => []);
  elements.forEach((cells, r) => {
    let column = 0;
    cells.forEach((cell, c) => {
      while (rows[r][column] !== undefined) column += 1;
      const [width, height] = ["colspan", "rowspan"].map((name) => Math.min(Math.max(Number(cell.getAttribute(name)) || 1, 1), 100));
      for (let down = 0; down < Math.min(height, rows.length - r); down += 1) {
        for (let on = 0; on < width; on += 1) rows[r + down][column + on] = down || on ? "" : cellHTML(read[r][c]);
      }
      column += width;
    });
  });
  return withoutEmptyColumns(evened(rows.map((row) => Array.from(row, (html) => html ?? ""))));
}

function withoutEmptyColumns(rows) {
  const isFilled = (_, column) => rows.some((row) => row[column].trim());
  return rows.map((row) => row.filter(isFilled));
}

/* The words of a cell on one line, in the form of the server. */
function cellHTML(blocks) {
  const words = tidy(join(leaves(blocks), " ")).replace(/\s*\n\s*/g, () => " ");
  words.marks = words.marks.map((marks) => ({ ...marks, script: "" }));
  return inlineHTML(words).replace(/(<a href="[^"]*")>/g, '$1 rel="noopener">').replaceAll("\t", " ");
}

/* All rows of the tables in pasted HTML, for a grid. */
export function rowsOfTables(reader, body) {
  const context = { marks: PLAIN, block: { name: "p" } };
  return [...body.querySelectorAll("table")].flatMap((table) => {
    const { rows } = partsOf(table, (element) => reader.isShown(element));
    return gridOf(rows, rows.map((cells) => cells.map((cell) => reader.blocksIn(cell, context))));
  });
}

function pushRows(reader, read, above) {
  const paragraphs = read.map(wordsOf).filter((words) => !words.isBlank).map((words) => ({ name: "p", words }));
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
