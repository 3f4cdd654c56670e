// Makes the frames of other sites once a reader asks for them. Without this script there are links.
const KEPT = "embeds";

/* What may always be shown, in this browser alone. Where it keeps nothing, the answer is: nothing. */
function always() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT));
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function keep(site, isOn) {
  const sites = always().filter((each) => each !== site);
  if (isOn) sites.push(site);
  try {
    if (sites.length) localStorage.setItem(KEPT, JSON.stringify(sites));
    else localStorage.removeItem(KEPT);
  } catch {
    // Then the reader is asked again on the next page.
  }
}

function show(embed, { isAsked }) {
  const { frame, allow, referrer } = embed.dataset;
  const made = document.createElement("iframe");
  made.title = embed.querySelector(".embedded-title").textContent.trim();
  made.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox");
  made.referrerPolicy = referrer;
  made.allow = allow;
  if (!isAsked) made.loading = "lazy";
  made.src = frame;
  embed.querySelector(".embedded-picture")?.remove();
  embed.querySelector(".embedded-show").remove();
  for (const after of embed.querySelectorAll(".embedded-always, .embedded-privacy")) after.hidden = false;
  embed.prepend(made);
  if (isAsked) made.focus();
}

for (const embed of document.querySelectorAll("[data-embed]")) {
  const site = embed.dataset.embed;
  const box = embed.querySelector(".embedded-always input");
  box.checked = always().includes(site);
  box.addEventListener("change", () => {
    keep(site, box.checked);
    for (const other of document.querySelectorAll(`[data-embed="${CSS.escape(site)}"] .embedded-always input`)) {
      other.checked = box.checked;
    }
  });
  embed.querySelector(".embedded-show").addEventListener("click", () => show(embed, { isAsked: true }));
  embed.classList.add("is-ready");
  if (box.checked) show(embed, { isAsked: false });
}

/* The page on privacy: who may always be shown, and taking that back. */
for (const row of document.querySelectorAll("[data-always]")) {
  const site = row.dataset.always;
  row.hidden = !always().includes(site);
  row.querySelector("button").addEventListener("click", () => {
    keep(site, false);
    row.hidden = true;
    say();
  });
}

function say() {
  const list = document.querySelector("[data-always-list]");
  if (!list) return;
  const some = list.querySelector("[data-always]:not([hidden])");
  list.hidden = !some;
  const none = document.querySelector("[data-always-none]");
  none.hidden = Boolean(some);
}

say();
