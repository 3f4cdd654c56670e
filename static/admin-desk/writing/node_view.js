/*
 * How a kind of ./kinds/ becomes a node of the document: an atom, all of it in its attributes, drawn by
 * the kind's own view. What all kinds share is here: the fields' keys, focus, undo, and being selected.
 */
import { mergeAttributes, Node, pm } from "django-prose-editor/editor";

import { newId } from "./ids.js";
import { moveBlock } from "./move.js";

const { NodeSelection, TextSelection } = pm.state;

/* The cells of a grid take the events in them; one of them at a time is a stop of the Tab key. */
const CELLS = ".own-cells";
const INTERACTIVE = "textarea, input, select, button, a:not(.own-cells a), [data-cell=current]";
const TYPING_PAUSE = 500;

/* The view of each element, so that commands can find its fields. */
const views = new WeakMap();

export const viewAt = (view, pos) => views.get(view.nodeDOM(pos));

export function ownNode(kind, surface) {
  return Node.create({
    name: kind.kind,
    group: "own",
    atom: true,
    draggable: false,
    addAttributes: () => Object.fromEntries(kind.attrs.map((name) => [name, kind.lists?.includes(name) ? listAttribute(name) : attribute(name)])),
    parseHTML: () => [{ tag: `div[data-kind="${kind.kind}"]` }],
    // The words are for other programs: of our own, only attributes are read.
    renderHTML: ({ node, HTMLAttributes }) => [
      "div",
      mergeAttributes({ "data-kind": kind.kind }, HTMLAttributes),
      kind.text?.(node.attrs) ?? "",
    ],
    renderText: ({ node }) => kind.text?.(node.attrs) ?? "",
    addNodeView:
      () =>
      ({ node, view, getPos }) =>
        new OwnView(kind, surface, { node, view, getPos }),
  });
}

const attribute = (name) => ({
  default: "",
  parseHTML: (element) => element.dataset[name] ?? "",
  renderHTML: (attrs) => (attrs[name] ? { [`data-${name}`]: attrs[name] } : {}),
});

/* A list of plain objects; what a paste may bring is checked in paste_own.js. */
function listIn(text) {
  try {
    return JSON.parse(text || "[]").map((each) => ({ id: newId(), ...each }));
  } catch {
    return [];
  }
}

const listAttribute = (name) => ({
  default: [],
  parseHTML: (element) => listIn(element.dataset[name]),
  renderHTML: (attrs) => ({ [`data-${name}`]: JSON.stringify(attrs[name]) }),
});

class OwnView {
  constructor(kind, surface, { node, view, getPos }) {
    Object.assign(this, { kind, surface, node, view, getPos });
    this.dom = document.createElement("div");
    this.dom.className = `own own-${kind.kind}`;
    this.dom.setAttribute("role", "group");
    this.content = kind.view({
      ...surface.context,
      attrs: node.attrs,
      readonly: () => surface.isReadonly(kind.kind),
      change: (changes) => this.change(changes),
      remove: () => this.remove(),
      settle: (theirs) => surface.settle(this.node, theirs),
    });
    this.dom.append(this.content.element);
    this.dom.addEventListener("keydown", (event) => this.onKey(event));
    this.dom.addEventListener("focusin", () => this.onFocus());
    this.dom.addEventListener("focusout", () => this.follow());
    this.describe();
    this.follow();
    views.set(this.dom, this);
    surface.views.add(this);
  }

  describe() {
    const label = this.kind.label?.(this.node.attrs, this.surface.context.refs);
    this.dom.dataset.id = this.node.attrs.id;
    this.dom.setAttribute("aria-label", label ? `${this.kind.title}: ${label}` : this.kind.title);
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    // What was typed for one picture is never shown in another's view.
    if (node.attrs.id !== this.node.attrs.id && this.node.attrs.id) return false;
    if (node === this.node) return true;
    this.node = node;
    this.content.update(node.attrs);
    this.describe();
    return true;
  }

  refresh() {
    this.content.refresh?.();
    this.describe();
  }

  /** Words typed in one go are undone in one go. */
  change(changes) {
    const { state } = this.view;
    const tr = state.tr;
    const pos = this.getPos();
    for (const [name, value] of Object.entries(changes)) tr.setNodeAttribute(pos, name, value);
    const [name] = Object.keys(changes);
    const before = this.typed;
    if (before?.name === name && before.doc === state.doc && tr.time - before.tr.time < TYPING_PAUSE) {
      // The history knows no neighbourhood of attributes; for it this continues the last change.
      tr.setMeta("appendedTransaction", before.tr);
    }
    this.view.dispatch(tr);
    this.typed = { name, tr, doc: this.view.state.doc };
    if (this.view.state.doc === state.doc) this.content.update(this.node.attrs);
  }

  remove() {
    const pos = this.getPos();
    this.surface.remove(pos);
  }

  select() {
    const { state } = this.view;
    this.view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, this.getPos())));
  }

  fields() {
    return [...this.dom.querySelectorAll(INTERACTIVE)];
  }

  focus(name, part) {
    if (name || part) this.content.focus(name, part);
    else this.fields().find((field) => !field.disabled && field.offsetParent)?.focus();
  }

  onFocus() {
    const { selection } = this.view.state;
    if (!(selection instanceof NodeSelection) || selection.from !== this.getPos()) this.select();
    this.follow();
  }

  onKey(event) {
    const { target, key } = event;
    if (event.isComposing || !target.matches?.(INTERACTIVE)) return;
    const isField = target.matches("textarea, input");
    const isUndo = (event.ctrlKey || event.metaKey) && !event.altKey && /^[zy]$/i.test(key);
    if (isUndo) {
      this.surface.history(event.shiftKey || key.toLowerCase() === "y" ? "redo" : "undo");
    } else if (event.altKey && (key === "ArrowUp" || key === "ArrowDown") && isField) {
      moveBlock(key === "ArrowUp" ? -1 : 1)(this.view.state, this.view.dispatch);
    } else if (key === "Escape" || (key === "Enter" && isField && !(event.shiftKey && "long" in target.dataset))) {
      this.select();
      this.view.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /* Fields are stops of the Tab key only while their node is the one in hand; of a grid, which may
     have to be scrolled, one cell always is. */
  follow() {
    const inHand = this.isSelected || this.dom.contains(document.activeElement);
    for (const field of this.fields()) field.tabIndex = field.dataset.cell || (inHand && !("skip" in field.dataset)) ? 0 : -1;
  }

  selectNode() {
    this.isSelected = true;
    this.dom.classList.add("is-selected");
    this.follow();
  }

  deselectNode() {
    this.isSelected = false;
    this.dom.classList.remove("is-selected");
    this.follow();
  }

  stopEvent(event) {
    if (/^drag|^drop$/.test(event.type)) return false;
    return Boolean(event.target.closest?.(`${INTERACTIVE}, ${CELLS}`));
  }

  ignoreMutation() {
    return true;
  }

  destroy() {
    this.surface.views.delete(this);
  }
}

/** The own node that is selected: {node, pos}, or null. */
export function selectedOwn({ selection }) {
  const { node } = selection;
  return node?.type.spec.group === "own" ? { node, pos: selection.from } : null;
}

/** Put an empty paragraph below a position, and the cursor into it. */
export function paragraphAt(tr, pos, text = "") {
  const { schema } = tr.doc.type;
  tr.insert(pos, schema.nodes.paragraph.create(null, text ? schema.text(text) : null));
  return tr.setSelection(TextSelection.create(tr.doc, pos + 1 + text.length)).scrollIntoView();
}
