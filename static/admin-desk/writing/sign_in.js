/* Signing in again over the page, when the session has ended: nothing typed is left behind. */

const CODE = "/login/code/";
const SET_UP = "/login/second-factor/";

const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

async function pageAt(address) {
  return parsed(await (await fetch(address, { credentials: "same-origin" })).text());
}

const tokenIn = (page) => page.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

/* Whose page it is; undefined when the story is not theirs to open. */
const userOf = (page) => JSON.parse(page.getElementById("writing-state")?.textContent || "{}").user?.id;

/* Sends a form of the door: {door} is the page that asks for more, or "" when somebody is in; {why} what was wrong. */
async function knock(address, fields) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", tokenIn(await pageAt(address)));
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  const response = await fetch(address, { method: "POST", body: data, credentials: "same-origin" });
  const { pathname } = new URL(response.url);
  const door = [CODE, SET_UP, "/login/"].find((end) => pathname.endsWith(end));
  if (response.ok && response.redirected) return { door: door ? response.url : "", why: "" };
  const page = parsed(await response.text());
  const why = (page.querySelector(".errornote") || page.querySelector("h1"))?.textContent.trim();
  return { door: address, why: why || gettext("That did not work. Try again.") };
}

function field(label, type, autocomplete) {
  const input = Object.assign(document.createElement("input"), { type, autocomplete, required: true });
  const box = document.createElement("label");
  box.append(label, input);
  return { box, input };
}

/* Gives the new token of forms, or "" when somebody closes the dialog. Words are saved as whose they are. */
export function askToSignIn({ urls, user }) {
  const open = document.querySelector("dialog.sign-in");
  if (open) return open.answered;
  const dialog = document.createElement("dialog");
  dialog.className = "writing-dialog sign-in";
  const form = document.createElement("form");
  const name = field(gettext("User name"), "text", "username");
  const password = field(gettext("Password"), "password", "current-password");
  const code = field(gettext("Code from your app, or a recovery code"), "text", "one-time-code");
  const title = Object.assign(document.createElement("h2"), { id: "sign-in-title", textContent: gettext("Your session has ended") });
  const help = Object.assign(document.createElement("p"), { textContent: gettext("Sign in to go on. What you typed is still here.") });
  const error = Object.assign(document.createElement("p"), { className: "errornote", hidden: true });
  error.setAttribute("role", "alert");
  const send = Object.assign(document.createElement("button"), { className: "button default", textContent: gettext("Sign in") });
  dialog.setAttribute("aria-labelledby", title.id);
  form.append(title, help, error, name.box, password.box, code.box, send);
  dialog.append(form);
  document.body.append(dialog);
  let token = "";
  let door = urls.login;

  /* Asks for what the page at the door asks for. */
  function showDoor(address) {
    door = address;
    const asksCode = new URL(door, location.href).pathname.endsWith(CODE);
    for (const each of [name, password]) {
      each.box.hidden = asksCode;
      each.input.disabled = asksCode;
    }
    code.box.hidden = !asksCode;
    code.input.disabled = !asksCode;
    code.input.value = "";
    if (dialog.open) (asksCode ? code : name).input.focus();
  }

  function sayWhereToSetUp(address) {
    const link = Object.assign(document.createElement("a"), { href: address, target: "_blank", textContent: gettext("Set it up in another tab") });
    error.replaceChildren(gettext("Your role asks for a second factor, and you have none."), " ", link, ". ", gettext("Then press “Sign in” here again."));
    error.hidden = false;
  }

  /* Whether the page is whose words these are: then its token is the new one. */
  async function isIn() {
    const page = await pageAt(location.href);
    if (user ? userOf(page) !== user.id : page.querySelector("#login-form, #code-form")) return false;
    token = tokenIn(page);
    return true;
  }

  /* What was wrong; nothing when somebody is in, or when the next page has to be answered first. */
  async function tryIt() {
    // Perhaps they signed in in another tab.
    if (await isIn()) return "";
    const asked = code.input.disabled
      ? { username: name.input.value, password: password.input.value, next: new URL(urls.login, location.href).pathname.replace(/login\/$/, "") }
      : { code: code.input.value };
    const answer = await knock(door, asked);
    if (answer.why) return answer.why;
    if (answer.door) {
      const { pathname } = new URL(answer.door);
      if (pathname.endsWith(SET_UP)) sayWhereToSetUp(answer.door);
      else showDoor(answer.door);
      return "";
    }
    if (await isIn()) return "";
    showDoor(urls.login);
    return interpolate(gettext("These are words of %s, who has to sign in."), [user?.name]);
  }

  dialog.answered = new Promise((resolve) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      send.disabled = true;
      error.hidden = true;
      const why = await tryIt().catch(() => gettext("No connection."));
      send.disabled = false;
      if (why) {
        error.textContent = why;
        error.hidden = false;
      }
      if (token) dialog.close("signed in");
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(token);
    });
  });
  showDoor(door);
  dialog.showModal();
  return dialog.answered;
}
