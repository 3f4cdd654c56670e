/*
 * Find and replace in the story, in its prose and in captions, credits, quotations and headlines.
 *
 * Ctrl+H opens the bar, and Enter goes on to the next place; the browser's own search stays where it
 * was. All that "Replace all" changes is one step of Undo.
 */
import { Plugin, pm } from "django-prose-editor/editor";

import { matchesIn, patternOf, replaceIn } from "./find_matches.js";

const { NodeSelection, PluginKey, TextSelection } = pm.state;
const { Decoration, DecorationSet } = pm.view;

const KEY = new PluginKey("writingFind");
const NOTHING = { pattern: null, matches: [], current: -1 };
const LONGEST_SELECTION = 100;
const PAUSE = 400;

const isMac = /Mac|iP(?:hone|ad)/.test(navigator.platform);

/* Found places, kept as the document changes: {pattern, matches, current}. */
function findPlugin() {
  return new Plugin({
    key: KEY,
    state: {
      init: () => NOTHING,
      apply(tr, found) {
        const change = tr.getMeta(KEY);
        if (change?.pattern !== undefined) return foundIn(tr.doc, change.pattern, change.from ?? tr.selection.from);
        if (change) return { ...found, current: change.current };
        if (!tr.docChanged || !found.pattern) return found;
        const from = found.matches[found.current]?.from;
        return foundIn(tr.doc, found.pattern, from === undefined ? 0 : tr.mapping.map(from));
      },
    },
    props: {
      decorations(state) {
        const { matches, current } = KEY.getState(state);
        return matches.length ? DecorationSet.create(state.doc, matches.map((match, n) => decoration(match, n === current))) : null;
      },
    },
  });
}

/* The first match from a place on is the current one. */
function foundIn(doc, pattern, from) {
  const matches = matchesIn(doc, pattern);
  const next = matches.findIndex((match) => match.from >= from);
  return { pattern, matches, current: matches.length ? Math.max(0, next) : -1 };
}

