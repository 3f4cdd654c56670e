/*
 * The writing screen: the content editor, laid out as a page.
 *
 * Both regions are shown at once, the picture above the story first. Blocks stand in the document in
 * the order in which they are seen, so that the keyboard meets them in that order; Django's formsets
 * number their rows by their order in the document, so it is put back while a row is removed.
 */
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const words = JSON.parse(document.getElementById("writing-words")?.textContent || "{}");
const say = (key) => words[key] || key;

const machine = () => document.querySelector(".order-machine");
const blocks = () => all(":scope > .inline-related:not(.empty-form)", machine());
const orderOf = (block) => Number(block.style.order) || 0;
const regionOf = (block) => block.dataset.region;
const inOrder = (list) => [...list].sort((a, b) => orderOf(a) - orderOf(b));
const regions = () => window.ContentEditor.declaredRegions.map((region) => region.key);

function keepFocus(work) {
  const focused = document.activeElement;
  work();
  if (focused && focused !== document.activeElement && focused.isConnected) focused.focus();
}

/* Order */

function seen() {
  return regions().flatMap((key) => inOrder(blocks().filter((block) => regionOf(block) === key)));
}

function inSequence(list) {
  keepFocus(() => {
    let before = machine().querySelector(":scope > .lead-adder");
    for (const block of list) {
      if (before.nextElementSibling !== block) before.after(block);
      before = block;
    }
  });
}

function settle() {
  if (!machine()) return;
  // The content editor hides the blocks of the region that is not active.
  for (const block of blocks()) block.classList.remove("content-editor-invisible");
  inSequence(seen());
  const lead = blocks().some((block) => regionOf(block) === "lead");
  document.querySelector(".lead-adder")?.toggleAttribute("hidden", lead || !window.ContentEditor.allowChange);
  for (const key of regions()) {
    const here = seen().filter((block) => regionOf(block) === key);
    here.forEach((block, index) => {
      const [up, down] = all(":scope > h3 .block-move", block);
      if (up) up.disabled = index === 0;
      if (down) down.disabled = index === here.length - 1;
    });
  }
}

const numberOf = (block) => Number(block.id.match(/-(\d+)$/)?.[1] ?? 0);

function unsettle() {
  inSequence([...blocks()].sort((a, b) => numberOf(a) - numberOf(b)));
}

function setOrder(block, order) {
  block.style.order = order;
  const input = block.querySelector(".order-machine-ordering");
  if (input) input.value = order;
}

/* Blocks that this person may not change keep their numbers; the others fit in between. */
function renumber(list) {
  const fixed = (block) => block.querySelector(".order-machine-ordering")?.disabled;
  if (!list.some(fixed)) {
    list.forEach((block, index) => setOrder(block, 10 * (index + 1)));
    return;
  }
  let from = 0;
  while (from < list.length) {
    if (fixed(list[from])) {
      from += 1;
      continue;
    }
    let to = from;
    while (to < list.length && !fixed(list[to])) to += 1;
    const low = from ? orderOf(list[from - 1]) : 0;
    const high = to < list.length ? orderOf(list[to]) : low + 10 * (to - from + 1);
    for (let at = from; at < to; at += 1) {
      setOrder(list[at], Math.round(low + ((high - low) * (at - from + 1)) / (to - from + 1)));
    }
    from = to;
  }
}

function move(block, step) {
  const here = seen().filter((other) => regionOf(other) === regionOf(block));
  const at = here.indexOf(block);
  if (at + step < 0 || at + step >= here.length) return;
  here.splice(at, 1);
  here.splice(at + step, 0, block);
  renumber(here);
  settle();
  const place = `${at + step + 1}/${here.length}`;
  announce(`${headOf(block).textContent.trim()}: ${place}`);
  block.scrollIntoView({ block: "nearest" });
}

function announce(text) {
  const status = document.querySelector(".writing-status");
  if (status) status.textContent = text;
}

/* Heads */

