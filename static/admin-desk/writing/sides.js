/* The tabs at the right, among them what is missing before the story can be published. */

const byId = (id) => document.getElementById(id);

export function createSides({ surface, fields, lead }) {
  const list = byId("side-tabs");
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const panelOf = (tab) => byId(tab.getAttribute("aria-controls"));

  function select(tab, focus = false) {
    for (const each of tabs) {
      const isChosen = each === tab;
      each.setAttribute("aria-selected", String(isChosen));
      each.tabIndex = isChosen ? 0 : -1;
      panelOf(each).hidden = !isChosen;
    }
    if (focus) tab.focus();
  }

  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) select(tab);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const shown = tabs.filter((tab) => !tab.hidden);
    const at = shown.indexOf(document.activeElement);
    if (step && at >= 0) select(shown[(at + step + shown.length) % shown.length], true);
  });
  byId("tab-told").hidden = !byId("side-told").querySelector("fieldset");
  list.hidden = false;
  select(tabs[0]);

  /* On narrow screens the tabs lie over the text, as a sheet of their own. */
  const opener = byId("side-button");

  function openSheet(isOpen) {
    document.body.classList.toggle("with-side", isOpen);
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) tabs.find((tab) => tab.tabIndex === 0).focus();
    else opener.focus();
  }

  opener.hidden = false;
  byId("side-close").hidden = false;
  opener.addEventListener("click", () => openSheet(true));
  byId("side-close").addEventListener("click", () => openSheet(false));
  byId("story-side").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("with-side")) openSheet(false);
  });

  /* Where somebody presses a button the same words are not put again: it would lose the focus. */
  const last = {};

  function put(id, html) {
    if (last[id] !== html) byId(id).innerHTML = html;
    last[id] = html;
  }

  function showNotes({ notes, open }) {
    put("note-list", notes);
    byId("notes-count").textContent = open || "";
  }

  function show(standing) {
    byId("story-log").innerHTML = standing.notes;
    put("story-plan", standing.plan);
    showNotes(standing.colleagues);
    byId("beside-form").setAttribute("action", standing.notes_url);
    byId("beside-form").elements.csrfmiddlewaretoken.value = standing.csrf;
    byId("story-notes").hidden = false;
    for (const count of document.querySelectorAll("[data-missing]")) count.textContent = standing.missing.length || "";
    // What only warns is counted on the tab, where nothing else is.
    byId("missing-count").textContent = standing.missing.length || standing.advised || "";
    put("story-checks", standing.checks);
  }

  for (const id of ["side-before", "side-notes"]) {
    byId(id).addEventListener("click", (event) => {
      const { place, words } = event.target.dataset;
      if (place) go(place, words);
    });
  }

  /* To the field, or the node, where something is put right, with the words chosen that are wrong there. */
  function go(place, words = "") {
    const control = place === "plan" ? byId("story-plan") : fields.control(place);
    const tab = control && tabs.find((each) => panelOf(each).contains(control));
    document.body.classList.toggle("with-side", Boolean(tab));
    opener.setAttribute("aria-expanded", String(Boolean(tab)));
    if (control) {
      if (tab) select(tab);
      const shown = control.classList.contains("select2-hidden-accessible")
        ? control.parentElement.querySelector(".select2-selection, .select2-search__field")
        : control;
      shown?.scrollIntoView({ block: "center" });
      shown?.focus();
      selectIn(shown, words);
    } else if (lead.has(place)) lead.focus();
    else if (place === "body") surface.editor.commands.focus("end");
    else surface.focusNode(place, "", words);
  }

  function selectIn(control, words) {
    const start = words && control?.setSelectionRange ? control.value.indexOf(words) : -1;
    if (start >= 0) control.setSelectionRange(start, start + words.length);
  }

  /* To the place that the address names, and the words there: from the page of a step, what is missing. */
  function goFromAddress() {
    const [place, ...words] = location.hash.slice(1).split("/").map(decodeURIComponent);
    if (!place) return;
    select(byId("tab-before"));
    go(place, words.join("/"));
  }

  return { show, showNotes, goFromAddress, select: (name) => select(byId(`tab-${name}`)) };
}
