// Inline keyboards under messages: rows as given, every label readable, presses and their answers.

import { api } from "/page/api.js";
import { alertBox, attempt, toast } from "/page/dialog.js";
import { el, icon } from "/page/dom.js";
import { fullName } from "/page/format.js";
import { t } from "/page/i18n.js";
import { followButton } from "/page/links.js";
import { on, state } from "/page/store.js";

let late = 0; // presses that were given up and may be answered yet

/** The keyboard of a message, or null when it has none. */
export function inlineKeyboard(message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const keyboard = el("div", {
    class: "keyboard",
    role: "group",
    data: { testid: "inline-keyboard" },
  });
  keyboard.append(...rows.map((row) => keyRow(row.map((key) => inlineKey(key, message)))));
  return keyboard;
}

/** One row of a keyboard, inline or reply. */
export const keyRow = (buttons) => el("div", { class: "key-row" }, buttons);

function inlineKey(key, message) {
  const button = el(
    "button",
    { type: "button", class: "key" },
    el("span", { textContent: key.text }),
  );
  if (key.url) button.append(icon("external"));
  if (key.copy_text) button.append(icon("copy"));
  button.addEventListener("click", () => act(key, message, button));
  return button;
}

function act(key, message, button) {
  if (key.callback_data !== undefined) return press(key, message, button);
  if (key.url) return followButton(key.url);
  if (key.copy_text) return copyText(key.copy_text.text);
  return toast(t("unsupportedButton"));
}

async function press(key, message, button) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const result = await attempt(() => api.press(message.message_id, key.callback_data));
  button.removeAttribute("aria-busy");
  if (!result) return;
  if (result.answer) return showAnswer(result.answer);
  late += 1;
  toast(t("noAnswer"));
}

/** Show an answer that comes after all. */
export function watchAnswers() {
  on("answer", (answer) => {
    if (answer.person !== state.person || late === 0) return;
    late -= 1;
    showAnswer(answer);
  });
}

/** What the bot answered to a press: a note, an alert, a link, or only that it was seen. */
function showAnswer(answer) {
  if (answer.url) return followButton(answer.url);
  if (!answer.text) return undefined;
  return answer.show_alert ? alertBox(fullName(state.bot), answer.text) : toast(answer.text);
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("copied"));
  } catch {
    toast(t("copyFailed"));
  }
}

// Ways to set a row, roomiest first: on one line, then broken between words.
const SETTINGS = ["", "fit", "small", "small fit", "words", "small words", "tiny words"];

/** Set each row under `root` so that its labels stand on one line, or else wrap between words. */
export function fitRows(root) {
  for (const row of root.querySelectorAll(".key-row")) fitRow(row);
}

function fitRow(row) {
  row.classList.add("measured");
  const fitting = SETTINGS.find((setting) => {
    row.className = `key-row measured ${setting}`;
    const whole = [...row.children].every((key) => key.scrollWidth <= key.clientWidth);
    return whole && row.scrollWidth <= row.clientWidth;
  });
  row.className = `key-row ${fitting ?? "small"}`; // then a word longer than its key breaks
}
