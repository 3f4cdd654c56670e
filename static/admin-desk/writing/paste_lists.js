/*
 * Lists made of paragraphs: those of Word, and lines that begin with a bullet.
 */
import { PLAIN, Words, tidy } from "./paste_words.js";

/* Nobody begins a sentence with one of these. */
const BULLET = /^(?:[•‣▪▫◦●○■□➢➤✓✔\uf0a7\uf0b7\uf0d8\uf076\uf0fc][\s\u00a0]+)+(?=\S)/u;
/* These are bullets where the paragraph is set as an item of a list. */
const MAYBE_BULLET = /^[·o§–—*-][\s\u00a0]+(?=\S)/;
const NUMBER = /^\(?(\d{1,3}|[a-z])[.)][\s\u00a0]+(?=\S)/i;
const DASH = /^[-*·] (?=\S)/;

/* Whether a paragraph is set as an item of a list, and how deep. */
export function asItem(element, style) {
  const margin = /^([\d.]+)(pt|in|cm)$/.exec(style["margin-left"] || /\s([\d.]+(?:pt|in|cm))$/.exec(style.margin || "")?.[1] || "");
  const points = margin ? Number(margin[1]) * { pt: 1, in: 72, cm: 28.35 }[margin[2]] : 36;
  const listed = /\bMsoList|\bListParagraph/i.test(element.className) || /^-/.test(style["text-indent"] || "");
  return listed ? { level: Math.max(1, Math.round(points / 36)) } : null;
}

const without = (words, found) => words.slice(found[0].length, words.text.length);

/* The number an item begins with: 3 of "3.", 1 of "a)"; of other letters nothing is told. */
function valueOf(marker) {
  const [, value] = /(\d+|[ai])[.)]?$/i.exec(marker.trim()) || [];
  if (!value) return undefined;
  if (/\d/.test(value)) return Number(value);
  return /^\(?[ai][.)]?$/i.test(marker.trim()) ? 1 : undefined;
}

function isNumber(marker) {
  return /^\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.)]?\)?$/i.test(marker.replace(/[\s\u00a0]+/g, "")) && !/^[o·]$/.test(marker.trim());
}

/* A paragraph, with `list` if it is an item; several if its lines are items. */
export function markedLines(block) {
  const marker = block.marker && tidy(new Words().add(block.marker.text, PLAIN)).text;
  if (block.name !== "p") {
    // The number of a heading is a word of it.
    const number = marker && isNumber(marker) ? `${marker} ` : "";
    return [{ ...block, list: undefined, words: new Words().add(number, PLAIN).append(block.words) }];
  }
  if (block.list?.value) return [block];
  if (block.list) {
    const ordered = marker ? isNumber(marker) : block.list.ordered;
    return [{ ...block, list: { ...block.list, ordered, value: ordered && marker ? valueOf(marker) : undefined, marker } }];
  }
  return bulletLines(block);
}

function bulletLines(block) {
  const listed = block.looksListed || (block.symbols && { level: 1 });
  const { text } = block.words;
  const bullet = BULLET.exec(text) || (listed && MAYBE_BULLET.exec(text));
  const number = block.looksListed && NUMBER.exec(text);
  if (number && !bullet) {
    const list = { id: "", level: listed.level, ordered: true, value: valueOf(number[0]), marker: number[0].trim() };
    return [{ ...block, words: without(block.words, number), list }];
  }
  const lines = block.words.split(/\n/g);
  if (bullet && lines.length === 1) return [item(block, block.words, bullet, listed?.level)];
  if (lines.length < 2) return [block];
  return itemsAmong(block, lines);
}

function item(block, words, found, level = 1) {
  const rest = without(words, found);
  const again = BULLET.exec(rest.text);
  return { ...block, words: again ? without(rest, again) : rest, list: { id: "", level, ordered: false } };
}

/* The lines of a paragraph, of which those that begin with a bullet are items. */
function itemsAmong(block, lines) {
  const isItem = (n) => {
    if (BULLET.test(lines[n].text)) return true;
    // One dash may begin what somebody says; two in a row begin a list.
    return DASH.test(lines[n].text) && [n - 1, n + 1].some((next) => lines[next] && DASH.test(lines[next].text));
  };
  const parts = [];
  lines.forEach((words, n) => {
    if (isItem(n)) parts.push(item(block, words, BULLET.exec(words.text) || DASH.exec(words.text)));
    else if (parts.length && !parts.at(-1).list) parts.at(-1).words.add("\n", PLAIN).append(words);
    else parts.push({ ...block, words });
  });
  return parts;
}

/* Items of a list that does not begin with 1: its numbers would be others, so they stay words. */
export function numbered(items, first, step = 1) {
  return items.flatMap((blocks, place) => {
    const [head, ...rest] = blocks;
    if (!head.words) return blocks;
    return [{ ...head, words: new Words().add(`${first + step * place}. `, PLAIN).append(head.words) }, ...rest];
  });
}

function asWords(block) {
  const { list, words } = block;
  return { ...block, list: undefined, words: new Words().add(`${list.marker || `${list.value}.`} `, PLAIN).append(words) };
}

/* Whether a paragraph set as an item, without a sign of its own, stands between two items. */
function carriesOn(blocks, place) {
  const isBare = (block) => block?.words && block.looksListed && !block.list;
  let next = place;
  while (isBare(blocks[next])) next += 1;
  return next > place && Boolean(blocks[next]?.list);
}

/* The same blocks with lists in place of paragraphs that are items. */
export function gatherLists(blocks) {
  const result = [];
  let open = []; // [{made, level}] from the outermost on
  blocks.forEach((block, place) => {
    if (!block.list) {
      if (open.length && carriesOn(blocks, place)) open.at(-1).made.items.at(-1).push(block);
      else {
        open = [];
        result.push(block);
      }
      return;
    }
    if (!reach(open, block.list)) {
      if (block.list.value > 1) {
        open = [];
        result.push(asWords(block));
        return;
      }
      begin(open, block.list, result);
    }
    open.at(-1).made.items.push([{ ...block, list: undefined }]);
  });
  return result;
}

const nameOf = (list) => (list.ordered ? "ol" : "ul");

/* Close the lists that an item does not stand in; whether one is left that it goes on with. */
function reach(open, list) {
  while (open.length > 1 && open.at(-1).level > list.level) open.pop();
  if (open.length === 1 && open[0].level > list.level) open[0].level = list.level;
  const last = open.at(-1);
  if (last?.level !== list.level) return false;
  const { name, items } = last.made;
  if (name === nameOf(list) && (!list.ordered || !list.value || list.value === items.length + 1)) return true;
  open.pop();
  return false;
}

/* Open a list, in the last item of the one it stands in. */
function begin(open, list, result) {
  const made = { name: nameOf(list), items: [] };
  if (open.length) open.at(-1).made.items.at(-1).push(made);
  else result.push(made);
  open.push({ made, level: list.level });
}
