/*
 * The dialogs of the writing screen: choosing pictures, films, sounds and stories, adding an embed, a picture's details.
 *
 * Each opens a panel of its own and gives a promise of what was chosen, or null. What the server tells
 * of pictures and stories is put into `refs`, where the story's own views find it. Their modules come
 * once the page has settled, or with the first dialog that is opened.
 */
const MODULES = {
  choosePictures: () => import("./picture_dialog.js"),
  uploadFiles: () => import("./picture_dialog.js"),
  pictureDetails: () => import("./picture_details.js"),
  chooseStories: () => import("./story_dialog.js"),
  askEmbed: () => import("./embed_dialog.js"),
  chooseRecording: () => import("./recording_dialog.js"),
  uploadRecordings: () => import("./recording_dialog.js"),
};

const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 2000));

/** `urls` are {photos, stories, recordings, refs, upload, drop, mostBytes, photo_words, embed, embed_fetch}; `announce(text)` speaks to screen readers. */
export function createDialogs({ urls, refs, announce = () => {} }) {
  let ask = null;

  async function open(name, ...given) {
    let frame;
    let module;
    try {
      [frame, module] = await Promise.all([import("./dialog_frame.js"), MODULES[name]()]);
    } catch {
      announce(gettext("The server cannot be reached. Try again when you are connected."));
      return name.startsWith("upload") ? [] : null;
    }
    ask ??= frame.createAsk(urls);
    return module[name]({ urls, refs, announce, ask }, ...given);
  }

  whenIdle(() => Promise.all(Object.values(MODULES).map((load) => load())).catch(() => {}));
  return {
    /** {multiple, inStory: [slug], replacing: attrs or null} → [photo facts] or null. */
    choosePictures: (options = {}) => open("choosePictures", options),
    /** {taken: [uuid], self: uuid or key, topics: [name], headline} → [{label, story} or {label, url, title}] or null. */
    chooseStories: (options = {}) => open("chooseStories", options),
    /** {url, title, provider, photo} or null → the same as changed, or null. */
    askEmbed: (attrs = null) => open("askEmbed", attrs),
    /** Files → [photo facts] once their words were checked; [] when that was given up. */
    uploadFiles: (files) => open("uploadFiles", [...(files ?? [])]),
    /** {sort: "film" or "sound"} → recording facts or null. */
    chooseRecording: (options) => open("chooseRecording", options),
    /** Files → [recording facts] of those that the library took. */
    uploadRecordings: (files) => open("uploadRecordings", files),
    /** A slug, and words of a story to be pushed back into the library → photo facts after a change, or null. */
    pictureDetails: (slug, words = {}) => open("pictureDetails", slug, words),
  };
}