const headOf = (block) => block.querySelector(":scope > h3 .inline_label");
const shorten = (text, most = 80) => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most - 1).replace(/\s+\S*$/, "")}…` : line;
};
const valueOf = (block, name) => block.querySelector(`[name$="-${name}"]`)?.value?.trim() || "";
const chosen = (block, name) => {
  const select = block.querySelector(`select[name$="-${name}"]`);
  return select?.value ? select.selectedOptions[0]?.textContent || "" : "";
};

const SUMMARY = {
  text: (block) => {
    const html = new DOMParser().parseFromString(valueOf(block, "html").replace(/></g, "> <"), "text/html");
    return html.body.textContent;
  },
  caption: (block) => valueOf(block, "caption") || chosen(block, "photo"),
  relatedlink: (block) => {
    const target = valueOf(block, "headline") || chosen(block, "story") || valueOf(block, "title") || valueOf(block, "url");
    const label = chosen(block, "label");
    return label && target ? `${label}: ${target}` : target;
  },
  pullquote: (block) => valueOf(block, "text"),
  embed: (block) => valueOf(block, "title") || valueOf(block, "url"),
};

function kindTitle(block) {
  const prefix = block.id.replace(/-(\d+|empty)$/, "");
  return window.ContentEditor.pluginsByPrefix[prefix]?.title || "";
}

function summarise(block) {
  const summary = SUMMARY[block.dataset.kind];
  const editable = block.querySelector("input:not([type=hidden]), textarea, select:not(.inline_move_to_region)");
  if (summary && editable) headOf(block).textContent = shorten(summary(block)) || kindTitle(block);
  if (block.dataset.kind === "relatedlink") {
    const outside = valueOf(block, "url") || valueOf(block, "title");
    block.classList.toggle("leads-inside", Boolean(chosen(block, "story")) && !outside);
  }
  const name = headOf(block).textContent.trim();
  for (const button of all(":scope > h3 button[data-verb]", block)) {
    button.setAttribute("aria-label", `${say(button.dataset.verb)}: ${name}`);
  }
  all(":scope > h3 .inline_move_to_region", block).forEach((select) => select.setAttribute("aria-label", say("region")));
}

function headButton(verb, sign, action, className) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", title: say(verb), textContent: sign, className });
  button.dataset.verb = verb;
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    action();
  });
  return button;
}

function fold(block, button) {
  const folded = block.classList.toggle("collapsed");
  button.setAttribute("aria-expanded", String(!folded));
}

function furnish(block) {
  const head = block.querySelector(":scope > h3");
  if (head.querySelector(".block-tools")) return;
  const tools = document.createElement("span");
  tools.className = "block-tools";
  const folder = headButton("fold", "–", () => fold(block, folder), "block-fold");
  folder.setAttribute("aria-expanded", String(!block.classList.contains("collapsed")));
  if (window.ContentEditor.allowChange && !block.querySelector(".order-machine-ordering")?.disabled) {
    tools.append(
      headButton("up", "↑", () => move(block, -1), "block-move"),
      headButton("down", "↓", () => move(block, 1), "block-move"),
    );
  }
  tools.append(folder);
  head.querySelector(".inline_label").after(tools);
  all(":scope > .order-machine-insert-target", block).forEach(asButton);
  all(".tiptap", block).forEach(nameEditor);
  if (!window.ContentEditor.allowChange || block.querySelector(".order-machine-ordering")?.disabled) {
    all(":scope > h3 .inline_move_to_region", block).forEach((select) => select.remove());
  }
  summarise(block);
}

function asButton(element, label) {
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", typeof label === "string" ? label : say("insert"));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    element.click();
    const menu = document.querySelector(".plugin-buttons-visible .plugin-buttons");
    if (element.classList.contains("order-machine-insert-target") && menu) {
      menu.querySelector(".plugin-button:not(.content-editor-hide)")?.focus();
    }
  });
}

function nameEditor(editor) {
  editor.setAttribute("aria-label", say("text"));
  editor.setAttribute("role", "textbox");
  editor.setAttribute("aria-multiline", "true");
}

/* Adding */

function activate(region) {
  document.querySelector(`.tabs.regions .tab[data-region="${region}"]`)?.click();
}

function add(prefix, region) {
  activate(region);
  window.ContentEditor._insertBefore = null;
  window.ContentEditor.addContent(prefix);
  activate("body");
}

const plugin = (kind) => {
  const block = document.querySelector(`.order-machine .block-${kind}.empty-form`);
  return block && window.ContentEditor.plugins.find((each) => block.id === `${each.prefix}-empty`);
};

function adder(text, icon, action) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "adder" });
  const sign = document.createElement("span");
  Object.assign(sign, { className: "material-icons", textContent: icon });
  sign.setAttribute("aria-hidden", "true");
  button.append(sign, text);
  // The field that is left closes its help: until the button is up, nothing may move.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", action);
  return button;
}

function layOut() {
  const lead = document.createElement("div");
  lead.className = "lead-adder";
  machine().prepend(lead);
  const bar = document.createElement("div");
  bar.className = "adders";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", say("add"));
  if (window.ContentEditor.allowChange) {
    const picture = plugin("caption");
    if (picture) lead.append(adder(say("lead"), "photo_camera", () => add(picture.prefix, "lead")));
    for (const each of window.ContentEditor.plugins) {
      if ((each.regions || []).includes("_adding_not_allowed")) continue;
      const icon = /material-icons">(\w+)</.exec(each.button)?.[1] || "extension";
      bar.append(adder(each.title, icon, () => add(each.prefix, "body")));
    }
  }
  if (bar.children.length) document.querySelector(".order-machine-wrapper").after(bar);
  const status = document.createElement("p");
  status.className = "writing-status visually-hidden";
  status.setAttribute("role", "status");
  machine().after(status);
}

/* A new story begins with an empty text, and the cursor in the headline. */
function begin() {
  const text = plugin("text");
  if (!text || blocks().length || !document.body.matches(".writing-new")) return;
  add(text.prefix, "body");
  document.getElementById("id_headline")?.focus();
}

/* One-line fields that wrap: the headline. */
function oneLine(field) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

function showPhoto(select, facts) {
  const block = select.closest(".block-caption");
  const image = block?.querySelector(".block-thumbnail");
  if (!image) return;
  image.hidden = !facts.thumbnail;
  if (facts.thumbnail) image.src = facts.thumbnail;
  const rights = block.querySelector(".block-rights");
  rights.textContent = facts.rights || "";
  rights.hidden = !facts.rights;
  for (const name of ["caption", "credit", "alt"]) {
    const field = block.querySelector(`[name$="-${name}"]`);
    if (field && facts[name] !== undefined) field.placeholder = facts[name];
  }
}

function listen() {
  document.addEventListener("input", (event) => {
    const block = event.target.closest?.(".order-machine .inline-related");
    if (block && block.dataset.kind) summarise(block);
  });
  const $ = django.jQuery;
  $(document).on("change", ".order-machine select", (event) => {
    const block = event.target.closest(".inline-related");
    block.querySelector(".block-warning")?.toggleAttribute("hidden", event.target.name.endsWith("-story"));
    summarise(block);
    settle();
  });
  $(document).on("select2:select", ".block-caption select", (event) => showPhoto(event.target, event.params.data));
  document.addEventListener("prose-editor:ready", (event) => {
    all(".tiptap", event.target.closest(".prose-editor") || event.target.parentElement).forEach(nameEditor);
  });
  document.addEventListener("content-editor:activate", (event) => {
    furnish(event.detail.inline);
    setTimeout(settle, 0);
  });
  document.addEventListener("drop", () => setTimeout(settle, 0));
  document.addEventListener("dragend", () => setTimeout(settle, 0));
  document.addEventListener("formset:removed", () => setTimeout(settle, 0));
  // Before a new row is removed, and before the form leaves.
  document.addEventListener(
    "click",
    (event) => {
      const target = event.target.closest(".order-machine-insert-target");
      if (target) {
        const block = target.closest(".inline-related");
        activate(block ? regionOf(block) : "body");
      }
      if (event.target.closest(".inline-deletelink")) unsettle();
    },
    true,
  );
  document.querySelector("#post_form")?.addEventListener("submit", () => {
    for (const key of regions()) {
      const here = seen().filter((block) => regionOf(block) === key);
      if (here.some((block) => block.querySelector(".order-machine-ordering")?.disabled)) renumber(here);
    }
  });
}

function start() {
  if (!machine()) return;
  layOut();
  listen();
  blocks().forEach(furnish);
  all(".order-machine > .order-machine-insert-target.last").forEach((each) => asButton(each, say("insert_last")));
  all(".plugin-buttons .plugin-button").forEach((each) => asButton(each, each.title));
  all("textarea.one-line").forEach(oneLine);
  activate("body");
  settle();
  begin();
  document.body.classList.add("writing-ready");
}

if (window.ContentEditor?.addPluginButton && machine()) start();
else document.addEventListener("content-editor:ready", start, { once: true });