function decoration({ from, to, name }, isCurrent) {
  const attributes = { class: isCurrent ? "find-match find-current" : "find-match" };
  return name ? Decoration.node(from, to, attributes) : Decoration.inline(from, to, attributes);
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const button = (title, label = title) => make("button", { type: "button", title, "aria-label": title }, label);

function check(label) {
  const input = make("input", { type: "checkbox" });
  return [input, make("label", { class: "find-option" }, input, ` ${label}`)];
}

function field(label, name) {
  return make("input", { type: "text", class: `find-${name}`, "aria-label": label, placeholder: label, autocomplete: "off", spellcheck: "false" });
}

const PLACES = {
  caption: () => gettext("in a caption"),
  credit: () => gettext("in a credit"),
  alt: () => gettext("in an alt text"),
  text: () => gettext("in a quotation"),
  attribution: () => gettext("in an attribution"),
  headline: () => gettext("in the headline of a link"),
  title: () => gettext("in a title"),
};

/*
 * {open(), close(), element}: the bar, to be put in the page. `isLocked(node)`, if given, tells the
 * nodes in which nothing may be replaced.
 */
export function findBar({ editor, announce, isLocked = () => false }) {
  const wanted = field(gettext("Find"), "wanted");
  const instead = field(gettext("Replace with"), "instead");
  const [matchCase, caseLabel] = check(gettext("Match case"));
  const [wholeWords, wordsLabel] = check(gettext("Whole words"));
  const count = make("output", { class: "find-count", "aria-live": "off" });
  const previous = button(gettext("Previous"), "↑");
  const next = button(gettext("Next"), "↓");
  const one = button(gettext("Replace"));
  const all = button(gettext("Replace all"));
  const shut = button(gettext("Close"), "×");
  shut.className = "find-shut";
  const element = make(
    "div",
    { class: "find-bar", role: "search", "aria-label": gettext("Find and replace") },
    make("div", { class: "find-row" }, wanted, count, previous, next, shut),
    make("div", { class: "find-row" }, instead, one, all, caseLabel, wordsLabel),
  );
  element.hidden = true;
  let waiting = 0;

  editor.registerPlugin(findPlugin());
  const found = () => KEY.getState(editor.state);

  /* "3 of 12", and where it stands when that is not the text. */
  function said() {
    const { matches, current } = found();
    if (!wanted.value) return "";
    if (!matches.length) return gettext("Nothing found");
    const place = interpolate(gettext("%s of %s"), [current + 1, matches.length]);
    const { name } = matches[current];
    return name ? `${place}, ${PLACES[name]()}` : place;
  }

  function refresh() {
    count.textContent = said();
    const isNone = !found().matches.length;
    for (const each of [previous, next]) each.disabled = isNone;
    for (const each of [one, all]) each.disabled = isNone || !editor.isEditable;
    // A button that is switched off would take the keyboard with it.
    if (document.activeElement?.disabled && element.contains(document.activeElement)) wanted.focus();
  }

  function sayLater() {
    clearTimeout(waiting);
    waiting = setTimeout(() => announce(said()), PAUSE);
  }

  function search(from) {
    const pattern = patternOf({ text: wanted.value, matchCase: matchCase.checked, wholeWords: wholeWords.checked });
    editor.view.dispatch(editor.state.tr.setMeta(KEY, { pattern, from }).setMeta("addToHistory", false));
    refresh();
    sayLater();
  }

  /* Select the current place, and show it. */
  function show() {
    const { matches, current } = found();
    const match = matches[current];
    if (!match) return;
    const { tr, doc } = editor.state;
    const selection = match.name ? NodeSelection.create(doc, match.from) : TextSelection.create(doc, match.from, match.to);
    editor.view.dispatch(tr.setSelection(selection).scrollIntoView());
  }

  function go(step) {
    const { matches, current } = found();
    if (!matches.length) return;
    const place = (current + step + matches.length) % matches.length;
    editor.view.dispatch(editor.state.tr.setMeta(KEY, { current: place }));
    show();
    refresh();
    announce(said());
  }

  const isFree = ({ from, name }) => {
    const { doc } = editor.state;
    const $from = doc.resolve(from);
    return !isLocked(name ? doc.nodeAt(from) : $from.node(1));
  };

  /* Replace some matches in one step of Undo; how many were. */
  function replace(matches) {
    const free = matches.filter(isFree);
    if (!editor.isEditable || !free.length) return 0;
    const before = editor.state.doc;
    editor.view.dispatch(pm.history.closeHistory(replaceIn(editor.state.tr, free, instead.value)));
    return editor.state.doc.eq(before) ? 0 : free.length;
  }

  function replaceOne() {
    const { matches, current } = found();
    if (!matches.length) return;
    if (!replace([matches[current]])) {
      announce(gettext("This may not be changed here."));
      return;
    }
    const left = found().matches;
    let place = current;
    while (place < left.length && isWithin(left[place], matches[current])) place += 1;
    if (left.length) editor.view.dispatch(editor.state.tr.setMeta(KEY, { current: place % left.length }));
    show();
    refresh();
    announce(said());
  }

  /* Whether a match lies in the words just put in: they may hold what is looked for. */
  function isWithin(match, { from, name, at, start }) {
    const size = instead.value.length;
    return name ? match.from === from && match.name === name && match.at === at && match.start < start + size : match.from < from + size;
  }

  function replaceAll() {
    const done = replace(found().matches);
    refresh();
    clearTimeout(waiting);
    announce(interpolate(ngettext("%s place replaced.", "%s places replaced.", done), [done]));
  }

  function open() {
    const { from, to, node } = editor.state.selection;
    const selected = node ? "" : editor.state.doc.textBetween(from, to, "\n", "\n");
    if (selected && selected.length <= LONGEST_SELECTION && !selected.includes("\n")) wanted.value = selected;
    element.hidden = false;
    search(from);
    wanted.focus();
    wanted.select();
  }

  function close() {
    if (element.hidden) return;
    clearTimeout(waiting);
    element.hidden = true;
    editor.view.dispatch(editor.state.tr.setMeta(KEY, { pattern: null }).setMeta("addToHistory", false));
    editor.view.focus();
  }

  function isShortcut(event) {
    if (event.key.toLowerCase() !== "h" || event.altKey) return false;
    return isMac ? event.metaKey && event.shiftKey : event.ctrlKey && !event.shiftKey && !event.metaKey;
  }

  function onKey(event) {
    if (!isShortcut(event)) return;
    event.preventDefault();
    open();
  }

  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === instead) replaceOne();
    else if (event.key === "Enter" && event.target.type !== "button") go(event.shiftKey ? -1 : 1);
    else if (isShortcut(event)) open();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  editor.view.dom.addEventListener("keydown", onKey);
  wanted.addEventListener("input", () => search(found().matches[found().current]?.from));
  for (const each of [matchCase, wholeWords]) each.addEventListener("change", () => search(found().matches[found().current]?.from));
  next.addEventListener("click", () => go(1));
  previous.addEventListener("click", () => go(-1));
  one.addEventListener("click", replaceOne);
  all.addEventListener("click", replaceAll);
  shut.addEventListener("click", close);
  editor.on("update", () => element.hidden || refresh());
  refresh();
  return { open, close, element };
}
