/*
 * Beside the block that the cursor is in, or the pointer over: a + that inserts and a grip that drags or
 * opens what can be done with the block. On narrow screens the toolbar has both.
 */
import { pm } from "django-prose-editor/editor";

import { icon, make } from "./elements.js";
import { openMenu } from "./menu.js";
import { moveBlock, moveTo } from "./move.js";
import { byId, currentOf } from "./schema.js";

const { NodeSelection, Selection } = pm.state;

export function createHandle({ host, editor, insert, remove, announce, dropFiles }) {
  const { view } = editor;
  let block = null;
  let dragged = null;
  let isPointed = false;

  const plus = make(
    "button",
    { type: "button", class: "surface-plus", "aria-label": gettext("Insert"), title: gettext("Insert"), onclick: () => insertHere() },
    icon("plus"),
  );
  const grip = make(
    "button",
    {
      type: "button",
      class: "surface-grip",
      draggable: "true",
      "aria-label": gettext("Move, copy or remove this block"),
      title: gettext("Drag to move, click for more"),
      "aria-haspopup": "menu",
      onclick: () => openActions(grip),
    },
    icon("grip"),
  );
  const element = make("div", { class: "surface-handle", hidden: true }, plus, grip);
  const line = make("div", { class: "surface-drop", hidden: true });
  host.append(element, line);

  const here = () => (block && byId(editor.state.doc, block)) ?? currentOf(editor.state);

  function insertHere() {
    const { node, pos } = here();
    const { state } = editor;
    if (currentOf(state).pos !== pos) view.dispatch(state.tr.setSelection(endOf(state.doc, node, pos)));
    insert(plus);
  }

  /* The list of what can be done with the block, at a button. */
  function openActions(button) {
    const { node, pos } = here();
    const { state } = editor;
    const current = currentOf(state);
    if (current.pos !== pos) view.dispatch(state.tr.setSelection(endOf(state.doc, node, pos)));
    const after = (sentence) => {
      view.focus();
      announce(sentence);
    };
    const move = (step, done) => () => {
      const moved = moveBlock(step)(editor.state, view.dispatch);
      after(moved ? done : gettext("It cannot go further."));
    };
    openMenu({
      host,
      anchor: () => button.getBoundingClientRect(),
      label: gettext("This block"),
      items: [
        { title: gettext("Move up"), icon: "up", keys: "Alt ↑", run: move(-1, gettext("Moved up.")) },
        { title: gettext("Move down"), icon: "down", keys: "Alt ↓", run: move(1, gettext("Moved down.")) },
        { title: gettext("Copy"), icon: "copy", run: () => copy(after) },
        { title: gettext("Remove"), icon: "remove", run: () => remove(here().pos) },
      ],
    });
  }

  function copy(after) {
    const { state } = editor;
    view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, here().pos)));
    view.focus();
    const isCopied = document.execCommand("copy");
    after(isCopied ? gettext("Copied. Paste it anywhere, in this story or another.") : gettext("The browser did not let this page copy."));
  }

  function place() {
    const { node, pos } = here();
    const dom = view.nodeDOM(pos);
    element.hidden = !dom?.offsetParent || !editor.isEditable;
    if (element.hidden) return;
    const style = getComputedStyle(dom);
    const height = node.isTextblock ? parseFloat(style.lineHeight) || 24 : 28;
    const top = dom.getBoundingClientRect().top - host.getBoundingClientRect().top;
    element.style.top = `${top + parseFloat(style.paddingTop) + height / 2}px`;
  }

  /* Where a block may be dropped: {pos, y} of the boundary that is nearest to the pointer. */
  function boundary(clientY) {
    let nearest = null;
    const consider = (pos, y) => {
      if (!nearest || Math.abs(y - clientY) < Math.abs(nearest.y - clientY)) nearest = { pos, y };
    };
    editor.state.doc.forEach((node, pos) => {
      const box = view.nodeDOM(pos)?.getBoundingClientRect?.();
      if (!box) return;
      consider(pos, box.top);
      consider(pos + node.nodeSize, box.bottom);
    });
    return nearest;
  }

  const isFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  /* Files, unless they are over a block that takes them itself. */
  const isForStory = (event) => isFiles(event) && !event.target.closest?.("[data-takes-files]");

  function onDragOver(event) {
    if ((!dragged && !isForStory(event)) || !editor.isEditable) return;
    event.preventDefault();
    event.stopPropagation();
    event.dataTransfer.dropEffect = dragged ? "move" : "copy";
    const { y } = boundary(event.clientY);
    line.hidden = false;
    line.style.top = `${y - host.getBoundingClientRect().top}px`;
  }

  function onDrop(event) {
    line.hidden = true;
    if ((!dragged && !isForStory(event)) || !editor.isEditable) return;
    event.preventDefault();
    event.stopPropagation();
    const { pos } = boundary(event.clientY);
    if (!dragged) return void dropFiles([...event.dataTransfer.files], pos);
    const found = byId(editor.state.doc, dragged);
    const tr = found && moveTo(editor.state, found.pos, pos);
    if (tr) view.dispatch(tr);
    view.focus();
  }

  grip.addEventListener("dragstart", (event) => {
    const { node, pos } = here();
    dragged = node.attrs.id;
    view.dispatch(editor.state.tr.setSelection(NodeSelection.create(editor.state.doc, pos)));
    const { dom, text } = view.serializeForClipboard(editor.state.selection.content());
    event.dataTransfer.setData("text/html", dom.innerHTML);
    event.dataTransfer.setData("text/plain", text);
    event.dataTransfer.effectAllowed = "copyMove";
    event.dataTransfer.setDragImage(view.nodeDOM(pos), 0, 0);
  });
  const endDrag = () => {
    dragged = null;
    line.hidden = true;
  };
  grip.addEventListener("dragend", endDrag);
  host.addEventListener("dragover", onDragOver, true);
  host.addEventListener("drop", onDrop, true);
  host.addEventListener("dragleave", (event) => {
    if (!host.contains(event.relatedTarget)) line.hidden = true;
  });

  host.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || element.contains(event.target)) return;
    const dom = event.target.closest?.("[data-id]");
    if (!dom || dom.parentElement !== view.dom || block === dom.dataset.id) return;
    isPointed = true;
    block = dom.dataset.id;
    place();
  });

  const follow = ({ transaction }) => {
    if (transaction.docChanged || !isPointed || transaction.selectionSet) {
      block = null;
      isPointed = false;
      schedule();
    }
  };
  let waits = false;
  function schedule() {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      if (!editor.isDestroyed) place();
    });
  }
  editor.on("selectionUpdate", follow);
  // Lines that break and pictures that arrive move what is below them.
  new ResizeObserver(schedule).observe(view.dom);

  return { openActions, place };
}

function endOf(doc, node, pos) {
  return node.isAtom ? NodeSelection.create(doc, pos) : Selection.near(doc.resolve(pos + node.nodeSize - 1), -1);
}
