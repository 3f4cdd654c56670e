/*
 * What differs between two documents, and two persons' changes to the same one put together. Pure: it
 * takes and gives ProseMirror's nodes and touches no editor.
 */
import { pm } from "django-prose-editor/editor";

import { isBlank, isOwn } from "./schema.js";

const { Fragment } = pm.model;
const TOO_MANY = 250_000;
const WORD = /\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu;

/** Runs that differ between two lists of strings: [{from, to, start, end}], by longest common sequence. */
export function runs(a, b) {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const [n, m] = [a.length - head - tail, b.length - head - tail];
  if (!n && !m) return [];
  if (!n || !m || n * m > TOO_MANY) return [{ from: head, to: head + n, start: head, end: head + m }];
  const best = table(a, b, head, n, m);
  const found = [];
  let [i, j] = [0, 0];
  while (i < n || j < m) {
    if (i < n && j < m && a[head + i] === b[head + j]) {
      i += 1;
      j += 1;
      continue;
    }
    const [from, start] = [i, j];
    while ((i < n || j < m) && !(i < n && j < m && a[head + i] === b[head + j])) {
      if (j >= m || (i < n && best[(i + 1) * (m + 1) + j] >= best[i * (m + 1) + j + 1])) i += 1;
      else j += 1;
    }
    found.push({ from: head + from, to: head + i, start: head + start, end: head + j });
  }
  return found;
}

function table(a, b, head, n, m) {
  const best = new Uint16Array((n + 1) * (m + 1));
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let j = m - 1; j >= 0; j -= 1) {
      best[i * (m + 1) + j] =
        a[head + i] === b[head + j]
          ? best[(i + 1) * (m + 1) + j + 1] + 1
          : Math.max(best[(i + 1) * (m + 1) + j], best[i * (m + 1) + j + 1]);
    }
  }
  return best;
}

/** Two texts as parts: [[{text, differs}], [{text, differs}]]. */
export function wordsDiffer(left, right) {
  const [a, b] = [left, right].map((text) => text.match(WORD) ?? []);
  const found = runs(a, b);
  const parts = (words, from, to) => {
    const list = [];
    let at = 0;
    for (const run of [...found, { [from]: words.length, [to]: words.length }]) {
      list.push({ text: words.slice(at, run[from]).join(""), differs: false });
      list.push({ text: words.slice(run[from], run[to]).join(""), differs: true });
      at = run[to];
    }
    return list.filter(({ text }) => text);
  };
  return [parts(a, "from", "to"), parts(b, "start", "end")];
}

/* Words, spaces and signs of a text block, each with its marks: [[key, offset], …]. */
function tokens(block) {
  const found = [];
  block.forEach((child, offset) => {
    const marks = child.marks.map((mark) => mark.type.name + JSON.stringify(mark.attrs)).join();
    if (!child.isText) found.push([`<${child.type.name}>${marks}`, offset]);
    else for (const word of child.text.matchAll(WORD)) found.push([word[0] + marks, offset + word.index]);
  });
  return found;
}

/** Where two text blocks differ, in offsets of their content: [{from, to, start, end}]. */
export function hunks(a, b) {
  const [old, now] = [tokens(a), tokens(b)];
  const at = (list, index, block) => list[index]?.[1] ?? block.content.size;
  return runs(
    old.map(([key]) => key),
    now.map(([key]) => key),
  ).map(({ from, to, start, end }) => ({
    from: at(old, from, a),
    to: at(old, to, a),
    start: at(now, start, b),
    end: at(now, end, b),
  }));
}

/** The ids, of those that stand in both lists, that need not move; `fixed` never does. */
export function unmoved(before, after, fixed) {
  const place = new Map(before.map((id, index) => [id, index]));
  const common = after.filter((id) => place.has(id));
  if (common.every((id, index) => !index || place.get(common[index - 1]) < place.get(id))) return new Set(common);
  const weight = common.map((id) => (id === fixed ? common.length : 1));
  const came = [];
  common.forEach((id, index) => {
    came[index] = -1;
    let most = 0;
    for (let each = 0; each < index; each += 1) {
      if (place.get(common[each]) < place.get(id) && weight[each] > most) {
        most = weight[each];
        came[index] = each;
      }
    }
    weight[index] += most;
  });
  const stay = new Set();
  for (let at = weight.indexOf(Math.max(...weight)); at >= 0; at = came[at]) stay.add(common[at]);
  return stay;
}

/* Three ways */

const idOf = (node) => node.attrs.id;
const index = (nodes) => new Map(nodes.map((node) => [idOf(node), node]));

/**
 * What `base` became by `mine` and by `theirs`, all lists of nodes. No words are lost: a node that one
 * deleted and the other changed stays, and where both changed the same words mine stand and theirs
 * follow in a node of the kind "alternative", which `alternative(about, field, text)` makes. `here`
 * is the id of the node in which somebody is writing: tidied space is left alone there.
 */
