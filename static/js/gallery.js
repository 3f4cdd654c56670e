// The pictures of a gallery, large, one at a time. Without this script a picture leads to its file.
const template = document.getElementById("gallery-dialog");
const SWIPE = 40;

function start(gallery) {
  const links = [...gallery.querySelectorAll("a[data-widths]")];
  const dialog = template.content.firstElementChild.cloneNode(true);
  const [image, caption, count, words] = ["img", "figcaption", ".gallery-count", ".gallery-words"].map((each) =>
    dialog.querySelector(each),
  );
  const counted = count.textContent;
  const title = gallery.getAttribute("aria-label");
  const story = gallery.closest("[lang]");
  const isRightToLeft = getComputedStyle(gallery).direction === "rtl";
  let now = 0;
  let opener;
  let address;

  if (title) dialog.setAttribute("aria-label", title);
  for (const each of [words, image]) Object.assign(each, { lang: story.lang, dir: story.dir });
  gallery.after(dialog);

  const filesOf = ({ href, dataset }) =>
    dataset.widths
      .split(" ")
      .map((width) => `${href.replace(/\d+(\.\w+)$/, `${width}$1`)} ${width}w`)
      .join(", ");

  function show(place) {
    now = (place + links.length) % links.length;
    const link = links[now];
    image.removeAttribute("src");
    Object.assign(image, { sizes: "100vw", srcset: filesOf(link), src: link.href, alt: link.querySelector("img").alt });
    count.textContent = counted.replace("{place}", now + 1).replace("{count}", links.length);
    const said = link.parentElement.querySelector("figcaption");
    words.replaceChildren(...(said ? said.cloneNode(true).childNodes : []));
    history.replaceState(null, "", `#${link.parentElement.id}`);
  }

  /* The next one is at hand when it is asked for; no other is fetched. */
  image.addEventListener("load", () => {
    const next = links[(now + 1) % links.length];
    Object.assign(new Image(), { sizes: "100vw", srcset: filesOf(next) });
  });

  function open(place, from) {
    if (dialog.open) return show(place);
    opener = from;
    address = location.href.replace(/#.*/, "");
    dialog.showModal();
    show(place);
    dialog.querySelector("[data-step='1']").focus();
  }

  dialog.addEventListener("close", () => {
    history.replaceState(null, "", address);
    image.removeAttribute("srcset");
    image.removeAttribute("src");
    opener.focus();
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target.dataset.step) show(now + Number(target.dataset.step));
    else if (target === dialog || target.matches(".gallery-close, figure")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    const forward = isRightToLeft ? -1 : 1;
    const place = { ArrowRight: now + forward, ArrowLeft: now - forward, Home: 0, End: links.length - 1 }[event.key];
    if (place === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(place);
  });

  let from = null;
  dialog.addEventListener("touchstart", ({ touches }) => (from = touches.length === 1 ? touches[0].clientX : null));
  dialog.addEventListener("touchend", ({ changedTouches: [touch] }) => {
    const way = from === null || window.visualViewport?.scale > 1 ? 0 : touch.clientX - from;
    if (Math.abs(way) > SWIPE) show(now + (way < 0 === isRightToLeft ? -1 : 1));
  });

  gallery.addEventListener("click", (event) => {
    const place = links.indexOf(event.target.closest("a"));
    if (place < 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(place, links[place]);
  });

  /* An address with the number of a picture. */
  function follow() {
    const place = links.findIndex((link) => `#${link.parentElement.id}` === location.hash);
    if (place >= 0) open(place, links[place]);
  }
  window.addEventListener("hashchange", follow);
  follow();
}

for (const gallery of document.querySelectorAll(".gallery")) start(gallery);
