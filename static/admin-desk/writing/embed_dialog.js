/*
 * A video, a post or a document of another site: where it is, what readers are told it is, whose it is, and
 * a picture from our library. The server says what readers get of an address; the other site is asked for a
 * title and a picture only when somebody presses the button for that.
 */
import { button, createSearch, field, make, openPanel, thumb } from "./dialog_frame.js";
import { choosePictures } from "./picture_dialog.js";

const NAMES = ["url", "title", "provider", "photo"];

/** The address that was meant, or null: people leave out https://. */
export function addressIn(text) {
  const words = text.trim();
  if (!words || /\s/.test(words)) return null;
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(words) ? words : `https://${words}`);
    const isWeb = /^https?:$/.test(url.protocol);
    return isWeb && (url.hostname.includes(".") || url.host === location.host) ? url : null;
  } catch {
    return null;
  }
}

/** What readers get, in a sentence. */
export const inWords = (facts) =>
  facts.shown
    ? interpolate(gettext("Readers get a button: Show this from %s."), [facts.name])
    : gettext("Readers get a card with the link: this site cannot be shown in the page.");

export function askEmbed(context, attrs) {
  const old = { ...Object.fromEntries(NAMES.map((name) => [name, ""])), ...attrs };
  return openPanel({
    title: old.url ? gettext("Change the embed") : gettext("Embed something"),
    kind: "embed",
    build: (panel) => build(context, old, panel),
  });
}

function build(context, old, { dialog, body, foot, close, giveUp }) {
  const url = field(gettext("Address"), {
    type: "url",
    inputmode: "url",
    placeholder: "https://",
    maxlength: "500",
    "data-first": true,
    help: gettext("Paste the address of the video, post or document."),
  });
  const title = field(gettext("Title"), {
    maxlength: "200",
    help: gettext("Readers see the title and the site until they open it."),
  });
  const provider = field(gettext("Site"), { maxlength: "80" });
  const fields = { url, title, provider };
  for (const [name, each] of Object.entries(fields)) each.input.value = old[name];
  const said = make("p", { class: "dialog-hint", role: "status" });
  const failed = make("p", { class: "dialog-failed", role: "alert", hidden: true });
  const picture = pictureRow(context, old.photo);
  const fetching = button("", () => fetchAll(), { hidden: true });
  let guessed = old.provider;

  function fail(words) {
    failed.textContent = words;
    failed.hidden = !words;
  }

  function show(facts) {
    const address = addressIn(url.input.value);
    said.textContent = address ? inWords(facts) : "";
    fetching.hidden = !address || !facts.tells;
    fetching.textContent = interpolate(gettext("Fetch title and picture from %s"), [facts.name]);
    if (provider.input.value === guessed) provider.input.value = guessed = facts.name;
  }

  async function look(_words, signal) {
    const address = addressIn(url.input.value);
    return address ? context.ask(context.urls.embed, { query: { url: address.href }, signal }) : { name: "", shown: false, tells: false };
  }

  async function fetchAll() {
    const address = addressIn(url.input.value);
    if (!address) return;
    fetching.disabled = true;
    fail("");
    try {
      const data = new FormData();
      data.append("url", address.href);
      const found = await context.ask(context.urls.embed_fetch, { data });
      title.input.value = title.input.value.trim() || found.title;
      if (found.photo) picture.set(found.photo);
      if (found.errors.length) fail(found.errors.join(" "));
      else context.announce(gettext("Fetched. See whether we may show the picture."));
    } catch (problem) {
      fail(problem.message);
    } finally {
      fetching.disabled = false;
    }
  }

  function finish(event) {
    event.preventDefault();
    const address = addressIn(url.input.value);
    const says = title.input.value.trim();
    url.error(address ? "" : gettext("This is no address of a web page."));
    title.error(says ? "" : gettext("Readers need a title: say what it is."));
    if (!address) return url.input.focus();
    if (!says) return title.input.focus();
    close({ url: address.href, title: says, provider: provider.input.value.trim(), photo: picture.photo() });
  }

  const search = createSearch({ input: url.input, run: look, show, fail: (problem) => fail(problem.message) });
  dialog.addEventListener("close", () => search.stop());
  const form = make(
    "form",
    { novalidate: true, class: "dialog-form", onsubmit: finish },
    url.element,
    said,
    fetching,
    failed,
    title.element,
    provider.element,
    picture.element,
  );
  form.id = "dialog-embed-form";
  body.append(form);
  foot.append(
    button(gettext("Cancel"), giveUp),
    make("button", { class: "dialog-button is-main", form: form.id }, old.url ? gettext("Change") : gettext("Put in")),
  );
  if (old.url) search.now();
}

/* The picture that readers see before anything is loaded from the other site. */
function pictureRow(context, slug) {
  let now = slug;
  const image = make("span", { class: "embed-picture" });
  const words = make("p", { class: "dialog-help" });
  const choose = button("", async () => {
    const found = await choosePictures(context, { multiple: false, inStory: [], replacing: null });
    if (found?.length) set(found[0]);
  });
  const remove = button(gettext("No picture"), () => set(null));

  function set(facts) {
    now = facts?.slug ?? "";
    if (facts) context.refs?.add?.({ photos: { [facts.slug]: facts } });
    draw();
  }

  function draw() {
    const facts = now ? context.refs?.photo?.(now) : null;
    image.replaceChildren(...(now ? [thumb(facts?.thumb)] : []));
    words.textContent = facts?.rights || (now ? "" : gettext("A picture from our library, shown until readers open the embed."));
    choose.textContent = now ? gettext("Replace the picture") : gettext("Choose a picture");
    remove.hidden = !now;
  }

  draw();
  return { element: make("div", { class: "embed-choice" }, image, words, choose, remove), set, photo: () => now };
}
