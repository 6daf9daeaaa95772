// Links: those to the bot open inside the sandbox, all others in a new tab.

import { api } from "/page/api.js";
import { attempt } from "/page/dialog.js";
import { askLink, pickPerson } from "/page/forms.js";
import { t } from "/page/i18n.js";
import { go, inPrivate, state } from "/page/store.js";

/** The start payload of a link to our bot ("" when it has none), or null for any other link. */
function startPayload(url) {
  const link = URL.parse(url);
  if (!link) return null;
  const inApp = link.protocol === "tg:" && link.host === "resolve";
  const onWeb = ["t.me", "telegram.me"].includes(link.host);
  const name = inApp ? link.searchParams.get("domain") : onWeb && link.pathname.slice(1);
  if (name?.toLowerCase?.() !== state.bot.username.toLowerCase()) return null;
  return link.searchParams.get("start") ?? "";
}

/** Follow a link found in a message; who follows a link to the bot is asked. */
export async function followLink(url) {
  const payload = startPayload(url);
  if (payload === null) return openOutside(url);
  const id = await pickPerson(t("openAs"));
  return id && start(id, payload);
}

/** Follow the link of a button: out of a group it leads the same person to the private chat. */
export function followButton(url) {
  const payload = startPayload(url);
  if (payload !== null && !inPrivate()) return start(state.person, payload);
  return followLink(url);
}

/** Ask for a link or a bare code and follow it as the chosen person. */
export async function followTyped() {
  const typed = await askLink();
  if (typed) await start(state.person, startPayload(typed) ?? typed);
}

/** Press START as that person. */
async function start(id, payload) {
  go(id);
  await attempt(() => api.openLink(id, payload));
}

function openOutside(url) {
  window.open(url, "_blank", "noopener,noreferrer");
}
