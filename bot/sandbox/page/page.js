// Where the page begins: it follows the address, and keeps people and chats up to date.

import { api } from "/page/api.js";
import { watchAttachments } from "/page/attach.js";
import { openChat, redraw, watchChat } from "/page/chat.js";
import { watchCommands } from "/page/commands.js";
import { openDraft, watchComposer } from "/page/composer.js";
import { attempt } from "/page/dialog.js";
import { byId, icon } from "/page/dom.js";
import { watchHead } from "/page/head.js";
import { chooseLanguage, localise, pageLanguage, t } from "/page/i18n.js";
import { watchAnswers } from "/page/keyboards.js";
import { listenLive } from "/page/live.js";
import { watchPeople } from "/page/people.js";
import { watchRecorder } from "/page/recorder.js";
import { watchReplyKeyboard } from "/page/reply-keyboard.js";
import { address, chat as chatOf, emit, on, person, state } from "/page/store.js";

const REFRESH_MS = 120; // several events in a row ask for the list of people once

let refreshTimer = 0;

function refreshSoon() {
  clearTimeout(refreshTimer);
  refreshTimer = setTimeout(() => attempt(refresh), REFRESH_MS);
}

async function refresh() {
  state.people = await api.people();
  emit("people");
  await loadChats();
}

async function loadChats() {
  const asked = state.person;
  const chats = asked ? await api.chats(asked) : [];
  if (asked !== state.person) return;
  state.chats = chats;
  emit("chats");
}

/** Show whom and what the address names. */
async function follow() {
  const { person: personId, chat } = address();
  if (personId && !person(personId)) await attempt(refresh); // perhaps just added
  const known = person(personId);
  const before = state.person;
  state.person = known?.id ?? null;
  state.chat = known ? chat : null;
  if (before !== state.person) state.chats = [];
  document.body.dataset.view = known ? "chat" : "people";
  byId("chat").hidden = !known;
  byId("welcome").hidden = Boolean(known);
  if (!known) document.title = t("brand");
  emit("people");
  if (!known) return;
  emit("opened");
  openDraft();
  await attempt(loadChats);
  if (address().person !== state.person) return; // gone on meanwhile
  if (!chatOf()) state.chat = state.person; // not a member, or the group has moved
  await openChat();
  refreshSoon();
}

function speak(language) {
  chooseLanguage(language);
  localise();
  emit("people");
  emit("chats");
  if (state.person) redraw();
  else document.title = t("brand");
}

async function begin() {
  for (const node of document.querySelectorAll("[data-icon]")) node.append(icon(node.dataset.icon));
  localise();
  byId("language").value = pageLanguage();
  byId("language").addEventListener("change", (event) => speak(event.target.value));
  [watchPeople, watchHead, watchChat, watchComposer, watchCommands].forEach((watch) => watch());
  [watchReplyKeyboard, watchAttachments, watchRecorder, watchAnswers].forEach((watch) => watch());
  state.bot = (await attempt(api.bot)) ?? { id: 0, first_name: "Bot", username: "" };
  await attempt(refresh);
  addEventListener("hashchange", follow);
  for (const name of ["message", "edited", "deleted", "person", "refresh"]) on(name, refreshSoon);
  on("reconnected", async () => {
    await attempt(refresh);
    await follow();
  });
  listenLive();
  await follow();
  document.body.dataset.ready = "true";
}

begin();
