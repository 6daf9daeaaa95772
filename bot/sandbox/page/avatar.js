// The round mark of a person or a chat: initials on one of six colours.

import { el } from "/page/dom.js";
import { fullName, initials, tone } from "/page/format.js";

export function avatar(who) {
  const text = initials(fullName(who));
  return el("span", { class: `avatar ${tone(who.id)}`, "aria-hidden": "true", textContent: text });
}
