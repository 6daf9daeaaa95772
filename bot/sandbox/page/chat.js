// The open chat's messages: loading them, keeping them in order and the reader's place.

import { api } from "/page/api.js";
import { attempt } from "/page/dialog.js";
import { byId, el } from "/page/dom.js";
import { unfoldShort } from "/page/entities.js";
import { day, dayName } from "/page/format.js";
import { t } from "/page/i18n.js";
import { copyText, fitRows } from "/page/keyboards.js";
import { followLink } from "/page/links.js";
import { isOwn, messageNode } from "/page/message.js";
import { watchMessageMenus } from "/page/message-menu.js";
import { emit, go, inPrivate, on, state } from "/page/store.js";

const BATCH = 120; // messages put on the page at a time
const NEAR = 60; // pixels from the bottom that still count as being there

const log = byId("log");
const scroller = byId("scroller");
const jumpButton = byId("jump");
const earlier = el("button", {
  type: "button",
  class: "quiet",
  id: "earlier",
  on: { click: showEarlier },
});

let messages = new Map(); // the open chat's, by message_id
let hidden = []; // the oldest of them, not on the page yet
let loading = 0; // which opening is the latest
let about = ""; // what the bot says of itself before anybody has written
let stuck = true; // the reader is at the bottom and wants to stay there
let unseen = 0;
let sized = ""; // the sizes that the reader's place was last reckoned with

const acts = {
  link: followLink,
  copy: copyText,
  command: (text) => attempt(() => api.send(text)),
  jump: jumpTo,
};

/** Load the chat that the store names and show its end. */
export async function openChat() {
  const turn = (loading += 1);
  delete log.dataset.chat; // whose messages are shown, once they are
  messages = new Map();
  render([]);
  const all = await attempt(() => api.messages(state.chat));
  const said = all && !all.length && inPrivate() ? await introduction() : "";
  if (!all || turn !== loading) return;
  about = said;
  // What arrived by an event meanwhile is newer than the list.
  messages = new Map([...all.map((one) => [one.message_id, one]), ...messages]);
  render(listed());
  log.dataset.chat = state.chat;
  markRead();
}

/** What the bot says of itself to whoever opens an empty chat, in their Telegram's language. */
async function introduction() {
  const bot = await attempt(() => api.botSeenBy(state.person));
  return bot?.description ?? bot?.short_description ?? "";
}

/** The open chat's messages, oldest first. */
export const listed = () => [...messages.values()].sort((a, b) => a.message_id - b.message_id);

/** Draw everything anew, as after a change of the page's language. */
export const redraw = () => render(listed());

function render(all) {
  hidden = all.slice(0, -BATCH);
  log.replaceChildren();
  for (const message of all.slice(-BATCH)) put(message);
  finish();
  stuck = true;
  toEnd();
  emit("log");
}

function finish() {
  earlier.textContent = t("earlier");
  if (hidden.length) log.prepend(earlier);
  else earlier.remove();
  const empty = log.querySelector(".empty-note");
  if (messages.size) empty?.remove();
  else if (!empty) log.append(emptyNote());
  for (const node of log.querySelectorAll("article[tabindex='0']")) node.tabIndex = -1;
  const last = [...log.querySelectorAll("article")].at(-1);
  if (last) last.tabIndex = 0; // the one stop of the Tab key; arrows move on from it
}

const emptyNote = () =>
  el("p", { class: "empty-note", dir: "auto", textContent: about || t("emptyChat") });

function showEarlier() {
  const batch = hidden.splice(-BATCH);
  const before = scroller.scrollHeight - scroller.scrollTop;
  for (const message of batch) put(message);
  finish();
  scroller.scrollTop = scroller.scrollHeight - before;
}

/** Put a message where it belongs, in place of its older version if that is on the page. */
function put(message) {
  const old = nodeOf(message.message_id);
  const focus = old && focusIn(old);
  const node = messageNode(message, acts, old);
  if (old) old.replaceWith(node);
  else daySection(day(message.date), message.date).insertBefore(node, follower(message));
  fitRows(node);
  unfoldShort(node);
  if (focus) restoreFocus(node, focus);
  return node;
}

