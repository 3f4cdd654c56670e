/*
 * Choosing stories to link to, by keyboard alone: search, move, choose several in their order, give each
 * a label. What readers see comes first. An address typed into the search box finds our story of that
 * address, or offers a page of another site.
 */
import { button, createSearch, field, make, newId, openPanel, thumb } from "./dialog_frame.js";
import { createList } from "./dialog_list.js";
import { dotted } from "./elements.js";
import { addressIn } from "./embed_dialog.js";

const LABELS = ["", "watch", "read", "listen", "live"];
/* Keys for the labels: LISTEN and LIVE begin alike. */
const KEYS = { w: "watch", r: "read", l: "listen", v: "live", n: "" };

const labelText = (label) =>
  ({
    "": gettext("No label"),
    watch: gettext("WATCH"),
    read: gettext("READ"),
    listen: gettext("LISTEN"),
    live: gettext("LIVE"),
  })[label];

/** The address that was typed or pasted in place of words, or "". */
export function typedAddress(words) {
  if (/^https?:\/\//i.test(words)) return addressIn(words)?.href ?? "";
  return /^(www\.)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}\/\S*$/i.test(words) || /^www\./i.test(words) ? (addressIn(words)?.href ?? "") : "";
}

export function chooseStories(context, options) {
  return openPanel({
    title: gettext("Choose related stories"),
    kind: "stories",
    build: (panel) => build(context, { taken: [], self: "", topics: [], headline: "", ...options }, panel),
  });
}

