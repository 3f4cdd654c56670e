/*
 * The blocks of a story as HTML in the editor's own form.
 */
import { plainOf } from "./kinds/cells.js";
import { escape, inlineHTML } from "./paste_words.js";

function attributes(block, isTop) {
  const id = isTop && block.id ? ` data-id="${block.id}"` : "";
  return id + (block.slice ? ` data-pm-slice="${escape(block.slice)}"` : "");
}

function words(block) {
  // Bold from end to end says nothing in a subhead.
  const { words: text, name, isBold } = block;
  const allBold = name !== "p" && (isBold || text.marks.every((marks, n) => marks.bold || !text.text[n].trim()));
  return inlineHTML(text, allBold ? "strong" : "");
}

function own({ kind, attrs }) {
  const data = Object.entries(attrs).map(([name, value]) => ` data-${name}="${escape(value)}"`);
  return ` data-kind="${kind}"${data.join("")}`;
}

/* The words of a table, for other programs: of our own nodes only attributes are read. */
const shownOf = ({ kind, attrs }) => (kind === "table" ? `${escape(attrs.title)} ${escape(plainOf(attrs.cells))}` : "");

function write(block, isTop) {
  const { name } = block;
  if (name === "own") return `<div${attributes(block, isTop)}${own(block)}>${shownOf(block)}</div>`;
  let inside;
  if (block.words) inside = words(block);
  else if (block.blocks) inside = writeBlocks(block.blocks, false);
  else inside = settled(block.items).map((blocks) => `<li>${writeBlocks(blocks, false)}</li>`).join("");
  return `<${name}${attributes(block, isTop)}>${inside}</${name}>`;
}

/* The items of a list, each of which begins with a paragraph; a list without one is part of the item above. */
function settled(items) {
  const result = [];
  for (const [first, ...rest] of items) {
    if (first.words) result.push([{ ...first, name: "p" }, ...rest]);
    else if (first.blocks) result.push(...settled([[...first.blocks, ...rest]]));
    else {
      if (result.length) result.at(-1).push(first);
      else result.push(...settled(first.items));
      result.at(-1).push(...rest);
    }
  }
  return result;
}

export function writeBlocks(blocks, isTop = true) {
  return blocks.map((block) => write(block, isTop)).join("");
}
