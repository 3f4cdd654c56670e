/*
 * What is pasted into a story, from any program, in the editor's own form.
 *
 * The words before are the words after; what is no word of a story and did not come along (pictures,
 * embeds) is named. Nothing of the pasted HTML itself is kept: it is read, and what the
 * editor's schema knows is written anew.
 */
import { plainBlocks } from "./paste_plain.js";
import { Reader } from "./paste_reader.js";
import { rowsOfText, tableOfText } from "./paste_rows.js";
import { scan } from "./paste_scan.js";
import { Styles } from "./paste_styles.js";
import { rowsOfTables } from "./paste_tables.js";
import { writeBlocks } from "./paste_write.js";

export { picturesIn } from "./paste_missing.js";

/* Editors of code colour plain text; then the plain text says more. */
const FROM_CODE_EDITOR = /^\s*(?:<meta[^>]*>\s*)?<(?:div|pre)\s[^>]*style="[^">]*font-family:[^">]*mono[^">]*white-space:\s*pre/i;
/* Windows puts lines on the fragment before the HTML. */
const CLIPBOARD_HEADER = /^Version:[\d.]+\s[^<]*/;

/* {reader, body} of pasted HTML, parsed. */
function parsed(html, missing) {
  const { html: harmless, sheet } = scan(html.replace(CLIPBOARD_HEADER, ""));
  const { body } = new DOMParser().parseFromString(harmless, "text/html");
  return { reader: new Reader(new Styles(sheet), missing), body };
}

function htmlBlocks(html, missing) {
  const { reader, body } = parsed(html, missing);
  return reader.blocksOf(body.childNodes);
}

/* What is pasted into a grid, as rows of cells: of a table, or of lines with tabs, commas or semicolons. */
export function rowsOfPaste(html, text) {
  const { reader, body } = parsed(html, []);
  const rows = html ? rowsOfTables(reader, body) : [];
  return rows.length ? rows : rowsOfText(text);
}

/*
 * {html, missing: [{kind, words}]}: HTML of paragraphs, subheads, lists, quotations and our own
 * nodes, and what could not be taken over. kind: "table" (too large: its rows are paragraphs),
 * "picture", "video", "audio", "embed", "formula". Pictures with a data: address are not missing: `picturesIn`.
 */
export function cleanPaste(html, text = "") {
  const missing = [];
  let blocks = [];
  if (html && !(text.trim() && FROM_CODE_EDITOR.test(html))) blocks = htmlBlocks(html, missing);
  if (!blocks.length && !missing.length) blocks = tableOfText(text) || plainBlocks(text);
  return { html: writeBlocks(blocks), missing };
}
