/*
 * Emphasis and links in the cell of a grid that is being typed in. The browser's own commands would set
 * styles, which no cell may have.
 */
import { linkForm } from "../link_form.js";
import { htmlWith, marksAt, nodesOf } from "./cells.js";
import { button } from "./fields.js";

const cellOf = (node) => (node?.nodeType === 1 ? node : node?.parentElement)?.closest(".own-cell");

/* {cell, range: [start, end]} of what is selected, counted in letters; null outside of cells. */
function inHand() {
  const selection = getSelection();
  const cell = selection.rangeCount && cellOf(selection.anchorNode);
  if (!cell?.isContentEditable) return null;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  return { cell, range: [lettersTo(cell, startContainer, startOffset), lettersTo(cell, endContainer, endOffset)] };
}

function lettersTo(cell, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(cell);
  before.setEnd(node, offset);
  return before.toString().length;
}

function select(cell, [start, end]) {
  const [from, to] = [start, end].map((place) => pointAt(cell, place));
  cell.focus();
  getSelection().setBaseAndExtent(...from, ...to);
}

function pointAt(cell, place) {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  let left = place;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (left <= text.length) return [text, left];
    left -= text.length;
  }
  return [cell, cell.childNodes.length];
}

function rewrite({ cell, range }, change) {
  cell.replaceChildren(nodesOf(htmlWith(cell, range, change)));
  cell.dispatchEvent(new InputEvent("input", { bubbles: true }));
  select(cell, range);
}

function toggle(name) {
  const found = inHand();
  if (!found || found.range[0] === found.range[1]) return;
  const isOn = !marksAt(found.cell, found.range).every((marks) => marks[name]);
  rewrite(found, (marks) => ({ ...marks, [name]: isOn }));
}

/** `cellMarks({readonly()})` gives {tools: [element], key(event)}, which says whether a key was one of its own. */
export function cellMarks({ readonly }) {
  const link = cellLink();
  // The cell keeps its cursor.
  const still = (event) => event.preventDefault();
  const tool = (text, keys, onclick) =>
    button(text, onclick, { "data-changes": true, "aria-keyshortcuts": keys, onpointerdown: still, onmousedown: still });
  const does = { b: () => toggle("strong"), i: () => toggle("em"), k: () => link.open() };
  const tools = [
    tool(gettext("Bold"), "Control+B", does.b),
    tool(gettext("Italic"), "Control+I", does.i),
    tool(gettext("Link"), "Control+K", does.k),
    link.element,
  ];

  function key(event) {
    const isOurs = (event.ctrlKey || event.metaKey) && !event.altKey && Object.hasOwn(does, event.key.toLowerCase());
    if (isOurs && !readonly()) does[event.key.toLowerCase()]();
    return isOurs;
  }

  return { tools, key };
}

function cellLink() {
  let held = null;
  const form = linkForm({ put, remove: () => put(""), cancel: close });

  /* For the words that are selected, else for all of the cell. */
  function open() {
    held = inHand();
    if (!held) return;
    const { cell, range } = held;
    if (range[0] === range[1]) held.range = [0, cell.textContent.length];
    form.element.hidden = false;
    form.ask(marksAt(cell, held.range).find(({ href }) => href)?.href ?? "");
  }

  function close() {
    form.element.hidden = true;
    if (held?.cell.isConnected) select(held.cell, held.range);
  }

  function put(href) {
    close();
    if (!held.cell.isConnected) return;
    if (!held.cell.textContent) {
      held.cell.append(href.replace(/^mailto:/, ""));
      held.range = [0, held.cell.textContent.length];
    }
    rewrite(held, (marks) => ({ ...marks, href }));
  }

  return { element: form.element, open };
}
