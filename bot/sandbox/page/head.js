// The strip above the messages: whose chat this is, what the bot is doing, other chats, the menu.

import { api } from "/page/api.js";
import { avatar } from "/page/avatar.js";
import { attempt } from "/page/dialog.js";
import { byId, el } from "/page/dom.js";
import { fullName } from "/page/format.js";
import { chatName, chooseTelegramLanguage, createGroup } from "/page/forms.js";
import { t } from "/page/i18n.js";
import { followTyped } from "/page/links.js";
import { openMenu } from "/page/menu.js";
import { chat, emit, go, inPrivate, leave, on, person, state } from "/page/store.js";

const ACTION_MS = 5000; // how long Telegram shows a chat action

let doing = null;
let doingTimer = 0;

/** Show who and where; called whenever either may have changed. */
function showHead() {
  const who = person();
  if (!who) return;
  const where = chat();
  const group = !inPrivate() && where;
  byId("chat-avatar").replaceChildren(avatar(group || who));
  byId("chat-title").textContent = fullName(group || who);
  byId("chat-subtitle").textContent = doing ?? subtitle(who, group);
  byId("chat-subtitle").classList.toggle("doing", Boolean(doing));
  document.title = [fullName(who), group && group.title, t("brand")].filter(Boolean).join(" · ");
  showTabs();
}

function subtitle(who, group) {
  if (group) return t("speakingAs", { name: fullName(who) });
  const language = who.language_code?.toUpperCase();
  return [who.note, `@${state.bot.username}`, language].filter(Boolean).join(" · ");
}

function showTabs() {
  const tabs = byId("chat-tabs");
  tabs.hidden = state.chats.length < 2;
  tabs.replaceChildren(...state.chats.map(chatLink));
}

/** A link to one of the person's chats, with its unread count. */
export function chatLink(one) {
  const open = one.id === state.chat;
  const link = el(
    "button",
    { type: "button", class: "chat-link", data: { chat: one.id } },
    el("span", { textContent: chatName(one) }),
  );
  if (open) link.setAttribute("aria-current", "true");
  else if (one.unread) link.append(badge(one.unread));
  link.addEventListener("click", () => go(state.person, one.id));
  return link;
}

export const badge = (count) =>
  el("span", { class: "badge", "aria-label": t("unread", { count }), textContent: count });

function showAction({ chat: where, action }) {
  if (where !== state.chat) return;
  setDoing(
    action?.startsWith("upload") || action?.startsWith("record") ? t("sending") : t("typing"),
  );
  doingTimer = setTimeout(() => setDoing(null), ACTION_MS);
}

function setDoing(words) {
  clearTimeout(doingTimer);
  doing = words;
  showHead();
}

function menuItems() {
  const blocked = person().blocked;
  const list = [
    { name: "link", icon: "link", label: t("openLink"), act: followTyped },
    { name: "language", icon: "language", label: t("languageOf"), act: chooseTelegramLanguage },
    { name: "group", icon: "group", label: t("createGroup"), act: createGroup },
  ];
  if (chat()?.type === "group") {
    const act = () => attempt(() => api.migrate(state.chat));
    list.push({ name: "migrate", icon: "people", label: t("migrate"), act });
  }
  const label = t(blocked ? "unblock" : "blockBot");
  list.push({ name: "block", icon: "block", label, act: () => block(!blocked) });
  return list;
}

/** Block or unblock the bot as the chosen person. */
export async function block(blocked) {
  if (await attempt(() => api.changePerson(state.person, { blocked }))) emit("refresh");
}

export function watchHead() {
  on("people", showHead);
  on("chats", showHead);
  on("chat_action", showAction);
  on("message", ({ chat: where }) => where === state.chat && doing && setDoing(null));
  on("opened", () => setDoing(null));
  byId("back").addEventListener("click", leave);
  byId("unblock").addEventListener("click", () => block(false));
  byId("chat-menu").addEventListener("click", (event) => {
    openMenu(menuItems(), event.currentTarget, t("chatMenu"));
  });
}
