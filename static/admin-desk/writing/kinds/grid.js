/*
 * A grid of cells to type in, as in a spreadsheet: Tab and the arrows go from cell to cell, Enter to the
 * one below, and past the last row it makes one more. Escape leaves it.
 */
import { make } from "../elements.js";
import { cellMarks } from "./cell_marks.js";
import { MOST_COLUMNS, MOST_ROWS, cellsOf, evened, htmlOf, nodesOf, plainOf, rowsOf } from "./cells.js";
import { button } from "./fields.js";

/**
 * `gridOf({label, readonly(), onChange(cells), tools, hasMarks})` gives {element, set(cells, heads), focus()};
 * `tools` stand in its bar before its own, `heads` are whether the first row and column are headings.
 */
export function gridOf({ label, readonly, onChange, tools = [], hasMarks = false }) {
  let rows = rowsOf("");
  let cells = null;
  let at = [0, 0];
  const marks = hasMarks ? cellMarks({ readonly }) : null;
  const body = make("tbody", { role: "rowgroup" });
  const table = make("table", { class: "own-cells", role: "grid", "aria-label": label }, body);
  const wrong = make("p", { class: "own-wrong", role: "alert" });
  const tool = (text, onclick) => button(text, onclick, { "data-changes": true });
  const buttons = {
    row: tool(gettext("Add row"), () => addRow(at[0] + 1)),
    column: tool(gettext("Add column"), () => addColumn(at[1] + 1)),
    dropRow: tool(gettext("Delete row"), () => drop("row")),
    dropColumn: tool(gettext("Delete column"), () => drop("column")),
  };
  const bar = make("div", { class: "own-grid-tools" }, ...tools, ...Object.values(buttons), ...(marks?.tools ?? []));
  const element = make("div", { class: "own-grid" }, bar, make("div", { class: "own-grid-scroll" }, table), wrong);

  /* Drawing */

  const cellAt = (row, column) => body.rows[row]?.cells[column]?.firstChild;
  const placeOf = ({ parentNode: place }) => [place.parentNode.rowIndex, place.cellIndex];

  function drawn(html) {
    const cell = make("div", { class: "own-cell", "data-cell": "", tabindex: "-1", role: "gridcell" });
    cell.append(nodesOf(html));
    return make("td", { role: "presentation" }, cell);
  }

  function draw() {
    body.replaceChildren(...rows.map((row) => make("tr", { role: "row" }, ...row.map(drawn))));
    at = [Math.min(at[0], rows.length - 1), Math.min(at[1], rows[0].length - 1)];
  }

  /* Only cells that differ: the cursor in another one stays. */
  function patch() {
    rows.forEach((row, r) =>
      row.forEach((html, c) => {
        const cell = cellAt(r, c);
        if (htmlOf(cell).trim() === html.trim()) return;
        cell.replaceChildren(nodesOf(html));
        if (document.activeElement === cell) select(cell, true);
      }),
    );
  }

  function show(after) {
    const isSameSize = body.rows.length === after.length && body.rows[0]?.cells.length === after[0].length;
    rows = after;
    if (isSameSize) patch();
    else draw();
    mark();
  }

  function mark() {
    const [before, current] = [body.querySelector("[data-cell=current]"), cellAt(...at)];
    if (before !== current) {
      if (before) Object.assign(before, { tabIndex: -1 }).dataset.cell = "";
      Object.assign(current, { tabIndex: 0 }).dataset.cell = "current";
    }
    const isLocked = readonly();
    buttons.row.disabled = isLocked || rows.length >= MOST_ROWS;
    buttons.column.disabled = isLocked || rows[0].length >= MOST_COLUMNS;
    buttons.dropRow.disabled = isLocked || rows.length < 2;
    buttons.dropColumn.disabled = isLocked || rows[0].length < 2;
  }

  function set(given, [isHeadRow, isHeadColumn]) {
    table.classList.toggle("has-head-row", isHeadRow);
    table.classList.toggle("has-head-column", isHeadColumn);
    if (given === cells) return mark();
    cells = given;
    return show(rowsOf(given));
  }

  /* Changing */

  function store(after, [row, column]) {
    wrong.textContent = "";
    at = [row, column];
    show(after);
    go(row, column);
    cells = cellsOf(rows);
    onChange(cells);
  }

  function typed(cell) {
    const [row, column] = placeOf(cell);
    rows[row][column] = htmlOf(cell);
    wrong.textContent = "";
    cells = cellsOf(rows);
    onChange(cells);
  }

  function addRow(place) {
    if (readonly() || rows.length >= MOST_ROWS) return;
    store([...rows.slice(0, place), rows[0].map(() => ""), ...rows.slice(place)], [place, at[1]]);
  }

  function addColumn(place) {
    if (readonly() || rows[0].length >= MOST_COLUMNS) return;
    store(rows.map((row) => [...row.slice(0, place), "", ...row.slice(place)]), [at[0], place]);
  }

  function drop(what) {
    const [row, column] = at;
    const other = (place) => (_, n) => n !== place;
    const left = what === "row" ? rows.filter(other(row)) : rows.map((each) => each.filter(other(column)));
    store(left, [Math.min(row, left.length - 1), Math.min(column, left[0].length - 1)]);
  }

  /* Cells that came by pasting, from the one in hand on; an empty grid becomes what was pasted. */
  function put(pasted) {
    const isEmpty = !rows.flat().some((html) => plainOf(html).trim());
    const [row, column] = isEmpty ? [0, 0] : at;
    const height = Math.max(isEmpty ? 0 : rows.length, row + pasted.length);
    const width = Math.max(isEmpty ? 0 : rows[0].length, column + pasted[0].length);
    if (height > MOST_ROWS || width > MOST_COLUMNS) {
      const sentence = gettext("A table holds at most %s columns and %s rows; this one would have %s and %s.");
      wrong.textContent = interpolate(sentence, [MOST_COLUMNS, MOST_ROWS, width, height]);
      return;
    }
    const cell = (r, c) => pasted[r - row]?.[c - column] ?? rows[r]?.[c] ?? "";
    const range = (size) => [...Array(size).keys()];
    store(evened(range(height).map((r) => range(width).map((c) => cell(r, c)))), [row, column]);
  }

  async function paste(event) {
    event.preventDefault();
    event.stopPropagation();
    if (readonly()) return;
    const [html, text] = ["text/html", "text/plain"].map((type) => event.clipboardData.getData(type));
    const { rowsOfPaste } = await import("../paste.js");
    const pasted = rowsOfPaste(html, text);
    if (pasted.length > 1 || pasted[0]?.length > 1) put(pasted);
    else if (pasted.length) document.execCommand("insertText", false, plainOf(pasted[0][0]));
  }

  /* Going from cell to cell */

  function select(cell, isEnd = false) {
    const range = document.createRange();
    range.selectNodeContents(cell);
    if (isEnd) range.collapse(false);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }

  function go(row, column) {
    const cell = cellAt(row, column);
    if (!cell) return false;
    open(cell);
    cell.focus();
    select(cell);
    return true;
  }

  function open(cell) {
    if (!readonly()) cell.contentEditable = "true";
    at = placeOf(cell);
    mark();
  }

  /* Whether an arrow leads out of a cell: the cursor is at its edge, or all of it is selected. */
  function isAtEdge(cell, isEnd) {
    const range = getSelection().rangeCount && getSelection().getRangeAt(0);
    if (!range || !cell.contains(range.startContainer)) return true;
    if (!range.collapsed) return range.toString() === cell.textContent;
    const rest = document.createRange();
    rest.selectNodeContents(cell);
    if (isEnd) rest.setStart(range.endContainer, range.endOffset);
    else rest.setEnd(range.startContainer, range.startOffset);
    return !rest.toString();
  }

  function step(key, cell) {
    const [row, column] = at;
    if (key === "ArrowUp") return go(row - 1, column);
    if (key === "ArrowDown") return go(row + 1, column);
    const isOn = (key === "ArrowRight") !== (getComputedStyle(table).direction === "rtl");
    return isAtEdge(cell, isOn) && go(row, column + (isOn ? 1 : -1));
  }

  function next(by) {
    const place = at[0] * rows[0].length + at[1] + by;
    return place >= 0 && go(Math.floor(place / rows[0].length), place % rows[0].length);
  }

  function goes(event) {
    if (marks?.key(event)) return true;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") {
      // Browsers would select the story around it.
      select(event.target);
      return true;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "Tab") return next(event.shiftKey ? -1 : 1);
    if (event.key === "Enter") {
      if (!go(at[0] + (event.shiftKey ? -1 : 1), at[1]) && !event.shiftKey) addRow(rows.length);
      return true;
    }
    return event.key.startsWith("Arrow") && !event.shiftKey && step(event.key, event.target);
  }

  table.addEventListener("keydown", (event) => {
    if (event.isComposing || event.target.dataset.cell === undefined || !goes(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  table.addEventListener("pointerdown", ({ target }) => {
    const cell = target.closest("td")?.firstChild;
    if (cell) open(cell);
  });
  table.addEventListener("focusin", ({ target }) => {
    if (target.dataset.cell === undefined) return;
    open(target);
    if (!target.contains(getSelection().anchorNode)) select(target);
  });
  table.addEventListener("focusout", ({ target }) => target.removeAttribute("contenteditable"));
  table.addEventListener("input", ({ target }) => typed(target));
  table.addEventListener("paste", paste);
  table.addEventListener("drop", (event) => event.preventDefault());
  table.addEventListener("click", (event) => event.target.closest("a") && event.preventDefault());

  return { element, set, focus: () => go(...at) };
}
