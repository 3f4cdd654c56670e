/*
 * What is pasted goes through ./paste.js, our own nodes too; pictures in it go into the library. That
 * module is the largest of all and comes once the page has settled, or with the first paste.
 */
import { Extension, Plugin, pm } from "django-prose-editor/editor";

import { insertOwn } from "./insert.js";
import { selectedOwn } from "./node_view.js";
import { isOwn } from "./schema.js";

const { DOMParser: Parser } = pm.model;
const { Selection } = pm.state;

/* A picture that stands in the HTML itself as a file. The policy lets no script fetch such an address. */
function fileOf(address, number) {
  const [, type, data] = /^data:([^;]+);base64,(.*)$/.exec(address);
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  return new File([bytes], `pasted-${number + 1}.${type.split("/")[1]}`, { type });
}

function pasteBelow(tr, pos, slice) {
  const size = tr.doc.content.size;
  tr.replaceRange(pos, pos, slice);
  tr.setSelection(Selection.near(tr.doc.resolve(pos + tr.doc.content.size - size), -1));
}

let cleaner = null;
let loading = null;

/** Fetch what cleans pastes. */
export function loadCleaner() {
  loading ??= import("./paste.js").then((module) => {
    cleaner = module;
  });
  return loading;
}

export function clipboard({ addFiles, report, isLocked }) {
  /* What is clean already: what is dropped comes by ProseMirror, what is pasted by us and then it. */
  let cleaned = null;

  function clean(html, text) {
    const found = cleaner.cleanPaste(html, text);
    if (found.missing?.length) report(found.missing);
    cleaned = found.html;
    return cleaned;
  }

  function paste(view, event) {
    const data = event.clipboardData;
    if (!data || !view.editable) return false;
    const [html, text] = [data.getData("text/html"), data.getData("text/plain")];
    const images = [...data.files].filter(({ type }) => type.startsWith("image/"));
    event.preventDefault();
    const put = () => {
      if (html || text) view.pasteHTML(clean(html, text), event);
      // Beside text, a file is only a drawing of it.
      const pictures = text.trim() ? cleaner.picturesIn(html).map(fileOf) : images;
      if (pictures.length) addFiles(pictures);
    };
    if (cleaner) put();
    else loadCleaner().then(put);
    return true;
  }

  function dragenter() {
    loadCleaner();
    return false;
  }

  /* Nodes of our own stand beside words, never in their place; nothing pasted replaces one. */
  function handlePaste(view, _, slice) {
    const { tr } = view.state;
    const nodes = slice.content.content;
    const own = selectedOwn(view.state);
    if (nodes.length && nodes.every(isOwn)) insertOwn(tr, nodes, { isLocked });
    else if (own) pasteBelow(tr, own.pos + 1, slice);
    else return false;
    view.dispatch(tr.setMeta("paste", true).setMeta("uiEvent", "paste").scrollIntoView());
    return true;
  }

  return Extension.create({
    name: "writingClipboard",
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          handleDOMEvents: { paste, dragenter },
          handlePaste,
          transformPastedHTML: (html) => (cleaner && html !== cleaned ? clean(html, "") : html),
          clipboardTextParser(text, $context, isPlain, view) {
            if (!cleaner) return null;
            const holder = document.implementation.createHTMLDocument("").createElement("div");
            holder.innerHTML = clean("", text);
            return Parser.fromSchema(view.state.schema).parseSlice(holder, { context: $context });
          },
        },
      }),
    ],
  });
}
