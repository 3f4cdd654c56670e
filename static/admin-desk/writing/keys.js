/* What keys do beside ProseMirror's own: around nodes of our own, to move blocks, to reach the tools. */
import { Extension, Plugin, pm } from "django-prose-editor/editor";

import { kindOf } from "./kinds/index.js";
import { moveBlock } from "./move.js";
import { paragraphAt, selectedOwn, viewAt } from "./node_view.js";
import { isOwn } from "./schema.js";

const { NodeSelection, TextSelection } = pm.state;

/* At the edge of a paragraph the node of our own beside it is selected, before it is ever removed. */
const selectBeside = (step) => (state, dispatch, view) => {
  const { $head, empty } = state.selection;
  if (!(state.selection instanceof TextSelection) || !empty || $head.depth !== 1) return false;
  if (!view.endOfTextblock(step < 0 ? "backward" : "forward")) return false;
  const pos = step < 0 ? $head.before() : $head.after();
  const beside = step < 0 ? state.doc.resolve(pos).nodeBefore : state.doc.resolve(pos).nodeAfter;
  if (!beside || !isOwn(beside)) return false;
  const { tr } = state;
  const isEmpty = !$head.parent.content.size;
  const target = step < 0 ? pos - beside.nodeSize : pos - (isEmpty ? $head.parent.nodeSize : 0);
  if (isEmpty) tr.delete($head.before(), $head.after());
  dispatch(tr.setSelection(NodeSelection.create(tr.doc, target)).scrollIntoView());
  return true;
};

const intoFields = (state, _, view) => {
  const own = selectedOwn(state);
  if (!own) return false;
  viewAt(view, own.pos)?.focus();
  return true;
};

const paragraphBelow = (state, dispatch) => {
  const own = selectedOwn(state);
  if (!own || kindOf(own.node.type.name)?.settles) return false;
  dispatch(paragraphAt(state.tr, own.pos + 1));
  return true;
};

export function keys({ toolbar, settle }) {
  /* One key settles two wordings. */
  function handleKeyDown(view, event) {
    const own = selectedOwn(view.state);
    if (!own || event.ctrlKey || event.metaKey || event.altKey) return false;
    const side = kindOf(own.node.type.name)?.settles?.(event.key);
    if (side === undefined) return false;
    settle(own.node, side);
    return true;
  }

  /* A letter typed while such a node is selected never replaces it. */
  function handleTextInput(view, from, to, text) {
    const own = selectedOwn(view.state);
    if (!own) return false;
    view.dispatch(paragraphAt(view.state.tr, own.pos + 1, text));
    return true;
  }

  function beforeinput(view, event) {
    const own = event.inputType === "insertCompositionText" && selectedOwn(view.state);
    if (own) view.dispatch(paragraphAt(view.state.tr, own.pos + 1));
    return false;
  }

  return Extension.create({
    name: "writingKeys",
    priority: 1500,
    addKeyboardShortcuts() {
      const { editor } = this;
      const run = (command) => () => command(editor.state, editor.view.dispatch, editor.view);
      return {
        Backspace: run(selectBeside(-1)),
        Delete: run(selectBeside(1)),
        Enter: run(paragraphBelow),
        Tab: run(intoFields),
        "Alt-ArrowUp": run(moveBlock(-1)),
        "Alt-ArrowDown": run(moveBlock(1)),
        "Alt-F10": () => toolbar().focus(),
        "Mod-k": () => toolbar().openLink(),
      };
    },
    addProseMirrorPlugins: () => [
      new Plugin({ props: { handleKeyDown, handleTextInput, handleDOMEvents: { beforeinput } } }),
    ],
  });
}