const nodeOf = (id) => log.querySelector(`[data-message="${id}"]`);

function follower(message) {
  const nodes = [...daySection(day(message.date), message.date).querySelectorAll("article")];
  return nodes.find((node) => Number(node.dataset.message) > message.message_id) ?? null;
}

function daySection(key, date) {
  const found = log.querySelector(`[data-day="${key}"]`);
  if (found) return found;
  const section = el(
    "section",
    { class: "day", data: { day: key } },
    el("h3", { class: "day-name" }, el("span", { textContent: dayName(date) })),
  );
  const later = [...log.querySelectorAll(".day")].find((one) => one.dataset.day > key);
  log.insertBefore(section, later ?? null);
  return section;
}

// The focused key of a keyboard keeps the focus when the bot redraws the message.
function focusIn(node) {
  const keys = [...node.querySelectorAll(".key")];
  const index = keys.indexOf(document.activeElement);
  if (index >= 0) return { index, text: keys[index].textContent };
  return node === document.activeElement ? { index: -1 } : null;
}

function restoreFocus(node, { index, text }) {
  const keys = [...node.querySelectorAll(".key")];
  const same = keys.find((key) => key.textContent === text) ?? keys[index] ?? node;
  same.focus({ preventScroll: true });
}

function arrived({ chat, message }) {
  if (chat !== state.chat) return;
  if (message.migrate_to_chat_id) go(state.person, message.migrate_to_chat_id);
  messages.set(message.message_id, message);
  const node = put(message);
  node.classList.add("fresh");
  finish();
  if (stuck || isOwn(message)) toEnd();
  else countUnseen();
  if (!isOwn(message)) markRead();
  emit("log", message);
}

function edited({ chat, message }) {
  if (chat !== state.chat) return;
  messages.set(message.message_id, message);
  if (nodeOf(message.message_id)) put(message);
  finish();
  if (stuck) toEnd();
  emit("log");
}

function deleted({ chat, message_id: id }) {
  if (chat !== state.chat) return;
  messages.delete(id);
  hidden = hidden.filter((message) => message.message_id !== id);
  const node = nodeOf(id);
  const section = node?.parentElement;
  node?.remove();
  if (section && !section.querySelector("article")) section.remove();
  finish();
  emit("log");
}

function markRead() {
  if (!document.hidden && state.chat) attempt(() => api.read());
}

export function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  stuck = true;
  unseen = 0;
  showJump();
}

function countUnseen() {
  unseen += 1;
  showJump();
}

function showJump() {
  jumpButton.hidden = stuck;
  jumpButton.dataset.count = unseen || "";
  jumpButton.setAttribute(
    "aria-label",
    unseen ? t("newMessages", { count: unseen }) : t("toNewest"),
  );
}

function scrolled() {
  if (size() !== sized) return; // something grew or shrank; `resized` puts the reader right
  stuck = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  if (stuck) unseen = 0;
  showJump();
}

const size = () => `${scroller.clientWidth} ${scroller.clientHeight} ${scroller.scrollHeight}`;

function resized() {
  if (Number.parseInt(sized, 10) !== scroller.clientWidth) fitRows(log);
  if (stuck) scroller.scrollTop = scroller.scrollHeight;
  sized = size();
}

function jumpTo(id) {
  while (hidden.length && !nodeOf(id)) showEarlier();
  const node = nodeOf(id);
  node?.scrollIntoView({ block: "center" });
  node?.classList.add("pointed");
  setTimeout(() => node?.classList.remove("pointed"), 1500);
}

/** Start listening; called once. */
export function watchChat() {
  on("message", arrived);
  on("edited", edited);
  on("deleted", deleted);
  scroller.addEventListener("scroll", scrolled, { passive: true });
  jumpButton.addEventListener("click", toEnd);
  document.addEventListener("visibilitychange", markRead);
  watchMessageMenus(log, (id) => messages.get(id));
  const observer = new ResizeObserver(resized);
  observer.observe(scroller);
  observer.observe(log);
}