export function threeWay(base, mine, theirs, { alternative, here }) {
  const [was, own, other] = [base, mine, theirs].map(index);
  const result = mine.filter((node) => other.has(idOf(node)) || !was.has(idOf(node)) || isBlank(node) || !node.eq(was.get(idOf(node))));
  const stay = unmoved(base.map(idOf), theirs.map(idOf));
  const stayMine = unmoved(base.map(idOf), mine.map(idOf));
  theirs.forEach((node, at) => {
    const id = idOf(node);
    const isNew = !was.has(id) && !own.has(id);
    const wasDropped = was.has(id) && !own.has(id) && !node.eq(was.get(id));
    const wasMoved = was.has(id) && own.has(id) && !stay.has(id) && stayMine.has(id);
    if (wasMoved) result.splice(result.findIndex((each) => idOf(each) === id), 1);
    if (isNew || wasDropped || wasMoved) result.splice(placeAfter(result, theirs, at), 0, wasMoved ? own.get(id) : node);
  });
  return result.flatMap((node) => {
    const id = idOf(node);
    if (!was.has(id) || !own.has(id) || !other.has(id)) return [node];
    return merged(was.get(id), node, other.get(id), { alternative, isHere: id === here });
  });
}

/* Where the node at a place in `theirs` goes: after the nearest one before it that is here too. */
function placeAfter(result, theirs, at) {
  for (let before = at - 1; before >= 0; before -= 1) {
    const found = result.findIndex((node) => idOf(node) === idOf(theirs[before]));
    if (found >= 0) return found + 1;
  }
  return 0;
}

function merged(base, mine, theirs, { alternative, isHere }) {
  if (theirs.eq(base) || theirs.eq(mine)) return [mine];
  if (isOwn(mine) && mine.type === theirs.type) return mergedAttrs(base, mine, theirs, alternative);
  if ([base, mine, theirs].every((node) => node.isTextblock)) return mergedText(base, mine, theirs, { alternative, isHere });
  if (isHere && compact(base) === compact(theirs)) return [mine];
  if (mine.eq(base)) return [theirs];
  return [mine, alternative(idOf(mine), "", plain(theirs))];
}

function mergedAttrs(base, mine, theirs, alternative) {
  const attrs = { ...mine.attrs };
  const others = [];
  for (const [name, value] of Object.entries(theirs.attrs)) {
    if (Array.isArray(value)) {
      const [pictures, conflicts] = mergedPictures(name, [base, mine, theirs], alternative);
      attrs[name] = pictures;
      others.push(...conflicts);
      continue;
    }
    if (value === base.attrs[name] || value === mine.attrs[name]) continue;
    if (mine.attrs[name] === base.attrs[name]) attrs[name] = value;
    else if (value) others.push(alternative(idOf(mine), name, value));
  }
  return [mine.type.create(attrs), ...others];
}

/* The pictures of a gallery, as if each stood in the story. */
function mergedPictures(name, versions, alternative) {
  const { caption } = versions[0].type.schema.nodes;
  const apart = versions.map((node) => node.attrs[name].map((each) => caption.create(each)));
  const found = threeWay(...apart, { alternative });
  return [
    found.filter(({ type }) => type === caption).map(({ attrs }) => ({ ...attrs })),
    found.filter(({ type }) => type !== caption),
  ];
}

function mergedText(base, mine, theirs, { alternative, isHere }) {
  const my = hunks(base, mine).map((hunk) => ({ ...hunk, from_: mine }));
  let their = hunks(base, theirs).map((hunk) => ({ ...hunk, from_: theirs }));
  if (isHere) their = their.filter((hunk) => !isTidying(base, theirs, hunk));
  their = their.filter((hunk) => !my.some((each) => isSame(each, hunk)));
  const clash = their.some((hunk) => my.some((each) => overlap(each, hunk)));
  if (clash) return [mine, alternative(idOf(mine), "", plain(theirs))];
  let content = base.content;
  for (const hunk of [...my, ...their].sort((a, b) => b.from - a.from || b.to - a.to)) {
    const put = hunk.from_.content.cut(hunk.start, hunk.end);
    content = content.cut(0, hunk.from).append(put).append(content.cut(hunk.to));
  }
  const kind = mine.sameMarkup(base) ? theirs : mine;
  return [kind.type.create({ ...kind.attrs, id: idOf(mine) }, Fragment.from(content))];
}

/* Whole words are compared: what was put in beside a word that changed does not touch it. */
const overlap = (a, b) => (a.from < b.to && b.from < a.to) || (a.from === b.from && (a.to === a.from) === (b.to === b.from));

const isSame = (a, b) =>
  a.from === b.from && a.to === b.to && a.from_.content.cut(a.start, a.end).eq(b.from_.content.cut(b.start, b.end));

const isTidying = (base, theirs, hunk) =>
  !base.textBetween(hunk.from, hunk.to, "", "\n").trim() && !theirs.textBetween(hunk.start, hunk.end, "", "\n").trim();

const compact = (node) => node.textBetween(0, node.content.size, "", "").replace(/\s+/g, "");

/** The words of a node, its paragraphs apart. */
export const plain = (node) => node.textBetween(0, node.content.size, "\n\n", "\n");
