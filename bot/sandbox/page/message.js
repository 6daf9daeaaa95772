// One message as a bubble with its keyboard, or as a line in the middle for what merely happened.

import { el } from "/page/dom.js";
import { richText } from "/page/entities.js";
import { clock, fullName, gist, tone, wholeMoment } from "/page/format.js";
import { t } from "/page/i18n.js";
import { inlineKeyboard } from "/page/keyboards.js";
import { media, mediaKey } from "/page/media.js";
import { inPrivate, state } from "/page/store.js";

/** The reply keyboard (or its removal, or a forced reply) that came with a message, if any. */
export const askedOf = (message) => message.reply_keyboard ?? null;

export const isOwn = (message) => message.from?.id === state.person;

/**
 * The element for a message. `acts` is what taps in the text do, and `jump(id)` for quotes;
 * `old` is the message's former element, whose loaded media is kept when it is the same.
 */
export function messageNode(message, acts, old) {
  const service = serviceWords(message);
  const side = service ? "service" : isOwn(message) ? "out" : "in";
  const node = el("article", { class: `message ${side}`, tabIndex: -1 });
  node.dataset.message = message.message_id;
  node.dataset.sender = message.from?.id ?? "";
  node.append(service ? el("p", { textContent: service }) : bubble(message, acts, node, old));
  const keyboard = inlineKeyboard(message);
  if (keyboard) {
    node.classList.add("keyed");
    node.append(keyboard);
  }
  return node;
}

function bubble(message, acts, node, old) {
  const carried = keptMedia(message, old) ?? media(message);
  if (carried) {
    carried.dataset.key = mediaKey(message);
    node.classList.add("with-media");
  }
  const words = text(message, acts);
  const parts = message.show_caption_above_media ? [words, carried] : [carried, words];
  if (carried && !words) node.classList.add("bare");
  return el(
    "div",
    { class: "bubble" },
    sender(message),
    forwarded(message),
    quote(message, acts),
    parts,
    meta(message),
    reaction(message),
  );
}

function keptMedia(message, old) {
  const former = old?.querySelector(".media");
  return former && former.dataset.key === mediaKey(message) ? former : null;
}

// As in Telegram, of a link that was followed only the command is seen, not its code.
const FOLLOWED = /^\/start \S+$/;

function text(message, acts) {
  const whole = message.text ?? message.caption;
  const words = isOwn(message) && FOLLOWED.test(whole) ? "/start" : whole;
  if (words === undefined)
    return mediaKey(message) ? null : el("p", { class: "text", textContent: t("unknownMessage") });
  const entities = message.entities ?? message.caption_entities;
  return el("div", { class: "text", dir: "auto" }, richText(words, entities, acts));
}

function sender(message) {
  if (inPrivate() || isOwn(message) || !message.from) return null;
  return el("p", { class: `sender ${tone(message.from.id)}`, textContent: fullName(message.from) });
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const who = origin.sender_user ?? origin.sender_chat ?? origin.chat;
  const name = who ? fullName(who) : origin.sender_user_name;
  return el("p", { class: "forwarded", textContent: t("forwardedFrom", { name }) });
}

function quote(message, acts) {
  const other = message.reply_to_message;
  if (!other) return null;
  const jump = () => acts.jump(other.message_id);
  return el(
    "button",
    { type: "button", class: "quote", on: { click: jump } },
    el("b", { textContent: other.from ? fullName(other.from) : "" }),
    el("span", { textContent: gist(other) }),
  );
}

const reaction = (message) =>
  message.reaction && el("p", { class: "reaction", textContent: message.reaction });

function meta(message) {
  const changed = message.edit_date && el("span", { class: "edited", textContent: t("changed") });
  const time = el("time", { textContent: clock(message.date), title: wholeMoment(message.date) });
  time.dateTime = new Date(message.date * 1000).toISOString();
  return el("p", { class: "meta" }, changed, time);
}

/** The sentence for a service message, or null for a message that someone wrote. */
function serviceWords(message) {
  const names = (users) => users.map(fullName).join(", ");
  if (message.new_chat_members) return t("serviceAdded", { who: names(message.new_chat_members) });
  if (message.left_chat_member)
    return t("serviceLeft", { who: fullName(message.left_chat_member) });
  if (message.group_chat_created || message.supergroup_chat_created) return t("serviceCreated");
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return t("movedTo");
  if (message.new_chat_title) return t("serviceTitle", { title: message.new_chat_title });
  return message.pinned_message ? t("pinned") : null;
}
