// The small dialogs: a new person, a group, a link, a customer's messages, who or where.

import { api } from "/page/api.js";
import { ask, attempt, field, settle } from "/page/dialog.js";
import { avatar } from "/page/avatar.js";
import { el } from "/page/dom.js";
import { fullName } from "/page/format.js";
import { pageLanguage, t } from "/page/i18n.js";
import { go, person, state } from "/page/store.js";

const TELEGRAM_LANGUAGES = { en: "English", ru: "Русский", uk: "Українська" };

const only = (label) => [{ label, value: "ok" }];

function languageSelect(chosen) {
  const options = Object.entries(TELEGRAM_LANGUAGES).map(([value, words]) =>
    el("option", { value, textContent: words, selected: value === chosen }),
  );
  return el("select", { name: "language" }, options);
}

const input = (name, props = {}) => el("input", { name, required: true, maxLength: 64, ...props });

/** Ask for a name and a language and add that person; answers the person or undefined. */
export async function addPerson() {
  const name = input("name", { data: { first: "" } });
  const language = languageSelect(pageLanguage());
  const body = [field(t("name"), name), field(t("languageOf"), language)];
  const done = await ask({
    title: t("addPerson"),
    body,
    actions: only(t("create")),
    name: "add-person",
  });
  if (!done) return undefined;
  const [first, ...rest] = name.value.trim().split(/\s+/);
  const values = { first_name: first, language_code: language.value };
  if (rest.length) values.last_name = rest.join(" ");
  return attempt(() => api.addPerson(values));
}

/** Ask for a title and members and create that group with the bot in it. */
export async function createGroup() {
  const title = input("title", { data: { first: "" } });
  const boxes = state.people.map((one) => memberBox(one));
  const body = [
    field(t("groupTitle"), title),
    el("fieldset", {}, el("legend", { textContent: t("members") }), boxes),
  ];
  if (
    !(await ask({
      title: t("createGroup"),
      body,
      actions: only(t("create")),
      name: "create-group",
    }))
  )
    return;
  const members = boxes.map((box) => box.firstElementChild).filter((box) => box.checked);
  const ids = members.map((box) => Number(box.value));
  const group = await attempt(() => api.addGroup(title.value.trim(), ids));
  if (group) go(ids.includes(state.person) ? state.person : ids[0], group.id);
}

function memberBox(one) {
  const box = el("input", { type: "checkbox", value: one.id, checked: one.id === state.person });
  return el("label", { class: "check" }, box, el("span", { textContent: fullName(one) }));
}

/** Ask for an invitation link or its code; answers what was typed, or null. */
export async function askLink() {
  const link = input("link", { maxLength: 512, data: { first: "" } });
  const body = field(t("linkText"), link);
  const done = await ask({
    title: t("openLink"),
    body,
    actions: only(t("start")),
    name: "open-link",
  });
  return done && link.value.trim();
}

/** Ask which language the person's Telegram speaks, and set it. */
export async function chooseTelegramLanguage() {
  const language = languageSelect(person().language_code);
  const body = field(t("languageOf"), language);
  const done = await ask({ title: t("language"), body, actions: only("OK"), name: "language" });
  if (done) await attempt(() => api.changePerson(state.person, { language_code: language.value }));
}

/** Ask for a customer's name and lines; each line is forwarded to the open chat. */
export async function forwardCustomer() {
  const name = input("customer", { data: { first: "" } });
  const lines = el("textarea", { name: "lines", rows: 5, required: true });
  const example = () => {
    name.value = t("customerNameExample");
    lines.value = t("customerExample");
  };
  const body = [
    field(t("customerName"), name),
    field(t("customerLines"), lines),
    el("p", { class: "hint", textContent: t("customerNote") }),
    el("button", {
      type: "button",
      class: "inline",
      textContent: t("useExample"),
      on: { click: example },
    }),
  ];
  const title = t("forwardCustomer");
  if (!(await ask({ title, body, actions: only(t("forward")), name: "forward-customer" }))) return;
  const texts = lines.value
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const items = texts.map((text) => ({ text, from_name: name.value.trim() }));
  await attempt(() => api.forward(items));
}

/** Let one choose a person, those who have not started yet first; answers an id, or null. */
export async function pickPerson(title) {
  const order = [...state.people].sort((a, b) => a.started - b.started);
  const rows = order.map((one) => pickRow(one.id, avatar(one), fullName(one), one.note));
  rows.push(
    el("button", {
      type: "button",
      class: "inline",
      textContent: t("someoneNew"),
      on: { click: pickNew },
    }),
  );
  const picked = await ask({ title, body: rows, name: "pick-person" });
  return picked === "new" ? ((await addPerson())?.id ?? null) : picked && Number(picked);
}

const pickNew = (event) => settle(event.target, "new");

/** Let one choose among the person's chats; asks nothing when there is only one. */
export async function pickChat(title) {
  if (state.chats.length < 2) return state.chat;
  const rows = state.chats.map((one) => pickRow(one.id, avatar(one), chatName(one)));
  const picked = await ask({ title, body: rows, name: "pick-chat" });
  return picked && Number(picked);
}

export const chatName = (one) => (one.type === "private" ? fullName(state.bot) : one.title);

function pickRow(id, picture, name, note) {
  const words = el(
    "span",
    {},
    el("b", { textContent: name }),
    note && el("small", { textContent: note }),
  );
  const choose = (event) => settle(event.target, id);
  return el(
    "button",
    { type: "button", class: "pick", data: { pick: id }, on: { click: choose } },
    picture,
    words,
  );
}
