/* Sending a large file, and telling how much of it is sent: what `fetch` does not tell. */
import { Failed } from "./dialog_frame.js";

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

/** `sendFile(url, file, {most, signal, onProgress(percent)})` → the server's `result`. Raises Failed, or AbortError. */
export function sendFile(url, file, { most, signal, onProgress }) {
  return new Promise((resolve, reject) => {
    if (file.size > most) return reject(new Failed(gettext("This file is too large for the server.")));
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append("file", file);
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(Math.floor((100 * loaded) / total)));
    request.addEventListener("load", () => {
      const answer = parsed(request.responseText);
      if (request.status === 200 && answer.result) return resolve(answer.result);
      const words = { 401: gettext("You are signed out. Sign in again, and then repeat this."), 413: gettext("This file is too large for the server.") };
      const other = interpolate(gettext("The server could not answer (%s). Try again."), [request.status]);
      reject(new Failed(answer.error || words[request.status] || answer.refused || other));
    });
    request.addEventListener("error", () => reject(new Failed(gettext("The server cannot be reached. Try again when you are connected."))));
    request.addEventListener("abort", () => reject(new DOMException("given up", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", token());
    request.send(data);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
