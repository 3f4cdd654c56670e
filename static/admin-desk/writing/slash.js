/*
 * '/' on an empty line or after a space offers what can be inserted; letters after it filter. It is a
 * plain stroke in "and/or" and in addresses.
 */
import { Extension, Plugin, pm } from "django-prose-editor/editor";

import { openMenu } from "./menu.js";

const { Decoration, DecorationSet } = pm.view;
const QUERY = /^\/[\p{L}\p{N} -]{0,24}$/u;

/** The items whose title or further names have a word that begins with what was typed. */
export function matching(items, query) {
  const wanted = query.trim().toLocaleLowerCase();
  const names = (item) => `${item.title} ${item.words ?? ""}`.toLocaleLowerCase();
  return items.filter((item) => !wanted || names(item).startsWith(wanted) || names(item).includes(` ${wanted}`));
}

/** `items()` gives [{title, icon, words, run}]; `host` is where the list is put. */
export function slash({ items, host }) {
  const key = new pm.state.PluginKey("writingSlash");
  let menu = null;

  function apply(tr, open, _, state) {
    const meta = tr.getMeta(key);
    if (meta !== undefined) return meta;
    if (open === null) return null;
    const from = tr.mapping.map(open, -1);
    const { $head, empty, head } = state.selection;
    if (!empty || head <= from || !$head.parent.isTextblock || from < $head.start()) return null;
    const typed = state.doc.textBetween(from, head, "\n", "\n");
    return QUERY.test(typed) ? from : null;
  }

  function handleTextInput(view, from, to, text, byDefault) {
    const { $from } = view.state.selection;
    if (text !== "/" || !$from.parent.isTextblock) return false;
    const before = $from.parent.textBetween(0, from - $from.start(), "", "\ufffc");
    if (!/(^|\s)$/.test(before)) return false;
    view.dispatch(byDefault().setMeta(key, from));
    return true;
  }

  function handleKeyDown(view, event) {
    if (!menu || menu.element.hidden || event.isComposing) return false;
    const used = menu.key(event);
    describe(view.dom);
    return used;
  }

  function describe(dom) {
    const isOpen = menu && !menu.element.hidden;
    for (const [name, value] of [
      ["aria-controls", menu?.name],
      ["aria-activedescendant", menu?.active()],
    ]) {
      if (isOpen) dom.setAttribute(name, value);
      else dom.removeAttribute(name);
    }
  }

  function follow(view) {
    const from = key.getState(view.state);
    if (from === null) {
      menu?.close();
      return;
    }
    const { head } = view.state.selection;
    const query = view.state.doc.textBetween(from, head).slice(1);
    const found = matching(items(), query).map((item) => ({
      ...item,
      run() {
        const to = view.state.selection.head;
        view.dispatch(view.state.tr.delete(from, to).setMeta(key, null));
        view.focus();
        item.run();
      },
    }));
    if (menu) menu.show(found);
    else if (found.length) {
      menu = openMenu({
        host,
        anchor: () => view.coordsAtPos(from),
        items: found,
        label: gettext("Insert"),
        role: "listbox",
        onClose() {
          menu = null;
          describe(view.dom);
          if (key.getState(view.state) !== null) view.dispatch(view.state.tr.setMeta(key, null));
        },
      });
    }
    describe(view.dom);
  }

  /* What an empty line says while the cursor is in it. */
  function decorations(state) {
    const { $head, empty } = state.selection;
    const block = $head.parent;
    if (!empty || $head.depth !== 1 || block.type.name !== "paragraph" || block.content.size) return null;
    const isOnly = state.doc.childCount === 1;
    return DecorationSet.create(state.doc, [
      Decoration.node($head.before(), $head.after(), {
        class: "is-empty",
        "data-hint": isOnly ? gettext("Write the story here. Type / to insert a picture or a link.") : gettext("Type / to insert"),
      }),
    ]);
  }

  return Extension.create({
    name: "writingSlash",
    priority: 2000,
    addProseMirrorPlugins: () => [
      new Plugin({
        key,
        state: { init: () => null, apply },
        props: { handleTextInput, handleKeyDown, decorations, handleDOMEvents: { blur: (view) => closeAt(view) } },
        view: () => ({
          update(view, before) {
            if (key.getState(view.state) !== null || key.getState(before) !== null) follow(view);
          },
          destroy: () => menu?.close(),
        }),
      }),
    ],
  });

  function closeAt(view) {
    if (key.getState(view.state) !== null) view.dispatch(view.state.tr.setMeta(key, null));
    return false;
  }
}
