/*
 * Lists of pasted HTML that are lists: those in which an item or a list stands where it should not,
 * and those of Word on the web, which makes a list of each item.
 */
import { numbered } from "./paste_lists.js";
import { idOf, sliceOf } from "./paste_own.js";

const MOST_NESTED = 8;

const isItem = (node) => node.nodeType === 1 && node.localName === "li";
const isFlat = (node) => isItem(node) && Boolean(node.dataset.listid && node.dataset.ariaLevel);

export function readList(reader, element, context) {
  const items = [];
  reader.nested += 1;
  for (const node of element.childNodes) {
    if (isFlat(node)) readFlatItem(reader, node, context);
    else items.push(itemOf(reader, node, context));
  }
  reader.nested -= 1;
  const filled = items.filter((blocks) => blocks.length);
  if (filled.length) put(reader, element, filled);
}

function itemOf(reader, node, context) {
  if (!isItem(node)) return reader.blocksOf([node], { ...context, block: { name: "p" } });
  return reader.isShown(node) ? reader.blocksIn(node, context) : [];
}

function put(reader, element, items) {
  const isOrdered = element.localName === "ol";
  const isReversed = element.hasAttribute("reversed");
  const first = Number(element.getAttribute("start") || (isReversed ? items.length : 1));
  if (reader.nested >= MOST_NESTED) reader.into.push(...items.flat());
  else if (isOrdered && (isReversed || first !== 1)) reader.into.push(...numbered(items, first, isReversed ? -1 : 1));
  else reader.put({ name: isOrdered ? "ol" : "ul", items, id: idOf(element), slice: sliceOf(element) });
}

function readFlatItem(reader, element, context) {
  const list = {
    id: element.dataset.listid,
    level: Number(element.dataset.ariaLevel) || 1,
    ordered: element.parentNode.localName === "ol",
    value: Number(element.dataset.ariaPosinset) || undefined,
  };
  const [first, ...rest] = reader.blocksIn(element, context);
  if (first) reader.into.push(first.words ? { ...first, list } : first, ...rest);
}

/* An item without its list. */
export function readStrayItem(reader, element, context) {
  const blocks = reader.blocksIn(element, context);
  if (!blocks.length) return;
  const before = reader.into.at(-1)?.stray ? reader.into.pop().items : [];
  reader.put({ name: "ul", items: [...before, blocks], stray: true });
}
