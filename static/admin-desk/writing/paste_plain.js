/*
 * Pasted plain text as the blocks of a story: lines that a mail program wrapped are joined, and the
 * signs of Markdown become what they stand for.
 */
import { linkOf } from "./paste_links.js";
import { gatherLists } from "./paste_lists.js";
import { PLAIN, Words, tidy } from "./paste_words.js";

const BULLET = /^(\s*)([•‣▪◦●*+-])\s+(?=\S)/;
const NUMBER = /^(\s*)(\d{1,3})[.)]\s+(?=\S)/;
const SUBHEAD = /^#{1,6}\s+(.*?)\s*#*$/;
const QUOTE = /^> ?/;
const RULE = /^\s*([-_=*])(?:\1){2,}\s*$/;
const NARROWEST = 45, WIDEST = 100;

const lineLength = (line) => line.trimEnd().length;
const isSign = (line) => BULLET.test(line) || NUMBER.test(line) || SUBHEAD.test(line) || QUOTE.test(line);

/* The width a text was wrapped at; 0 when it was not. */
function widthOf(lines) {
  const width = Math.max(0, ...lines.map(lineLength));
  return width >= NARROWEST && width <= WIDEST ? width : 0;
}

/* Whether a line goes on in the next: there was no room for the next word. */
function goesOn(line, next, width) {
  if (!width || !next.trim()) return false;
  return lineLength(line) + 1 + next.trim().split(/\s/)[0].length > width;
}

/* Lines of one paragraph as a text, with "\n" where a line was meant to end. */
function joinLines(lines, width) {
  return lines.reduce((text, line, n) => {
    if (!n) return line.trim();
    const isFlowed = lines[n - 1].endsWith(" ") && !lines[n - 1].endsWith("  ");
    return text + (isFlowed || goesOn(lines[n - 1], line, width) ? " " : "\n") + line.trim();
  }, "");
}

/* Words with a space in place of line ends that only the width of a page asked for. */
export function unwrapped(words) {
  const lines = words.text.split("\n");
  const width = widthOf(lines);
  let n = 0;
  return words.replace(/\n/g, () => (goesOn(lines[n], lines[(n += 1)], width) ? " " : "\n"));
}

/* [pattern, marks of what stands in it] */
const SIGNS = [
  [/\[([^\]\n]+)\]\(\s*<?((?:https?:|mailto:)[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+"[^"\n]*")?\s*\)/g, (found) => ({ href: linkOf(found[2]) })],
  [/(?<![\p{L}\p{N}*\\])\*\*(?=\S)([^*\n]*(?:\*[^*\n]+\*[^*\n]*)*?\S)\*\*(?![\p{L}\p{N}*])/gu, () => ({ bold: true })],
  [/(?<![\p{L}\p{N}_\\])__(?=\S)([^_\n]*\S)__(?![\p{L}\p{N}_])/gu, () => ({ bold: true })],
  [/(?<![\p{L}\p{N}*\\])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\p{L}\p{N}*])/gu, () => ({ italic: true })],
  [/(?<![\p{L}\p{N}_\\])_(?=[^\s_])([^_\n]*[^\s_])_(?![\p{L}\p{N}_])/gu, () => ({ italic: true })],
];
const ADDRESS = /<?(https?:\/\/[^\s<>"“”«»]+[^\s<>"“”«».,;:!?)\]’'*_])>?/g;

