// Writing: the text field, answering and editing, the Start button, what a blocked bot shows.

import { api } from "/page/api.js";
import { attempt } from "/page/dialog.js";
import { byId, el, icon, iconButton, touch } from "/page/dom.js";
import { fullName, gist } from "/page/format.js";
import { t } from "/page/i18n.js";
import { listed, toEnd } from "/page/chat.js";
import { commandKey, filterCommands } from "/page/commands.js";
import { canEdit } from "/page/message-menu.js";
import { askedOf } from "/page/message.js";
import { inPrivate, on, person, state } from "/page/store.js";

const field = byId("text");
const bar = byId("context-bar");
const drafts = new Map(); // "person/chat" → what was typed there and not sent

let place = ""; // whose draft the field holds
let about = null; // { kind: "reply" | "edit", message } that the text is about
let sending = Promise.resolve(); // one after another, so that quick messages keep their order

const words = () => field.value.trim();

/** Show what suits the chosen person and chat. */
function showComposer() {
  const who = person();
  if (!who) return;
  const blocked = inPrivate() && who.blocked;
  byId("blocked-bar").hidden = !blocked;
  byId("composer").hidden = blocked;
  byId("start").hidden = blocked || !inPrivate() || who.started;
}

/** Take up the draft of the chat just opened. */
export function openDraft() {
  if (place) drafts.set(place, field.value);
  place = `${state.person}/${state.chat}`;
  setAbout(null);
  write(drafts.get(place) ?? "");
  if (!touch()) field.focus();
}

/** Put text into the field and the cursor behind it. */
function write(text) {
  field.value = text;
  field.setSelectionRange(text.length, text.length);
  changed();
}

function changed() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
  const ready = words() !== "";
  byId("send").hidden = !ready;
  byId("voice").hidden = ready;
  filterCommands(field.value);
}

function submit(event) {
  event?.preventDefault();
  const text = words();
  if (!text) return;
  const task = about;
  write("");
  setAbout(null);
  sending = sending.then(() => deliver(text, task));
}

async function deliver(text, task) {
  const id = task?.message.message_id;
  const done = await attempt(() =>
    task?.kind === "edit" ? api.edit(id, text) : api.send(text, id),
  );
  if (done) toEnd();
  else if (!words()) write(text); // nothing typed is lost
}

/** Send a text as it stands (a command from the menu, a key of the bot's keyboard). */
export function sendText(text) {
  return attempt(() => api.send(text));
}

function setAbout(task) {
  about = task;
  bar.hidden = !task;
  if (!task) return;
  const { kind, message } = task;
  const title = kind === "edit" ? t("editing") : `${t("reply")}: ${fullName(message.from)}`;
  const drop = () => {
    setAbout(null);
    if (kind === "edit") write("");
  };
  const text = el(
    "p",
    {},
    el("b", { textContent: title }),
    el("span", { textContent: gist(message) }),
  );
  bar.replaceChildren(icon(kind), text, iconButton("close", t("cancel"), drop));
  if (kind === "edit") write(message.text);
  field.focus();
}

function editLast() {
  const last = listed().findLast(canEdit);
  if (last) setAbout({ kind: "edit", message: last });
}

function onKey(event) {
  if (event.isComposing || commandKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey) submit(event);
  else if (event.key === "Escape" && about) bar.querySelector("button").click();
  else if (event.key === "ArrowUp" && field.value === "") {
    event.preventDefault();
    editLast();
  }
}

/** The bot may ask for a reply outright (ForceReply). */
function forced(message) {
  if (message && askedOf(message)?.force_reply && !touch()) setAbout({ kind: "reply", message });
}

function showPlaceholder() {
  const all = listed();
  const asked = all.findLast(askedOf);
  const words = asked && askedOf(asked).input_field_placeholder;
  const over = asked && askedOf(asked).force_reply && all.at(-1) !== asked;
  field.placeholder = words && !over ? words : t("messageText");
}

export function watchComposer() {
  byId("composer").addEventListener("submit", submit);
  field.addEventListener("input", changed);
  field.addEventListener("keydown", onKey);
  byId("start").addEventListener("click", () => sendText("/start"));
  on("people", showComposer);
  on("fill", write);
  on("reply", (message) => setAbout({ kind: "reply", message }));
  on("edit", (message) => setAbout({ kind: "edit", message }));
  on("log", forced);
  on("log", showPlaceholder);
}
