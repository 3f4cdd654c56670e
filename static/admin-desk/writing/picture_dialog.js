/*
 * Choosing pictures: the library as a grid, newest first, with a search box in focus; pictures dropped
 * anywhere on it are taken in, and their words are checked before they are used. What replaces another
 * picture is shown beside it first, with the words that go.
 */
import { button, createSearch, make, newId, openPanel, thumb } from "./dialog_frame.js";
import { createList } from "./dialog_list.js";
import { createChecks } from "./picture_check.js";
import { pictureDetails } from "./picture_details.js";

const filters = () => [
  ["no_alt", gettext("No alt text")],
  ["rights", gettext("Rights ending")],
  ["landscape", gettext("Landscape")],
  ["portrait", gettext("Portrait")],
];

/** What stands on a thumbnail, in few words: [[kind, text]]. */
function marksOf(facts, isHere) {
  return [
    isHere && ["note", gettext("In this story")],
    facts.by_me_today && ["note", gettext("Yours today")],
    !facts.usable && ["bad", gettext("Rights ended")],
    facts.usable && facts.ending && ["warn", gettext("Rights end soon")],
    facts.embargo && ["warn", gettext("Embargo")],
    !facts.alt && !facts.decorative && ["warn", gettext("No alt text")],
    !facts.thumb && ["bad", gettext("File missing")],
  ].filter(Boolean);
}

export function choosePictures(context, options) {
  return openPanel({
    title: options.replacing ? gettext("Replace the picture") : options.multiple ? gettext("Choose pictures") : gettext("Choose a picture"),
    kind: "pictures",
    build: (panel) => build(context, { inStory: [], multiple: false, replacing: null, files: null, ...options }, panel),
  });
}

export async function uploadFiles(context, files) {
  const list = [...(files ?? [])];
  if (!list.length) return [];
  const title = list.length > 1 ? gettext("Check the pictures") : gettext("Check the picture");
  const found = await openPanel({
    title,
    kind: "pictures",
    build: (panel) => build(context, { inStory: [], multiple: true, replacing: null, files: list }, panel),
  });
  return found ?? [];
}

