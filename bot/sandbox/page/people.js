// The list of people: whose chat one opens, and who has news.

import { avatar } from "/page/avatar.js";
import { byId, el } from "/page/dom.js";
import { addPerson } from "/page/forms.js";
import { fullName, when } from "/page/format.js";
import { badge, chatLink } from "/page/head.js";
import { t } from "/page/i18n.js";
import { emit, go, inPrivate, on, state } from "/page/store.js";

const list = byId("people-list");
const filter = byId("people-filter");

/** Draw the list: the latest news first, people without any in the server's order. */
function showPeople() {
  const wanted = filter.value.trim().toLocaleLowerCase();
  const fits = (one) => `${fullName(one)} ${one.note ?? ""}`.toLocaleLowerCase().includes(wanted);
  const found = state.people.filter(fits);
  found.sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0));
  const focused = document.activeElement?.dataset.person;
  list.replaceChildren(...found.map(item));
  if (!found.length) list.append(el("li", { class: "nobody", textContent: t("nobodyFound") }));
  if (focused) list.querySelector(`[data-person="${focused}"]`)?.focus({ preventScroll: true });
}

function item(one) {
  const chosen = one.id === state.person;
  const groups =
    chosen && state.chats.length > 1 && el("div", { class: "groups" }, state.chats.map(chatLink));
  return el("li", {}, row(one, chosen), groups);
}

function row(one, chosen) {
  const unread = chosen && inPrivate() ? 0 : one.unread;
  const button = el(
    "button",
    { type: "button", class: "person", data: { person: one.id } },
    avatar(one),
    el("span", { class: "person-name", textContent: fullName(one) }),
    el("time", { textContent: one.last ? when(one.last.date) : "" }),
    el("span", { class: "person-note", textContent: one.note ?? "" }),
    el("span", { class: "person-last", textContent: lastWords(one) }),
    unread > 0 && badge(unread),
  );
  const news = unread > 0 && t("unread", { count: unread });
  button.setAttribute("aria-label", [fullName(one), one.note, news].filter(Boolean).join(", "));
  if (chosen) button.setAttribute("aria-current", "true");
  if (one.blocked) button.classList.add("blocked");
  button.addEventListener("click", () => go(one.id));
  return button;
}

function lastWords(one) {
  if (one.last) return one.last.text || t(one.last.kind);
  return one.started ? t("emptyChat") : t("notStarted");
}

async function add() {
  const added = await addPerson();
  if (!added) return;
  emit("refresh");
  go(added.id);
}

export function watchPeople() {
  on("people", showPeople);
  on("chats", showPeople);
  filter.addEventListener("input", showPeople);
  byId("people-add").addEventListener("click", add);
}