function build({ refs, ask, urls, announce }, options, { dialog, body, foot, close, giveUp }) {
  const taken = new Set(options.taken);
  const known = new Map();
  const labels = new Map();
  const chosen = new Map();
  let addOutside = null;
  let page = 1;

  const listId = newId("list");
  const statusId = newId("status");
  const input = make("input", {
    type: "search",
    class: "dialog-search",
    placeholder: gettext("Words, a name, a topic or an address"),
    "aria-label": gettext("Search stories, or paste an address"),
    "aria-controls": listId,
    "aria-describedby": statusId,
    autocomplete: "off",
    spellcheck: "false",
    maxlength: "500",
    "data-first": true,
  });
  const status = make("p", { id: statusId, class: "dialog-status", role: "status" });
  const error = make("p", { class: "dialog-failed", role: "alert", hidden: true });
  const list = make("div", { id: listId, class: "story-list", role: "grid", "aria-label": gettext("Stories"), "aria-multiselectable": "true" });
  const outside = make("div", { class: "story-outside", hidden: true });
  const more = button(gettext("More stories"), () => loadMore(), { hidden: true });
  body.append(make("div", { class: "dialog-tools" }, input), status, error, outside, list, make("div", { class: "dialog-more" }, more));

  function labelSelect(key, name) {
    const select = make(
      "select",
      { class: "story-label", tabindex: "-1", "aria-label": interpolate(gettext("Label of “%s”"), [name]) },
      ...LABELS.map((label) => make("option", { value: label }, labelText(label))),
    );
    select.value = labels.get(key) ?? "";
    select.addEventListener("change", () => setLabel(key, select.value));
    select.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      rows.mark(select.closest("[role=row]"), { focus: true });
    });
    return select;
  }

  function rowOf(facts) {
    const isTaken = taken.has(facts.uuid);
    return make(
      "div",
      {
        role: "row",
        class: `story-row${isTaken ? " is-taken" : ""}`,
        tabindex: "-1",
        "data-key": facts.uuid,
        "aria-selected": "false",
        ...(isTaken ? { "aria-disabled": "true" } : {}),
      },
      make("span", { role: "gridcell", class: "story-image" }, thumb(facts.thumb), make("span", { class: "story-number", "aria-hidden": "true" })),
      make(
        "span",
        { role: "gridcell", class: "story-words" },
        make("span", { class: "story-headline" }, facts.headline),
        " ",
        make("span", { class: "story-meta" }, ...dotted([facts.section, facts.date])),
        " ",
        facts.reason ? make("span", { class: "story-reason" }, facts.reason) : null,
      ),
      make(
        "span",
        { role: "gridcell", class: "story-state-cell" },
        make("span", { class: `story-state is-${facts.state}` }, facts.state_label),
      ),
      make("span", { role: "gridcell", class: "story-label-cell" }, isTaken ? make("span", { class: "story-taken" }, gettext("In the story")) : labelSelect(facts.uuid, facts.headline)),
    );
  }

  function group(title, kind, stories) {
    if (!stories.length) return null;
    const heading = title
      ? make("div", { role: "row", class: "story-group-row" }, make("span", { role: "gridcell", class: "story-group-title" }, title))
      : null;
    return make("div", { role: "rowgroup", class: `story-group is-${kind}` }, heading, ...stories.map(rowOf));
  }

  function keep(stories) {
    const found = stories.filter((facts) => facts.uuid !== options.self);
    for (const facts of found) known.set(facts.uuid, facts);
    return found;
  }

  function show(answer, words) {
    error.hidden = true;
    const stories = keep(answer.results);
    const live = stories.filter((facts) => facts.live);
    const hidden = stories.filter((facts) => !facts.live);
    list.replaceChildren(
      ...[group("", "live", live), group(gettext("Readers do not see these yet"), "hidden", hidden)].filter(Boolean),
    );
    body.scrollTop = 0;
    page = 1;
    more.hidden = !answer.more;
    showOutside(answer, words);
    say(answer, words);
    rows.settle();
    showChosen();
  }

  function say(answer, words) {
    const count = list.querySelectorAll(".story-row").length;
    const counted = answer.more
      ? interpolate(ngettext("The first story", "The first %s stories", count), [count])
      : interpolate(ngettext("%s story", "%s stories", count), [count]);
    if (answer.address && count) status.textContent = gettext("This address leads to a story of ours.");
    else if (answer.address) status.textContent = gettext("A page of another site: give it a title.");
    else if (!count) status.textContent = gettext("No story has these words. Try fewer of them.");
    else if (answer.meant) status.textContent = interpolate(gettext("None for “%s”. For “%s”: %s."), [words, answer.meant, counted]);
    else if (answer.near) status.textContent = interpolate(gettext("No story has all these words. %s have most of them."), [counted]);
    else status.textContent = words ? counted : gettext("What goes with this story, and the newest");
  }

  /* A page of another site. */
  function showOutside(answer, words) {
    const isOutside = Boolean(answer.address) && !answer.results.length;
    const before = outside.dataset.url;
    outside.hidden = !isOutside;
    if (!isOutside) {
      delete outside.dataset.url;
      addOutside = null;
      return outside.replaceChildren();
    }
    if (before === answer.address) return;
    outside.dataset.url = answer.address;
    const title = field(gettext("Title of the page"), { maxlength: "200" });
    const select = make("select", { class: "story-label", "aria-label": gettext("Label of the outside page") }, ...LABELS.map((label) => make("option", { value: label }, labelText(label))));
    function add() {
      const says = title.input.value.trim();
      title.error(says ? "" : gettext("Readers need a title: say what the page is."));
      if (!says) return title.input.focus();
      chosen.set(answer.address, { label: select.value, url: answer.address, title: says });
      labels.set(answer.address, select.value);
      if (chosen.size === 1) return finish();
      input.value = "";
      search.now();
      input.focus();
    }
    addOutside = add;
    title.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      add();
    });
    outside.replaceChildren(
      make("h3", {}, gettext("Outside page")),
      make("p", { class: "story-outside-url" }, answer.address),
      make("div", { class: "story-outside-form" }, title.element, select, button(gettext("Choose it"), add)),
    );
  }

  async function lookUp(words, signal) {
    const address = typedAddress(words);
    if (!address) return ask(urls.stories, { query: query(words, 1), signal });
    const answer = await ask(urls.refs, { query: { address }, signal });
    const uuid = answer.addresses?.[address];
    return { results: uuid && answer.stories[uuid] ? [answer.stories[uuid]] : [], more: false, address };
  }

  function query(words, number) {
    const own = words ? {} : { headline: options.headline, topics: [options.topics].flat().join(",") };
    return { q: words, page: number, post: options.self, ...own };
  }

  function fail(problem) {
    error.textContent = problem.message;
    error.hidden = false;
    status.textContent = "";
  }

  const search = createSearch({ input, run: lookUp, show, fail });

  async function loadMore() {
    if (more.hidden || more.disabled) return;
    more.disabled = true;
    const words = input.value.trim();
    try {
      const answer = await ask(urls.stories, { query: query(words, page + 1) });
      if (words !== input.value.trim()) return;
      page += 1;
      const shown = new Set([...list.querySelectorAll(".story-row")].map((row) => row.dataset.key));
      const fresh = keep(answer.results).filter((facts) => !shown.has(facts.uuid));
      list.querySelector(".story-group.is-live")?.append(...fresh.map(rowOf));
      more.hidden = !answer.more;
      say(answer, words);
      showChosen();
    } catch (problem) {
      fail(problem);
    } finally {
      more.disabled = false;
    }
  }
  body.addEventListener("scroll", () => {
    if (body.scrollTop + body.clientHeight > body.scrollHeight - 300) loadMore();
  });

  /* Choosing */

  function setLabel(key, label) {
    labels.set(key, label);
    if (chosen.has(key)) chosen.get(key).label = label;
    const select = rowBy(key)?.querySelector("select");
    if (select) select.value = label;
    announce(labelText(label));
    showChosen();
  }

  const rowBy = (key) => [...list.querySelectorAll(".story-row")].find((row) => row.dataset.key === key);

  function choose(row) {
    const { key } = row.dataset;
    if (taken.has(key)) return announce(gettext("This story is linked already."));
    if (chosen.has(key)) chosen.delete(key);
    else chosen.set(key, { label: labels.get(key) ?? "", story: key });
    showChosen();
    announce(interpolate(ngettext("%s story chosen", "%s stories chosen", chosen.size), [chosen.size]));
  }

  function finish(row = rows.marked()) {
    if (!chosen.size && addOutside) return addOutside();
    if (!chosen.size && row && !taken.has(row.dataset.key)) chosen.set(row.dataset.key, { label: labels.get(row.dataset.key) ?? "", story: row.dataset.key });
    if (!chosen.size) return;
    const stories = Object.fromEntries([...chosen.keys()].filter((key) => known.has(key)).map((key) => [key, known.get(key)]));
    refs?.add?.({ stories });
    close([...chosen.values()]);
  }

  const rows = createList({
    element: list,
    selector: ".story-row",
    input,
    isPending: search.isPending,
    onChoose: choose,
    onTake: (row) => {
      if (!row && outside.dataset.url) return outside.querySelector("input").focus();
      finish(row ?? undefined);
    },
    onEnd: loadMore,
    onMark: (row) => {
      for (const select of list.querySelectorAll("select")) select.tabIndex = row.contains(select) ? 0 : -1;
      showFoot();
    },
    onKey: (event, row) => {
      if (event.ctrlKey || event.metaKey) return false;
      if (event.key === "ArrowRight" && row.querySelector("select")) {
        row.querySelector("select").focus();
        return true;
      }
      const label = KEYS[event.key.toLowerCase()];
      if (label === undefined || taken.has(row.dataset.key)) return false;
      setLabel(row.dataset.key, labels.get(row.dataset.key) === label ? "" : label);
      return true;
    },
  });

  function showChosen() {
    const order = [...chosen.keys()];
    for (const row of list.querySelectorAll(".story-row")) {
      const at = order.indexOf(row.dataset.key);
      row.setAttribute("aria-selected", String(at >= 0));
      row.querySelector(".story-number").textContent = at < 0 ? "" : at + 1;
    }
    showFoot();
  }

  const tray = make("ul", { class: "story-tray", "aria-label": gettext("Chosen, in this order") });
  const hint = make("p", { class: "dialog-hint" });
  const main = button("", () => finish(), { class: "dialog-button is-main" });
  const cancel = button(gettext("Cancel"), giveUp);

  function chip(key, { label, title }) {
    const name = known.get(key)?.headline ?? title;
    return make(
      "li",
      {},
      label ? make("strong", {}, `${labelText(label)}: `) : null,
      make("span", {}, name),
      button("×", () => {
        chosen.delete(key);
        showChosen();
        input.focus();
      }, { class: "story-untake", "aria-label": interpolate(gettext("Do not choose “%s”"), [name]) }),
    );
  }

  function showFoot() {
    tray.replaceChildren(...[...chosen].map(([key, link]) => chip(key, link)));
    tray.hidden = !chosen.size;
    const row = rows.marked();
    main.textContent =
      chosen.size > 1
        ? interpolate(ngettext("Put in %s link", "Put in %s links", chosen.size), [chosen.size])
        : gettext("Put in the link");
    main.disabled = !chosen.size && !addOutside && (!row || taken.has(row.dataset.key));
    const unseen = [...chosen.keys()].some((key) => known.get(key)?.live === false);
    hint.textContent = unseen
      ? gettext("Readers see a link only while its story is live.")
      : gettext("Space chooses several in order; W, R, L, V: WATCH, READ, LISTEN, LIVE.");
    hint.classList.toggle("is-warning", unseen);
    hint.classList.toggle("is-help", !unseen);
  }

  foot.append(tray, hint, cancel, main);
  dialog.addEventListener("close", () => search.stop());
  showFoot();
  status.textContent = gettext("Looking…");
  search.now();
}
