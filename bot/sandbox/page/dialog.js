// Modal dialogs and passing notes.

import { el, iconButton } from "/page/dom.js";
import { t } from "/page/i18n.js";

const NOTE_MS = 4500;
const ERROR_MS = 9000;

/**
 * Show a modal dialog with `body` nodes and wait. Answers the value of the action pressed, or null
 * when it was cancelled. `actions` are [{label, value}], the last one is the main one.
 */
export function ask({ title, body = [], actions, name = "dialog", role = "dialog" }) {
  const dialog = el("dialog", { role, "aria-label": title, data: { testid: name } });
  const cancel = () => dialog.close("");
  dialog.append(
    el(
      "form",
      { method: "dialog" },
      el("header", {}, el("h3", { textContent: title }), iconButton("close", t("close"), cancel)),
      el("div", { class: "dialog-body" }, body),
      actions && el("footer", {}, actions.map(actionButton)),
    ),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && cancel());
  return shown(dialog);
}

function actionButton({ label, value }, index, all) {
  const main = index === all.length - 1;
  return el("button", {
    type: "submit",
    class: main ? "primary" : "quiet",
    value,
    textContent: label,
  });
}

/** Open a dialog element; answers its return value (null when empty) once it is closed. */
export function shown(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  const first = dialog.querySelector("[data-first]") ?? dialog.querySelector("footer .primary");
  first?.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || null);
    });
  });
}

/** Close the dialog that `node` stands in, answering `value`. */
export const settle = (node, value) => node.closest("dialog").close(String(value));

/** A labelled form control. */
export const field = (label, control) =>
  el("label", { class: "field" }, el("span", { textContent: label }), control);

/** A text that must be read: the bot's alert. */
export function alertBox(title, text) {
  const body = el("p", { class: "alert-text", textContent: text });
  const actions = [{ label: "OK", value: "ok" }];
  return ask({ title, body, actions, name: "alert", role: "alertdialog" });
}

/** A note that goes away by itself. */
export function toast(text) {
  return note(text, "status", NOTE_MS);
}

/** What went wrong, in plain words; stays longer and may be dismissed. */
function complain(error) {
  const lost = error instanceof TypeError; // fetch could not reach the server
  return note(lost ? t("unreachable") : error.message, "alert", ERROR_MS);
}

function note(text, role, lifetime) {
  const box = el("div", { class: `toast ${role}`, role, data: { testid: "toast" } });
  const dismiss = () => box.remove();
  box.append(el("span", { textContent: text }));
  if (role === "alert") box.append(iconButton("close", t("close"), dismiss));
  document.getElementById("toasts").append(box);
  setTimeout(dismiss, lifetime);
  return box;
}

/** Run an action of the person; a failure is shown and answered with undefined. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    complain(error);
    return undefined;
  }
}
