/*
 * The story as readers will see it, beside the text: on the site's own page, at the width of a phone, a tablet or a
 * desk, light or dark, with what is typed and not saved yet. On a narrow screen it is a sheet over the text.
 */

const WIDTHS = { phone: 390, tablet: 820, desktop: 1280 };
const AFTER_TYPING = 500;
const AT_MOST = 2_000;
const KEPT = "newsroom-preview";
const NARROW = "(max-width: 1023px)";

const byId = (id) => document.getElementById(id);

/* What was chosen on this device; a browser may keep nothing. */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) || {};
  } catch {
    return {};
  }
}

function remember(chosen) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(chosen));
  } catch {
    // It is chosen anew the next time.
  }
}

const isDarkHere = () => matchMedia("(prefers-color-scheme: dark)").matches;

export function createPreview({ state, unsaved }) {
  const box = byId("preview");
  const button = byId("preview-button");
  const holder = box.querySelector(".preview-frame");
  const hint = box.querySelector(".preview-hint");
  const kept = remembered();
  const chosen = {
    width: kept.width in WIDTHS ? kept.width : "phone",
    scheme: kept.scheme === "dark" || kept.scheme === "light" ? kept.scheme : isDarkHere() ? "dark" : "light",
    isOpen: Boolean(kept.isOpen),
  };
  let frame = null;
  let asking = null;
  let timer = null;
  let firstChange = 0;

  const page = () => frame?.contentDocument;

  function press(name, value) {
    for (const each of box.querySelectorAll(`[data-${name}]`)) each.setAttribute("aria-pressed", String(each.dataset[name] === value));
  }

  /* The page has the width of the device, and is scaled to the room that there is. */
  function fit() {
    if (!frame) return;
    const width = WIDTHS[chosen.width];
    const scale = Math.min(1, holder.clientWidth / width);
    frame.style.width = `${width}px`;
    frame.style.height = `${holder.clientHeight / scale}px`;
    frame.style.transform = `scale(${scale})`;
  }

  function colour() {
    if (!frame) return;
    // Of the element for media queries in the page, of the page for all else.
    frame.style.colorScheme = chosen.scheme;
    if (page()?.documentElement) page().documentElement.style.colorScheme = chosen.scheme;
  }

  function choose(change) {
    Object.assign(chosen, change);
    remember(chosen);
    box.dataset.width = chosen.width;
    press("width", chosen.width);
    press("scheme", chosen.scheme);
    fit();
    colour();
  }

  /* A link of the page leads out of the frame, where nobody would find back. */
  function onClick(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    window.open(link.href, "_blank", "noopener");
  }

  function onLoad() {
    if (!page()) return;
    page().addEventListener("click", onClick);
    page().addEventListener("submit", (event) => event.preventDefault());
    page().addEventListener("keydown", onKey);
    colour();
    update();
  }

  function load() {
    hint.hidden = Boolean(state.urls.preview);
    if (!state.urls.preview) return;
    frame = document.createElement("iframe");
    frame.title = gettext("The story as readers will see it");
    frame.src = state.urls.preview;
    frame.addEventListener("load", onLoad);
    holder.replaceChildren(frame);
    fit();
    colour();
  }

  /* What the Tab key leads to in the page. */
  const reached = () => [...page().querySelectorAll("a[href], button, input, summary")];

  /* Put the page as it would be now in place of the one that is shown, which stays where it was scrolled. */
  function put(html) {
    const made = new DOMParser().parseFromString(html, "text/html");
    const top = frame.contentWindow.scrollY;
    const place = reached().indexOf(page().activeElement);
    page().title = made.title;
    page().body.replaceWith(page().adoptNode(made.body));
    if (place >= 0) reached()[place]?.focus({ preventScroll: true });
    frame.contentWindow.scrollTo({ top, behavior: "instant" });
  }

  async function update() {
    clearTimeout(timer);
    firstChange = 0;
    if (box.hidden) return;
    if (!frame) {
      load();
      return;
    }
    asking?.abort();
    const mine = (asking = new AbortController());
    const answer = await fetch(state.urls.unsaved, { method: "POST", body: unsaved(), signal: mine.signal }).catch(() => null);
    // Signed out, the screen says so when it saves.
    const html = answer?.ok && !answer.redirected ? await answer.text().catch(() => "") : "";
    if (html && asking === mine && page()?.body) put(html);
  }

  function changed() {
    if (box.hidden) return;
    const now = performance.now();
    firstChange ||= now;
    clearTimeout(timer);
    timer = setTimeout(update, Math.min(AFTER_TYPING, Math.max(0, firstChange + AT_MOST - now)));
  }

  /* Behind the sheet nothing is reached. */
  function cover() {
    const isCovered = !box.hidden && matchMedia(NARROW).matches;
    for (const each of document.querySelectorAll(".writing-top, .writing-page, .writing-side, .writing-outline")) each.inert = isCovered;
  }

  function toggle(isOpen) {
    box.hidden = !isOpen;
    button.setAttribute("aria-pressed", String(isOpen));
    document.body.classList.toggle("with-preview", isOpen);
    choose({ isOpen });
    cover();
    if (isOpen) load();
    else {
      asking?.abort();
      frame = null;
      holder.replaceChildren();
    }
  }

  function close() {
    toggle(false);
    button.focus();
  }

  function onKey(event) {
    if (event.key === "Escape" && !box.hidden && !document.querySelector("dialog[open]")) close();
  }

  button.hidden = false;
  button.addEventListener("click", () => {
    toggle(box.hidden);
    if (!box.hidden && matchMedia(NARROW).matches) box.querySelector("button").focus();
  });
  byId("preview-close").addEventListener("click", close);
  for (const part of [box, button]) part.addEventListener("keydown", onKey);
  for (const name of ["width", "scheme"]) {
    for (const each of box.querySelectorAll(`[data-${name}]`)) each.addEventListener("click", () => choose({ [name]: each.dataset[name] }));
  }
  new ResizeObserver(fit).observe(holder);
  matchMedia(NARROW).addEventListener("change", cover);
  choose({});
  if (chosen.isOpen && !matchMedia(NARROW).matches) toggle(true);
  return { changed, refresh: update };
}
