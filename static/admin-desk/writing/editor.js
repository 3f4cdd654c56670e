/*
 * The editor of a story's body: one ProseMirror document, on the bundle of django-prose-editor.
 *
 * `createEditor(options)` gives the surface that the page works with; see its functions at the end.
 * Options, beside those that the names explain:
 *   document      {lead, body}; only `body` is edited here (the picture above the story is a `pictureForm`)
 *   refs          facts on photos and stories, ./refs.js
 *   dialogs       ./dialogs.js
 *   locked        kinds that this person may not change; "text" stands for prose
 *   onChange()    after any change by this person
 *   onBlock(id)   when the cursor goes to another block
 *   announce(sentence)    says something to readers of screens
 *   report(missing)       what a paste had to leave out
 *   resolveStory(url)     → Promise of the uuid of our story at an address, or null
 *   settleElsewhere(attrs)  takes a colleague's words for what is not in the body (a field of the page)
 *   self, topics()        of this story, for the dialog of related stories
 *   inStory()             slugs of photos that stand in the story outside the body
 */
import { Editor, Gapcursor, UndoRedo } from "django-prose-editor/editor";

import { clipboard, loadCleaner } from "./clipboard.js";
import { make } from "./elements.js";
import { matchesIn, patternOf } from "./find_matches.js";
import { createHandle } from "./handle.js";
import { ids, newId, withIds } from "./ids.js";
import { insertOwn } from "./insert.js";
import { keys } from "./keys.js";
import { kindOf, kinds } from "./kinds/index.js";
import { isRecording } from "./kinds/recording.js";
import { labels } from "./labels.js";
import { createLocks } from "./locks.js";
import { openMenu } from "./menu.js";
import { moved, moveTo, removeAt } from "./move.js";
import { ownNode, paragraphAt, viewAt } from "./node_view.js";
import { createMarks } from "./people.js";
import { createRemote } from "./remote.js";
import { byId, currentOf, isOwn, pictureById, prose, PROSE } from "./schema.js";
import { settle, wordsOf } from "./settle.js";
import { slash } from "./slash.js";
import { createToolbar, focused } from "./toolbar.js";
import { typography } from "./typography.js";

export { words } from "./schema.js";

const nothing = () => {};

