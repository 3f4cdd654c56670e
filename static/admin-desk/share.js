/*
 * Preview links: on a page of their own, and in a panel of the writing screen. What its forms send is taken without
 * loading the page, and the address of a new link is copied.
 */

async function copy(input, button) {
  input.select();
  const isCopied = await navigator.clipboard?.writeText(input.value).then(() => true, () => false);
  if (isCopied && button) button.textContent = gettext("Copied");
  return isCopied;
}

/* Make the forms and buttons in `box` work; `box` is filled anew with each answer. */
export function dressShare(box) {
  const say = (text) => {
    box.querySelector(".share-said").textContent = text;
  };

  function show(html) {
    box.innerHTML = html;
    for (const button of box.querySelectorAll("[data-copy-address]")) button.hidden = !navigator.clipboard;
  }

  async function send(form, button) {
    const response = await fetch(form.action, {
      method: "POST", headers: { Accept: "application/json" }, body: new FormData(form, button),
    }).catch(() => null);
    const isJson = response?.headers.get("Content-Type")?.startsWith("application/json");
    if (!isJson) {
      say(gettext("The server did not answer. Try again."));
      return;
    }
    const answer = await response.json();
    show(answer.html);
    if (answer.address) {
      const input = box.querySelector(".share-made input");
      const isCopied = await copy(input);
      say(isCopied ? gettext("The link is copied. Paste it into a message.") : gettext("The link is made. Copy it from here."));
      if (isCopied) box.querySelector("#share-made").focus();
    }
  }

  box.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target, event.submitter);
  });
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy-address]");
    if (button) copy(document.getElementById(button.dataset.copyAddress), button);
  });
  show(box.innerHTML);
  return { show };
}

const page = document.querySelector("[data-share]");
if (page) dressShare(page);