/* Words with the marks that Markdown gives them, in place of its signs. */
function marked(text) {
  let words = new Words().add(text, PLAIN);
  for (const [pattern, marks] of SIGNS) {
    let result = new Words(), place = 0;
    for (const found of words.text.matchAll(pattern)) {
      const start = found.index + found[0].indexOf(found[1]);
      const inside = words.slice(start, start + found[1].length);
      inside.marks = inside.marks.map((before) => ({ ...before, ...marks(found) }));
      result = result.append(words.slice(place, found.index)).append(inside);
      place = found.index + found[0].length;
    }
    words = result.append(words.slice(place));
  }
  return linked(words).replace(/\\([*_#\\[\]>`-])/g, (found) => found[1]);
}

/* Addresses lead where they say. */
function linked(words) {
  let result = new Words(), place = 0;
  for (const found of words.text.matchAll(ADDRESS)) {
    const start = found.index + found[0].indexOf(found[1]);
    const inside = words.slice(start, start + found[1].length);
    const href = linkOf(found[1]);
    inside.marks = inside.marks.map((before) => ({ ...before, href: before.href || href }));
    result = result.append(words.slice(place, found.index)).append(inside);
    place = found.index + found[0].length;
  }
  return result.append(words.slice(place));
}

const paragraph = (text, name = "p") => ({ name, words: tidy(marked(text)) });

/* Runs of lines that belong together: [{kind, lines}]. */
function groupsOf(lines) {
  const groups = [];
  let open = null;
  lines.forEach((line, n) => {
    const kind = kindOf(line, lines, n);
    const carriesOn = open?.kind === "item" && kind === "words" && /^\s{2,}\S/.test(line);
    if (kind === "blank") open = null;
    else if (open && (open.kind === kind || carriesOn) && kind !== "subhead") open.lines.push(line);
    else groups.push((open = { kind, lines: [line] }));
  });
  return groups;
}

function kindOf(line, lines, n) {
  if (!line.trim()) return "blank";
  if (RULE.test(line)) return "blank";
  if (SUBHEAD.test(line)) return "subhead";
  if (QUOTE.test(line)) return "quote";
  return isItem(lines, n) ? "item" : "words";
}

/* A bullet or number begins an item when its neighbour begins with the same. */
function isItem(lines, n) {
  const bullet = BULLET.exec(lines[n]);
  if (bullet && !/[*+-]/.test(bullet[2])) return true;
  const near = nearest(lines, n);
  if (bullet) return near.some((line) => BULLET.test(line) || NUMBER.test(line));
  const number = NUMBER.exec(lines[n]);
  return Boolean(number) && near.some((line) => {
    const other = NUMBER.exec(line);
    return other ? Math.abs(Number(other[2]) - Number(number[2])) <= 1 : BULLET.test(line);
  });
}

/* The lines before and after one, past those that carry its item on. */
function nearest(lines, n) {
  return [-1, 1].map((step) => {
    let at = n + step;
    while (lines[at] !== undefined && /^\s{2,}\S/.test(lines[at]) && !isSign(lines[at])) at += step;
    return lines[at] || "";
  });
}

function itemsOf(lines, width) {
  const items = [];
  for (const line of lines) {
    const found = BULLET.exec(line) || NUMBER.exec(line);
    if (found) items.push({ found, lines: [line.slice(found[0].length)] });
    else items.at(-1).lines.push(line);
  }
  const depths = [...new Set(items.map(({ found }) => found[1].replaceAll("\t", "    ").length))].sort((a, b) => a - b);
  return items.map(({ found, lines: own }) => {
    const ordered = /\d/.test(found[2]);
    const level = depths.indexOf(found[1].replaceAll("\t", "    ").length) + 1;
    const list = { id: "", level, ordered, value: ordered ? Number(found[2]) : undefined, marker: ordered ? `${found[2]}.` : "" };
    return { ...paragraph(joinLines(own, width).replaceAll("\n", " ")), list };
  });
}

/* Paragraphs of a run of lines: with blank lines in the text a line end is a line break. */
function wordsOf(lines, width, isSpaced) {
  const parts = joinLines(lines, width).split("\n");
  const underlined = parts.length === 1;
  if (underlined || (isSpaced && parts.every((part) => part.length <= WIDEST))) return [paragraph(parts.join("\n"))];
  return parts.map((part) => paragraph(part));
}

/* The blocks of a plain text. */
export function plainBlocks(text) {
  const lines = text.replace(/\r\n?|[\v\u2028\u2029]/g, "\n").replace(/[\u200b\ufeff]/g, "").split("\n");
  const isSpaced = /\S[^\S\n]*\n\s*\n/.test(lines.join("\n").trim());
  const width = widthOf(lines);
  const blocks = groupsOf(lines).flatMap(({ kind, lines: own }) => {
    if (kind === "subhead") {
      return [paragraph(SUBHEAD.exec(own[0].trim())[1], /^\s*#{1,2}\s/.test(own[0]) ? "h2" : "h3")];
    }
    if (kind === "quote") {
      const inside = plainBlocks(own.map((line) => line.replace(/^(?:> ?)+/, "")).join("\n"));
      return [{ name: "blockquote", blocks: inside }];
    }
    return kind === "item" ? itemsOf(own, width) : wordsOf(own, width, isSpaced);
  });
  return gatherLists(blocks.filter((block) => !block.words || !block.words.isBlank));
}
