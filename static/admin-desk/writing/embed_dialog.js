/* A video, a post or a document of another site: where it is, what readers are told it is, and whose. */
import { button, field, make, openPanel } from "./dialog_frame.js";

const PROVIDERS = {
  "youtube.com": "YouTube",
  "youtu.be": "YouTube",
  "vimeo.com": "Vimeo",
  "x.com": "X",
  "twitter.com": "X",
  "instagram.com": "Instagram",
  "facebook.com": "Facebook",
  "tiktok.com": "TikTok",
  "soundcloud.com": "SoundCloud",
  "open.spotify.com": "Spotify",
  "bsky.app": "Bluesky",
  "documentcloud.org": "DocumentCloud",
};

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

/** The name of the site of an address, or "". */
export function providerOf(url) {
  const host = url.hostname.replace(/^(www|m|mobile)\./, "");
  const known = Object.keys(PROVIDERS).find((name) => host === name || host.endsWith(`.${name}`));
  return known ? PROVIDERS[known] : "";
}

export function askEmbed(_context, attrs) {
  const old = { url: "", title: "", provider: "", ...attrs };
  return openPanel({
    title: old.url ? gettext("Change the embed") : gettext("Embed something"),
    kind: "embed",
    build({ body, foot, close, giveUp }) {
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
      url.input.value = old.url;
      title.input.value = old.title;
      provider.input.value = old.provider;
      let guessed = provider.input.value;
      url.input.addEventListener("input", () => {
        const address = addressIn(url.input.value);
        if (address && provider.input.value === guessed) provider.input.value = guessed = providerOf(address);
      });
      function finish(event) {
        event.preventDefault();
        const address = addressIn(url.input.value);
        const says = title.input.value.trim();
        url.error(address ? "" : gettext("This is no address of a web page."));
        title.error(says ? "" : gettext("Readers need a title: say what it is."));
        if (!address) return url.input.focus();
        if (!says) return title.input.focus();
        close({ url: address.href, title: says, provider: provider.input.value.trim() });
      }
      const form = make("form", { novalidate: true, class: "dialog-form", onsubmit: finish }, url.element, title.element, provider.element);
      form.id = "dialog-embed-form";
      body.append(form);
      foot.append(
        button(gettext("Cancel"), giveUp),
        make("button", { class: "dialog-button is-main", form: form.id }, old.url ? gettext("Change") : gettext("Put in")),
      );
    },
  });
}
