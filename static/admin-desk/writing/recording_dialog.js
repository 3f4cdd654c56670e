/*
 * Choosing a film or a sound: the library as a list, the newest first, with a search box in focus. A file
 * that is chosen or dropped here is taken in at once; its words are written on its own page.
 */
import { button, createSearch, make, newId, openPanel, thumb } from "./dialog_frame.js";
import { createList } from "./dialog_list.js";
import { dotted } from "./elements.js";
import { isRecording } from "./kinds/recording.js";
import { sendFile } from "./send_file.js";

/** {sort} → facts of a film or sound, or null. */
export function chooseRecording(context, { sort }) {
  return openPanel({
    title: sort === "film" ? gettext("Choose a film") : gettext("Choose a sound"),
    kind: "recordings",
    build: (panel) => build(context, { sort, files: [] }, panel),
  });
}

/** Files → [facts] of those that were taken in. */
export async function uploadRecordings(context, files) {
  const title = gettext("Upload films and sounds");
  const found = await openPanel({
    title,
    kind: "recordings",
    build: (panel) => build(context, { sort: "", files }, panel),
  });
  return found ? [found].flat() : [];
}

function build(context, { sort, files }, panel) {
  const { refs, ask, urls } = context;
  const { dialog, body, foot, close, giveUp } = panel;
  const known = new Map();
  let page = 1;
  let sending = null;

  const listId = newId("list");
  const input = make("input", {
    type: "search",
    class: "dialog-search",
    placeholder: gettext("Title, caption or words of the transcript"),
    "aria-label": gettext("Search films and sounds"),
    "aria-controls": listId,
    autocomplete: "off",
    maxlength: "200",
    "data-first": !files.length,
  });
  const status = make("p", { class: "dialog-status", role: "status" });
  const error = make("p", { class: "dialog-failed", role: "alert", hidden: true });
  const progress = make("progress", { class: "recording-progress", max: "100", hidden: true, "aria-label": gettext("Sent so far") });
  const list = make("div", { id: listId, role: "listbox", "aria-label": gettext("Films and sounds") });
  const more = button(gettext("More"), () => load(page + 1), { hidden: true });
  const chooser = make("input", {
    type: "file",
    accept: sort === "film" ? "video/mp4,video/webm" : "audio/*",
    hidden: true,
    onchange: () => {
      take([...chooser.files]);
      chooser.value = "";
    },
  });
  const tools = make("div", { class: "dialog-tools" }, input, button(gettext("Upload…"), () => chooser.click()), chooser);
  body.append(...(files.length ? [] : [tools]), status, progress, error, list, make("div", { class: "dialog-more" }, more));

  const keep = (facts) => {
    known.set(facts.slug, facts);
    refs.add({ recordings: { [facts.slug]: facts } });
  };

  function optionOf(facts) {
    return make(
      "div",
      { role: "option", class: "story-row", tabindex: "-1", "aria-selected": "false", "data-slug": facts.slug },
      make("span", { class: "story-image" }, thumb(facts.thumb)),
      make(
        "span",
        { class: "story-words" },
        make("span", { class: "story-headline" }, facts.title),
        " ",
        make("span", { class: "story-meta" }, ...dotted([facts.length, facts.credit])),
        " ",
        make("span", { class: "story-reason" }, facts.missing.join(" ")),
      ),
    );
  }

  function show(answer, _words, isMore = false) {
    error.hidden = true;
    answer.results.forEach(keep);
    const options = answer.results.map(optionOf);
    if (isMore) list.append(...options);
    else list.replaceChildren(...options);
    page = isMore ? page + 1 : 1;
    more.hidden = !answer.more;
    const count = list.children.length;
    status.textContent = count ? "" : gettext("Nothing here has these words.");
    rows.settle();
    main.disabled = !count;
  }

  function fail(problem) {
    error.textContent = problem.message;
    error.hidden = false;
    status.textContent = "";
  }

  const query = (number) => ({ q: input.value.trim(), sort, page: number });
  const search = createSearch({ input, run: (_words, signal) => ask(urls.recordings, { query: query(1), signal }), show, fail });
  const load = (number) => ask(urls.recordings, { query: query(number) }).then((answer) => show(answer, "", true), fail);

  const finish = (item = rows.marked()) => item && close(known.get(item.dataset.slug));
  const rows = createList({
    element: list,
    selector: "[role=option]",
    input,
    isPending: search.isPending,
    onChoose: (item) => rows.mark(item, { focus: true }),
    onTake: finish,
    onEnd: () => more.hidden || load(page + 1),
  });
  const main = button(gettext("Put in"), () => finish(), { class: "dialog-button is-main", disabled: true });
  const cancel = button(gettext("Cancel"), giveUp);
  foot.replaceChildren(cancel, ...(files.length ? [] : [main]));

  /* One after the other: each may be large. */
  async function take(chosen) {
    if (sending) return;
    const taken = [];
    const refused = [];
    sending = new AbortController();
    error.hidden = true;
    for (const file of chosen) {
      try {
        status.textContent = interpolate(gettext("Sending “%s”…"), [file.name]);
        taken.push(await send(file));
      } catch (problem) {
        if (problem.name === "AbortError") return;
        refused.push(`${file.name}: ${problem.message}`);
      }
    }
    sending = null;
    progress.hidden = true;
    taken.forEach(keep);
    if (!refused.length) return close(files.length ? taken : taken[0]);
    fail({ message: refused.join(" ") });
    if (!taken.length) return;
    foot.replaceChildren(cancel, button(gettext("Put in the others"), () => close(files.length ? taken : taken[0]), { class: "dialog-button is-main" }));
  }

  const send = (file) =>
    sendFile(urls.drop, file, {
      most: urls.mostBytes,
      signal: sending.signal,
      onProgress(percent) {
        progress.hidden = false;
        progress.value = percent;
        if (percent === 100) status.textContent = interpolate(gettext("“%s” is being read…"), [file.name]);
      },
    });

  dialog.addEventListener("dragover", (event) => event.preventDefault());
  dialog.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    take([...(event.dataTransfer?.files ?? [])].filter(isRecording).slice(0, files.length ? 20 : 1));
  });
  dialog.addEventListener("close", () => {
    search.stop();
    sending?.abort();
  });

  if (files.length) take(files);
  else search.now();
}
