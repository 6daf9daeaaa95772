// What can be done with a message: by right click, long press, or the keyboard.

import { api } from "/page/api.js";
import { attempt } from "/page/dialog.js";
import { pickChat } from "/page/forms.js";
import { t } from "/page/i18n.js";
import { copyText } from "/page/keyboards.js";
import { openMenu } from "/page/menu.js";
import { isOwn } from "/page/message.js";
import { emit, go, state } from "/page/store.js";

/** Listen inside the log; `find(id)` gives the message behind a bubble. */
export function watchMessageMenus(log, find) {
  log.addEventListener("contextmenu", (event) => {
    const node = event.target.closest("article:not(.service)");
    if (!node || !getSelection().isCollapsed) return; // a selection wants the browser's own menu
    event.preventDefault();
    const pointed = event.clientX || event.clientY;
    const anchor = pointed ? { x: event.clientX, y: event.clientY } : node.firstElementChild;
    openMenu(items(find(Number(node.dataset.message))), anchor, t("menuFor"));
  });
  log.addEventListener("keydown", (event) => onKey(event, log, find));
}

function items(message) {
  const words = message.text ?? message.caption;
  const list = [
    { name: "reply", icon: "reply", label: t("reply"), act: () => emit("reply", message) },
  ];
  if (words)
    list.push({ name: "copy", icon: "copy", label: t("copy"), act: () => copyText(words) });
  list.push({ name: "forward", icon: "forward", label: t("forward"), act: () => forward(message) });
  if (canEdit(message)) {
    list.push({ name: "edit", icon: "edit", label: t("edit"), act: () => emit("edit", message) });
  }
  return list;
}

/** Whether the person may change this message: their own words, not someone else's forwarded. */
export const canEdit = (message) =>
  isOwn(message) && message.text !== undefined && !message.forward_origin;

async function forward(message) {
  const from = state.chat;
  const target = await pickChat(t("forwardTo"));
  if (!target) return;
  const item = { chat: from, message_id: message.message_id };
  const done = await attempt(() => api.forward([item], target));
  if (done && target !== from) go(state.person, target);
}

function onKey(event, log, find) {
  const node = event.target;
  if (node.tagName !== "ARTICLE") return;
  if (event.key === "Enter") {
    event.preventDefault();
    openMenu(items(find(Number(node.dataset.message))), node.firstElementChild, t("menuFor"));
  }
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...log.querySelectorAll("article")];
  all[all.indexOf(node) + step]?.focus();
}