function build(context, options, panel) {
  const { refs, ask, urls, announce } = context;
  const { dialog, body, foot, close, giveUp } = panel;
  const known = new Map();
  const keep = (facts) => (known.set(facts.slug, { ...known.get(facts.slug), ...facts }), refs?.add?.({ photos: { [facts.slug]: facts } }), facts);
  let chosen = [];
  let only = "";
  let page = 1;

  const library = make("div", { class: "picture-library" });
  const other = make("div", { class: "picture-other", hidden: true });
  body.append(library, other);

  /* The library */

  const listId = newId("list");
  const statusId = newId("status");
  const input = make("input", {
    type: "search",
    class: "dialog-search",
    placeholder: gettext("Caption, credit, name or date"),
    "aria-label": gettext("Search the picture library"),
    "aria-controls": listId,
    "aria-describedby": statusId,
    autocomplete: "off",
    spellcheck: "false",
    maxlength: "200",
    "data-first": !options.files,
  });
  const status = make("p", { id: statusId, class: "dialog-status", role: "status" });
  const error = make("p", { class: "dialog-failed", role: "alert", hidden: true });
  const list = make("div", {
    id: listId,
    class: "picture-list",
    role: "listbox",
    "aria-label": gettext("Pictures"),
    "aria-multiselectable": String(options.multiple),
  });
  const more = button(gettext("More pictures"), () => loadMore(), { hidden: true });
  const chips = filters().map(([name, text]) => button(text, () => filter(name), { class: "dialog-chip", "data-filter": name, "aria-pressed": "false" }));
  const chooser = make("input", {
    type: "file",
    accept: "image/*",
    multiple: options.multiple,
    hidden: true,
    onchange: () => {
      take([...chooser.files]);
      chooser.value = "";
    },
  });
  library.append(
    make(
      "div",
      { class: "dialog-tools" },
      input,
      make("div", { class: "dialog-chips", role: "group", "aria-label": gettext("Show only") }, ...chips),
      button(gettext("Upload…"), () => chooser.click(), { class: "dialog-button picture-upload" }),
      chooser,
    ),
    status,
    error,
    list,
    make("div", { class: "dialog-more" }, more),
  );

  function optionOf(facts) {
    const marks = marksOf(facts, options.inStory.includes(facts.slug));
    return make(
      "div",
      { role: "option", class: "picture-option", tabindex: "-1", "aria-selected": "false", "data-slug": facts.slug },
      make(
        "span",
        { class: "picture-image" },
        thumb(facts.thumb),
        make("span", { class: "picture-marks" }, ...marks.map(([kind, text]) => make("span", { class: `picture-mark is-${kind}` }, text, " "))),
        make("span", { class: "picture-number", "aria-hidden": "true" }),
      ),
      make("span", { class: "picture-caption" }, facts.caption || facts.name),
      " ",
      make("span", { class: "picture-credit" }, facts.credit),
    );
  }

  function show(answer, words) {
    error.hidden = true;
    for (const facts of answer.results) keep(facts);
    const here = words || only ? [] : options.inStory.map((slug) => known.get(slug) ?? refs?.photo?.(slug)).filter(Boolean);
    const rest = answer.results.filter((facts) => !here.some((each) => each.slug === facts.slug));
    const mine = words || only ? [] : rest.filter((facts) => facts.by_me_today);
    const others = rest.filter((facts) => !mine.includes(facts));
    for (const facts of here) known.set(facts.slug, facts);
    list.replaceChildren(...[...here, ...mine, ...others].map(optionOf));
    body.scrollTop = 0;
    page = 1;
    more.hidden = !answer.more;
    say(answer, words);
    showChosen();
    rows.settle();
  }

  function say(answer, words) {
    const count = list.querySelectorAll("[role=option]").length;
    const counted = answer.more
      ? interpolate(ngettext("The first picture", "The first %s pictures", count), [count])
      : interpolate(ngettext("%s picture", "%s pictures", count), [count]);
    if (!count) status.textContent = words || only ? gettext("No picture has these words. Try fewer, or another filter.") : gettext("The library is empty. Drop a picture here.");
    else if (answer.meant) status.textContent = interpolate(gettext("None for “%s”. For “%s”: %s."), [words, answer.meant, counted]);
    else status.textContent = counted;
  }

  function fail(problem) {
    error.textContent = problem.message;
    error.hidden = false;
    status.textContent = "";
  }

  const query = (words, number) => ({ q: words, page: number, filter: only });
  const search = createSearch({ input, run: (words, signal) => ask(urls.photos, { query: query(words, 1), signal }), show, fail });

  async function loadMore() {
    if (more.hidden || more.disabled) return;
    more.disabled = true;
    const words = input.value.trim();
    try {
      const answer = await ask(urls.photos, { query: query(words, page + 1) });
      if (words !== input.value.trim()) return;
      page += 1;
      const shown = new Set([...list.querySelectorAll("[role=option]")].map((item) => item.dataset.slug));
      const fresh = answer.results.filter((facts) => !shown.has(facts.slug));
      fresh.forEach(keep);
      list.append(...fresh.map(optionOf));
      more.hidden = !answer.more;
      say(answer, words);
      showChosen();
    } catch (problem) {
      fail(problem);
    } finally {
      more.disabled = false;
    }
  }

  function filter(name) {
    only = only === name ? "" : name;
    for (const chip of chips) chip.setAttribute("aria-pressed", String(chip.dataset.filter === only));
    search.now();
  }

  const rows = createList({
    element: list,
    selector: "[role=option]",
    input,
    isPending: search.isPending,
    onChoose: (item) => choose(item.dataset.slug),
    onTake: (item) => finish(item?.dataset.slug),
    onEnd: loadMore,
    onMark: () => showFoot(),
  });
  body.addEventListener("scroll", () => {
    if (!library.hidden && body.scrollTop + body.clientHeight > body.scrollHeight - 400) loadMore();
  });

  function choose(slug) {
    if (chosen.includes(slug)) chosen = chosen.filter((each) => each !== slug);
    else chosen = options.multiple ? [...chosen, slug] : [slug];
    showChosen();
    if (options.multiple) announce(interpolate(ngettext("%s picture chosen", "%s pictures chosen", chosen.length), [chosen.length]));
  }

  function showChosen() {
    for (const item of list.querySelectorAll("[role=option]")) {
      const at = chosen.indexOf(item.dataset.slug);
      item.setAttribute("aria-selected", String(at >= 0));
      item.querySelector(".picture-number").textContent = at < 0 ? "" : options.multiple ? at + 1 : "✓";
    }
    showFoot();
  }

  /* What stands below, in each of the views */

  const hint = make("p", { class: "dialog-hint" });
  const details = button(gettext("Details"), () => openDetails());
  const main = button("", () => finish(), { class: "dialog-button is-main" });
  const cancel = button(gettext("Cancel"), giveUp, { class: "dialog-button is-cancel" });

  function showFoot() {
    if (library.hidden) return;
    const count = chosen.length;
    main.textContent = options.replacing
      ? gettext("Compare…")
      : options.multiple && count > 1
        ? interpolate(ngettext("Put in %s picture", "Put in %s pictures", count), [count])
        : gettext("Put in the picture");
    main.disabled = !count && !rows.marked();
    details.disabled = !rows.marked();
    const looked = chosen.length ? chosen : [rows.marked()?.dataset.slug];
    const facts = looked.map((slug) => known.get(slug)).find((each) => each?.rights && (!each.usable || each.ending || each.embargo));
    const help = options.multiple ? gettext("Space chooses several, Enter puts them in.") : gettext("Arrows move, Enter takes the picture.");
    hint.textContent = facts?.rights ?? help;
    hint.classList.toggle("is-help", !facts);
    hint.classList.toggle("dialog-error", facts?.usable === false);
    hint.classList.toggle("is-warning", facts?.usable === true);
    foot.replaceChildren(hint, details, cancel, main);
  }

  async function openDetails() {
    const item = rows.marked();
    if (!item) return;
    const facts = await pictureDetails(context, item.dataset.slug);
    if (!facts) return;
    keep(facts);
    const fresh = optionOf(known.get(facts.slug));
    item.replaceWith(fresh);
    rows.mark(fresh, { focus: true });
    showChosen();
  }

  function finish(slug = rows.marked()?.dataset.slug) {
    const slugs = chosen.length ? chosen : slug ? [slug] : [];
    const found = slugs.map((each) => known.get(each)).filter(Boolean);
    if (!found.length) return;
    if (options.replacing) compare(found[0]);
    else close(found);
  }

  /* Two views beside the library: the words of new pictures, and old beside new. */

  const title = panel.heading.textContent;
  function view(name, ...content) {
    panel.heading.textContent = name === "check" ? gettext("Check the words") : title;
    library.hidden = name !== "library";
    other.hidden = !library.hidden;
    other.replaceChildren(...content);
    body.scrollTop = 0;
    if (library.hidden) return;
    showFoot();
    panel.askFirst(() => true);
    (rows.marked() ?? input).focus();
  }

  function compare(facts) {
    const old = options.replacing;
    const was = known.get(old.photo) ?? refs?.photo?.(old.photo) ?? {};
    const typed = ["caption", "credit", "alt"].filter((name) => old[name] && facts.slug !== old.photo);
    const words = { caption: gettext("Caption"), credit: gettext("Credit"), alt: gettext("Alt text") };
    const side = (title, source, says) =>
      make(
        "figure",
        { class: "picture-side" },
        make("h3", {}, title),
        thumb(source.src || source.thumb, { loading: "eager" }),
        make(
          "dl",
          {},
          ...Object.entries(words).flatMap(([name, label]) => [make("dt", {}, label), make("dd", {}, says(name))]),
        ),
      );
    const goes = (name) => (typed.includes(name) ? make("del", {}, old[name]) : was[name] || "–");
    const comes = (name) => facts[name] || (name === "alt" && facts.decorative ? gettext("Decorative: needs none") : "–");
    const note = typed.length
      ? gettext("The words that are struck out were written for the old picture and go with it. They stay at hand beside the new one.")
      : gettext("The new picture comes with its own words.");
    view(
      "compare",
      make("div", { class: "picture-sides" }, side(gettext("Now"), was, goes), side(gettext("Instead"), facts, comes)),
      make("p", { class: "picture-note" }, note),
    );
    const replace = button(gettext("Replace"), () => close([facts]), { class: "dialog-button is-main" });
    foot.replaceChildren(button(gettext("Back"), () => view("library")), cancel, replace);
    replace.focus();
  }

  const checks = createChecks({
    context,
    keep,
    onEmpty: () => (options.files ? close() : view("library")),
    onReady: () => showCheckFoot(),
  });

  function take(files) {
    if (!files.length) return;
    const some = options.multiple ? files : files.slice(0, 1);
    if (library.hidden && other.contains(checks.element)) checks.add(some);
    else {
      view("check", checks.element);
      checks.add(some);
    }
    panel.askFirst(() => {
      if (!checks.isTyped()) return true;
      checks.forget();
      checks.say(gettext("The words typed here are not saved. Close again to leave without them."));
      return false;
    });
    showCheckFoot();
  }

  function showCheckFoot() {
    if (!other.contains(checks.element)) return;
    const count = checks.count();
    const save = button(
      count > 1
        ? interpolate(ngettext("Save and put in %s picture", "Save and put in %s pictures", count), [count])
        : gettext("Save and put in"),
      async () => {
        save.disabled = true;
        const found = await checks.save();
        save.disabled = false;
        if (!found) return;
        if (options.replacing) compare(found[0]);
        else close([...chosen.map((slug) => known.get(slug)).filter((facts) => !found.some((each) => each.slug === facts.slug)), ...found]);
      },
      { class: "dialog-button is-main", disabled: !checks.isReady() },
    );
    const back = button(gettext("Library"), () => {
      search.now();
      view("library");
    });
    foot.replaceChildren(checks.hint, ...(options.files ? [] : [back]), cancel, save);
  }

  /* A file dropped on the dialog is taken in; nothing that is dropped makes the browser leave. */

  let over = 0;
  const isDropping = (on) => dialog.classList.toggle("is-dropping", on);
  dialog.addEventListener("dragenter", (event) => {
    event.preventDefault();
    over += 1;
    isDropping(event.dataTransfer?.types.includes("Files") ?? false);
  });
  dialog.addEventListener("dragover", (event) => event.preventDefault());
  dialog.addEventListener("dragleave", () => {
    over = Math.max(0, over - 1);
    if (!over) isDropping(false);
  });
  dialog.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    over = 0;
    isDropping(false);
    take([...(event.dataTransfer?.files ?? [])]);
  });
  dialog.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
  dialog.append(make("p", { class: "picture-drop", "aria-hidden": "true" }, gettext("Drop the pictures here")));
  dialog.addEventListener("close", () => {
    search.stop();
    checks.stop();
  });

  if (options.files) {
    take(options.files);
    return;
  }
  showFoot();
  status.textContent = gettext("Looking…");
  const missing = options.inStory.filter((slug) => !refs?.photo?.(slug));
  Promise.resolve(missing.length ? refs?.load?.({ photos: missing }) : null)
    .catch(() => {})
    .then(() => search.now());
}
