// The bot's command menu: by its button, or by typing "/".

import { api } from "/page/api.js";
import { attempt } from "/page/dialog.js";
import { byId, el } from "/page/dom.js";
import { t } from "/page/i18n.js";
import { emit, state } from "/page/store.js";

const list = byId("command-list");
const field = byId("text");

let commands = []; // what Telegram would show this person here
let known = ""; // for whom they were asked
let chosen = -1; // the row that the arrow keys stand on
let byButton = false; // opened without anything typed

async function load() {
  const asked = `${state.person}/${state.chat}`;
  const answer = await attempt(() => api.commands());
  if (answer) [commands, known] = [answer, asked];
}

/** Show the commands that begin as the typed text does; nothing once it is no bare command. */
export async function filterCommands(text) {
  const typed = /^\/(\w*)$/.exec(text);
  if (!typed) return hide();
  if (typed[1] === "" || known !== `${state.person}/${state.chat}`) await load();
  if (field.value !== text) return undefined; // typed on meanwhile
  return show(commands.filter((one) => one.command.startsWith(typed[1].toLowerCase())));
}

async function toggle() {
  if (!list.hidden) return hide();
  await load();
  byButton = true;
  show(commands);
  return field.focus();
}

function show(rows) {
  chosen = -1;
  list.replaceChildren(...rows.map(option));
  if (byButton && !rows.length) list.append(el("p", { textContent: t("noCommands") }));
  list.hidden = !list.children.length;
  byId("menu-button").setAttribute("aria-expanded", String(!list.hidden));
}

function hide() {
  byButton = false;
  chosen = -1;
  list.hidden = true;
  field.removeAttribute("aria-activedescendant");
  byId("menu-button").setAttribute("aria-expanded", "false");
}

function option({ command, description }, index) {
  const row = el(
    "div",
    { role: "option", id: `command-${index}`, data: { command } },
    el("b", { textContent: `/${command}` }),
    el("span", { textContent: description }),
  );
  row.setAttribute("aria-selected", "false");
  row.addEventListener("click", () => use(command));
  return row;
}

function use(command) {
  if (field.value.startsWith("/")) emit("fill", "");
  hide();
  attempt(() => api.send(`/${command}`));
}

/** Handle a key while the list is open; answers whether it was used up. */
export function commandKey(event) {
  if (list.hidden) return false;
  const row = list.children[Math.max(chosen, 0)];
  if (event.key === "Escape") hide();
  else if (event.key === "ArrowDown" || event.key === "ArrowUp")
    move(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Tab" && row?.dataset.command) emit("fill", `/${row.dataset.command} `);
  else if (event.key === "Enter" && chosen >= 0) use(row.dataset.command);
  else return false;
  event.preventDefault();
  return true;
}

function move(step) {
  const rows = [...list.querySelectorAll("[role=option]")];
  if (!rows.length) return;
  chosen = chosen < 0 && step < 0 ? rows.length - 1 : (chosen + step + rows.length) % rows.length;
  rows.forEach((row, index) => row.setAttribute("aria-selected", String(index === chosen)));
  rows[chosen].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", rows[chosen].id);
}

export function watchCommands() {
  byId("menu-button").addEventListener("click", toggle);
  document.addEventListener("pointerdown", (event) => {
    const inside = event.target.closest("#command-list, #menu-button, #composer");
    if (!inside && !list.hidden) hide();
  });
}