export function createEditor({
  element,
  document: story,
  refs,
  locked = [],
  readonly = false,
  language = "en",
  direction = "ltr",
  dialogs,
  onChange = nothing,
  onBlock = nothing,
  announce = nothing,
  report = nothing,
  resolveStory = async () => null,
  settleElsewhere = nothing,
  self = "",
  topics = () => [],
  inStory = () => [],
}) {
  const host = make("div", { class: "surface-page" });
  element.classList.add("surface");
  element.append(host);

  const locks = createLocks(locked, () => announce(gettext("Your role does not change this part of a story.")));
  const marks = createMarks();
  const views = new Set();
  let toolbar = null;
  // The views of our own nodes are drawn while it is being made.
  let editor = null;

  const attrsOf = (kind, name) =>
    editor.state.doc.content.content.filter(({ type }) => type.name === kind).map(({ attrs }) => attrs[name]);
  const picturesShown = () => attrsOf("gallery", "pictures").flatMap((list) => list.map(({ photo }) => photo));
  const context = {
    refs,
    dialogs,
    announce,
    language,
    self,
    topics,
    inStory: () => [...inStory(), ...attrsOf("caption", "photo"), ...picturesShown()].filter(Boolean),
    taken: () => attrsOf("relatedlink", "story").filter(Boolean),
    wordsOf: (id, field) => (editor ? wordsOf(editor.state.doc, id, field) : ""),
  };
  /* What the views of our own nodes need of the editor. */
  const inner = {
    context,
    views,
    isReadonly: (kind) => !(editor ? editor.isEditable : !readonly) || locks.has(kind),
    history: (command) => editor.commands[command](),
    remove,
    settle: (node, isTheirs) => settleNode(node, isTheirs),
  };

  editor = new Editor({
    element: host,
    injectCSS: false,
    enablePasteRules: false,
    enableCoreExtensions: { delete: false, drop: false, paste: false },
    editable: !readonly,
    extensions: [
      ...prose,
      ...kinds.map((kind) => ownNode(kind, inner)),
      ids([...PROSE, ...kinds.map(({ kind }) => kind)]),
      locks.extension,
      marks.extension,
      moved,
      slash({ items: insertable, host }),
      keys({ toolbar: () => toolbar, settle: settleNode }),
      clipboard({ addFiles, report, isLocked: locks.isLocked }),
      labels({ resolve: resolveStory, refs, isAllowed: () => !locks.has("relatedlink") && !locks.has("text") }),
      typography(language),
      Gapcursor,
      UndoRedo,
    ],
    content: { type: "doc", content: withIds(story.body.length ? story.body : [{ type: "paragraph" }]) },
    editorProps: {
      // Bars stand at the edges of the window.
      scrollThreshold: { top: 110, right: 0, bottom: 90, left: 0 },
      scrollMargin: { top: 110, right: 0, bottom: 90, left: 0 },
      attributes: {
        class: "surface-story",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": gettext("Story"),
        lang: language,
        dir: direction,
        spellcheck: "true",
      },
    },
  });

  for (const view of views) view.refresh();
  const remote = createRemote(editor);
  const handle = createHandle({ host, editor, insert: openInsert, remove, announce, dropFiles: addFiles });
  toolbar = createToolbar({ editor, insert: openInsert, openActions: handle.openActions });
  element.prepend(toolbar.element);
  element.classList.toggle("is-readonly", readonly);
  keepAboveKeyboard(element);
  setTimeout(loadCleaner, 1000);

  /* Inserting */

  /* What the menu offers, and what each does at the cursor. */
  function insertable() {
    const chain = () => focused(editor);
    const own = kinds
      .filter(({ kind, isInserted }) => isInserted !== false && !locks.has(kind))
      .map((kind) => ({ title: kind.title, icon: kind.icon, words: kind.words, run: () => add(kind.kind) }));
    if (locks.has("text")) return own;
    return [
      ...own,
      { title: gettext("Subhead"), icon: "heading", run: () => chain().setHeading({ level: 2 }).run() },
      { title: gettext("Smaller subhead"), icon: "heading", words: gettext("subhead"), run: () => chain().setHeading({ level: 3 }).run() },
      { title: gettext("List"), icon: "bullets", words: gettext("bullets"), run: () => chain().toggleBulletList().run() },
      { title: gettext("Numbered list"), icon: "numbers", words: gettext("list"), run: () => chain().toggleOrderedList().run() },
      { title: gettext("Quote"), icon: "quote", words: gettext("quotation"), run: () => chain().toggleBlockquote().run() },
    ];
  }

  function openInsert(button) {
    openMenu({
      host,
      anchor: () => button.getBoundingClientRect(),
      items: insertable(),
      label: gettext("Insert"),
    });
  }

  /** Ask for what a kind needs, and insert that: the same as choosing it in the menu. */
  async function add(name) {
    const kind = kindOf(name);
    if (!kind.ask) return void insert(name, {});
    const list = await kind.ask(context);
    editor.view.focus();
    if (list?.length && editor.isEditable) insertList(kind, list);
  }

  const nodesOf = (kind, list) => list.map((attrs) => editor.schema.nodes[kind].create({ ...attrs, id: newId() }));

  function insertList(kind, list) {
    if (locks.has(kind.kind)) return;
    const { tr } = editor.state;
    const hold = Boolean(kind.firstField);
    const pos = insertOwn(tr, nodesOf(kind.kind, list), { isLocked: locks.isLocked, hold });
    editor.view.dispatch(tr);
    if (hold) viewAt(editor.view, pos)?.focus(kind.firstField);
    else editor.view.focus();
    const names = list.length > 1 ? `${kind.title} × ${list.length}` : kind.title;
    announce(interpolate(gettext("Inserted: %s"), [names]));
  }

  function insert(name, attrs) {
    insertList(kindOf(name), [attrs]);
  }

  /** Take files into the library and the story: at a boundary of blocks, or at the cursor. */
  async function addFiles(files, pos = null) {
    const [recorded, others] = [true, false].map((is) => files.filter((file) => isRecording(file) === is));
    const recordings = recorded.length ? await dialogs.uploadRecordings(recorded) : [];
    for (const { sort, slug } of recordings) putIn(sort, [{ recording: slug }], pos);
    const photos = others.length ? await dialogs.uploadFiles(others) : [];
    if (!photos?.length) return;
    refs.add({ photos: Object.fromEntries(photos.map((photo) => [photo.slug, photo])) });
    putIn("caption", photos.map(({ slug }) => ({ photo: slug })), pos);
  }

  function putIn(kind, attrs, pos) {
    if (!editor.isEditable || locks.has(kind)) return;
    if (pos === null || pos > editor.state.doc.content.size) return insertList(kindOf(kind), attrs);
    const $pos = editor.state.doc.resolve(pos);
    editor.view.dispatch(editor.state.tr.insert($pos.depth ? $pos.after(1) : pos, nodesOf(kind, attrs)));
  }

  function remove(pos) {
    editor.view.dispatch(removeAt(editor.state, pos));
    editor.view.focus();
    announce(gettext("Removed. Ctrl+Z puts it back."));
  }

  function settleNode(node, isTheirs) {
    if (!editor.isEditable) return;
    const found = byId(editor.state.doc, node.attrs.id);
    const tr = settle(editor.state, found, isTheirs, settleElsewhere);
    editor.view.dispatch(tr);
    editor.view.focus();
    announce(isTheirs ? gettext("Their words stand now.") : gettext("Your words stay."));
  }

  /* Following */

  let block = null;
  editor.on("transaction", ({ transaction }) => {
    if (transaction.docChanged) {
      for (const view of views) if (view.content.followsStory) view.refresh();
      if (!transaction.getMeta("remote")) onChange();
    }
    const id = currentOf(editor.state).node.attrs.id;
    if (id !== block) onBlock((block = id));
  });
  refs.onChange?.(() => {
    for (const view of views) view.refresh();
  });

  /* A click below a picture that ends the story begins a paragraph there. */
  host.addEventListener("click", (event) => {
    const { doc } = editor.state;
    if (event.target !== editor.view.dom || !editor.isEditable || !isOwn(doc.lastChild)) return;
    if (event.clientY < editor.view.dom.lastElementChild.getBoundingClientRect().bottom) return;
    editor.view.dispatch(paragraphAt(editor.state.tr, doc.content.size));
    editor.view.focus();
  });

  return {
    editor,
    getBody: remote.getBody,
    setBody: remote.setBody,
    rebase: remote.rebase,
    insert,
    add,
    /** Go to a node, or to a field of it; says whether it is there. */
    focusNode(id, field, words = "") {
      const held = pictureById(editor.state.doc, id);
      const found = held?.gallery ?? byId(editor.state.doc, id);
      if (!found) return false;
      const { node, pos } = found;
      const chosen = matchesIn(editor.state.doc, patternOf({ text: words, matchCase: true, wholeWords: false }))
        .find(({ from }) => from >= pos && from < pos + node.nodeSize);
      if (chosen?.name) field = chosen.name;
      if (chosen && !chosen.name) editor.commands.setTextSelection({ from: chosen.from, to: chosen.to });
      else if (node.isAtom) editor.commands.setNodeSelection(pos);
      else editor.commands.setTextSelection(pos + 1);
      editor.view.nodeDOM(pos)?.scrollIntoView({ block: "center" });
      const own = viewAt(editor.view, pos);
      const part = chosen?.at === undefined ? held && id : node.attrs.pictures[chosen.at].id;
      if (own && (field || part)) own.focus(field, part);
      else editor.view.focus();
      return true;
    },
    /** Move a node to the place before another, or to the end; says whether it went. */
    moveNode(id, before = null) {
      const { state, view } = editor;
      const found = byId(state.doc, id);
      const next = before && byId(state.doc, before);
      const tr = found && editor.isEditable ? moveTo(state, found.pos, next ? next.pos : state.doc.content.size) : null;
      if (!tr) return false;
      view.dispatch(tr);
      announce(gettext("Moved."));
      return true;
    },
    /** Whether this person may not change a node. */
    isLocked: locks.isLocked,
    currentBlock: () => currentOf(editor.state).node.attrs.id,
    setPeople: (people) => marks.setPeople(editor.view, people),
    setErrors: (errors) => marks.setErrors(editor.view, errors),
    lock(isLocked) {
      editor.setEditable(!isLocked && !readonly, false);
      element.classList.toggle("is-readonly", isLocked || readonly);
      for (const view of views) view.refresh();
      handle.place();
    },
    destroy() {
      editor.destroy();
      element.replaceChildren();
    },
  };
}

/* Browsers that lay the page out behind the keyboard of a phone: the bar is lifted above it. */
function keepAboveKeyboard(element) {
  const view = window.visualViewport;
  if (!view) return;
  const follow = () => {
    const hidden = Math.max(0, window.innerHeight - view.height - view.offsetTop);
    element.style.setProperty("--surface-keyboard", `${hidden}px`);
  };
  view.addEventListener("resize", follow);
  view.addEventListener("scroll", follow);
}
