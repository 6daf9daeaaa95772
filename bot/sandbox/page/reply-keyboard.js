// The bot's own keyboard in place of letters, above the edge of the screen.

import { listed } from "/page/chat.js";
import { toast } from "/page/dialog.js";
import { byId, el } from "/page/dom.js";
import { t } from "/page/i18n.js";
import { fitRows, keyRow } from "/page/keyboards.js";
import { sendText } from "/page/composer.js";
import { askedOf } from "/page/message.js";
import { on } from "/page/store.js";

const board = byId("reply-keyboard");
const toggleButton = byId("keyboard-toggle");

let current = null; // the message whose keyboard is up
let folded = false; // put away by the person

/** The last message that set a keyboard and was not followed by one removing it. */
function active() {
  const last = listed().findLast((one) => askedOf(one)?.keyboard || askedOf(one)?.remove_keyboard);
  return last && askedOf(last).keyboard ? last : null;
}

function update() {
  const message = active();
  if (message?.message_id !== current?.message_id) folded = false;
  current = message;
  board.replaceChildren(...(message ? askedOf(message).keyboard : []).map(row));
  show();
}

const row = (keys) => keyRow(keys.map(replyKey));

function replyKey(key) {
  const text = key.text ?? key; // a bare string is a key as well
  const plain = !key.request_contact && !key.request_location && !key.web_app;
  const button = el("button", { type: "button", class: "key", textContent: text });
  button.addEventListener("click", () => (plain ? press(text) : toast(t("unsupportedButton"))));
  return button;
}

function press(text) {
  if (askedOf(current).one_time_keyboard) folded = true;
  show();
  sendText(text);
}

function show() {
  board.hidden = !current || folded;
  toggleButton.hidden = !current;
  toggleButton.setAttribute("aria-pressed", String(!board.hidden));
  if (!board.hidden) fitRows(board);
}

export function watchReplyKeyboard() {
  on("log", update);
  toggleButton.addEventListener("click", () => {
    folded = !board.hidden;
    show();
  });
  new ResizeObserver(() => board.hidden || fitRows(board)).observe(byId("dock"));
}
