/*
 * The tools of the text: real buttons, reached by Alt+F10 and walked through with the arrows. Above the
 * text where there is room, at the bottom edge on a phone. A link's address is asked in the bar itself.
 */
import { icon, make } from "./elements.js";
import { linkForm } from "./link_form.js";

/* A chain of commands with the focus in the text at once; tiptap's own waits for the next frame. */
export function focused(editor) {
  editor.view.focus();
  return editor.chain();
}

export function createToolbar({ editor, insert, openActions }) {
  const chain = () => focused(editor);
  const tools = [
    { name: "insert", icon: "plus", title: gettext("Insert"), run: (button) => insert(button), popup: true },
    { name: "bold", icon: "bold", title: gettext("Bold"), keys: "Control+B", on: () => editor.isActive("bold"), run: () => chain().toggleBold().run() },
    { name: "italic", icon: "italic", title: gettext("Italic"), keys: "Control+I", on: () => editor.isActive("italic"), run: () => chain().toggleItalic().run() },
    { name: "link", icon: "link", title: gettext("Link"), keys: "Control+K", on: () => editor.isActive("link"), run: () => openLink() },
    { name: "heading", icon: "heading", title: gettext("Subhead"), on: () => editor.isActive("heading"), run: () => chain().toggleHeading({ level: 2 }).run() },
    { name: "bulletList", icon: "bullets", title: gettext("List"), on: () => editor.isActive("bulletList"), run: () => chain().toggleBulletList().run() },
    { name: "orderedList", icon: "numbers", title: gettext("Numbered list"), on: () => editor.isActive("orderedList"), run: () => chain().toggleOrderedList().run() },
    { name: "blockquote", icon: "quote", title: gettext("Quote"), on: () => editor.isActive("blockquote"), run: () => chain().toggleBlockquote().run() },
    { name: "undo", icon: "undo", title: gettext("Undo"), keys: "Control+Z", can: () => editor.can().undo(), run: () => chain().undo().run() },
    { name: "redo", icon: "redo", title: gettext("Redo"), keys: "Control+Shift+Z", can: () => editor.can().redo(), run: () => chain().redo().run() },
    { name: "block", icon: "grip", title: gettext("Move, copy or remove this block"), run: (button) => openActions(button), popup: true },
  ];
  for (const tool of tools) {
    tool.button = make(
      "button",
      {
        type: "button",
        class: "surface-tool",
        tabindex: "-1",
        "data-tool": tool.name,
        "aria-label": tool.title,
        title: tool.title,
        "aria-pressed": tool.on ? "false" : undefined,
        "aria-haspopup": tool.popup ? "menu" : undefined,
        "aria-keyshortcuts": tool.keys,
        // The text keeps its cursor, and a phone its keyboard.
        onpointerdown: (event) => event.preventDefault(),
        onmousedown: (event) => event.preventDefault(),
        onclick: () => editor.isEditable && tool.run(tool.button),
      },
      icon(tool.icon),
    );
  }
  const buttons = tools.map(({ button }) => button);
  const bar = make("div", { class: "surface-tools", role: "toolbar", "aria-label": gettext("Formatting") }, ...buttons);
  const link = linkForm({
    put(href) {
      show(false);
      putLink(editor, href);
    },
    remove() {
      show(false);
      chain().extendMarkRange("link").unsetMark("link").run();
    },
    cancel() {
      show(false);
      editor.view.focus();
    },
  });
  const element = make("div", { class: "surface-bar" }, bar, link.element);
  let stop = 0;

  function show(isLink) {
    bar.hidden = isLink;
    link.element.hidden = !isLink;
  }

  function openLink() {
    if (!editor.isEditable || editor.state.selection.node) return true;
    show(true);
    link.ask(editor.getAttributes("link").href ?? "");
    return true;
  }

  function goTo(index) {
    stop = (index + buttons.length) % buttons.length;
    buttons.forEach((button, at) => {
      button.tabIndex = at === stop ? 0 : -1;
    });
  }

  bar.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: stop + 1, ArrowLeft: stop - 1, Home: 0, End: buttons.length - 1 };
    if (event.key in steps) {
      goTo(steps[event.key]);
      buttons[stop].focus();
    } else if (event.key === "Escape") {
      editor.view.focus();
    } else {
      return;
    }
    event.preventDefault();
  });
  bar.addEventListener("focusin", (event) => goTo(Math.max(0, buttons.indexOf(event.target))));
  goTo(0);

  let waits = false;
  function follow() {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      if (!editor.isDestroyed) refresh();
    });
  }

  function refresh() {
    for (const { button, on, can } of tools) {
      const isPressed = on && String(on());
      if (on && button.getAttribute("aria-pressed") !== isPressed) button.setAttribute("aria-pressed", isPressed);
      // Not `disabled`: a button that goes grey in the hand would drop the focus.
      if (can) button.setAttribute("aria-disabled", String(!can()));
    }
  }

  editor.on("transaction", follow);
  return {
    element,
    openLink,
    focus() {
      buttons[stop].focus();
      return true;
    },
  };
}

/* With nothing selected the address is put into the text. */
function putLink(editor, href) {
  const chain = focused(editor);
  if (editor.state.selection.empty && !editor.isActive("link")) {
    chain.insertContent({ type: "text", text: href.replace(/^mailto:/, ""), marks: [{ type: "link", attrs: { href } }] });
  } else {
    chain.extendMarkRange("link").setMark("link", { href });
  }
  chain.run();
}
