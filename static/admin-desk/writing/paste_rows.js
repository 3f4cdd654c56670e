/*
 * Plain text that is a table: lines with tabs as spreadsheets give them, or CSV with commas or semicolons.
 * What looks like a formula stays the words that it is.
 */
import { MOST_COLUMNS, MOST_ROWS, cellsOf, escape, evened } from "./kinds/cells.js";
import { tidyText } from "./paste_words.js";

const SEPARATORS = ["\t", ";", ","];
const DECIMAL_COMMA = /^\s*[+\-−]?\d+,\d+\s*%?\s*$/;

/* Rows of texts, read as CSV; null where a quoted text does not end. */
function readLines(text, separator) {
  const rows = [[]];
  const part = new RegExp(`"((?:[^"]|"")*)"(?=[${separator}\\n]|$)|([^${separator}\\n]*)`, "y");
  for (let place = 0; place <= text.length; place += 1) {
    part.lastIndex = place;
    const [found, quoted, bare] = part.exec(text);
    rows.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    place += found.length;
    if (text[place] === "\n") rows.push([]);
  }
  return rows;
}

const isEven = (rows) => rows.length > 1 && rows[0].length > 1 && rows.every((row) => row.length === rows[0].length);
const lines = (text) => text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
const written = (rows) => evened(rows).map((row) => row.map((words) => escape(tidyText(words))));

/** The rows of a text that is pasted into a grid. */
export function rowsOfText(text) {
  const given = lines(text);
  if (!given.trim()) return [];
  if (given.includes("\t")) return written(readLines(given, "\t"));
  const each = given.split("\n");
  if (!each.every((line) => DECIMAL_COMMA.test(line))) {
    const found = SEPARATORS.map((separator) => readLines(given, separator)).find(isEven);
    if (found) return written(found);
  }
  return written(each.map((line) => [line]));
}

/** The one block of a text that is a table wherever it is pasted: every line has the same tabs. */
export function tableOfText(text) {
  const rows = text.includes("\t") ? readLines(lines(text), "\t") : [];
  if (!isEven(rows) || rows.length > MOST_ROWS || rows[0].length > MOST_COLUMNS) return null;
  const attrs = { title: "", source: "", head: "", cells: cellsOf(written(rows)) };
  return [{ name: "own", kind: "table", attrs }];
}
