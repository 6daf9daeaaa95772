// News from the sandbox as they happen (Server-Sent Events), handed on through the store.

import { byId } from "/page/dom.js";
import { emit } from "/page/store.js";

const NAMES = ["message", "edited", "deleted", "answer", "person", "chat_action"];
const RETRY_MS = 2000;

/** Listen for good; after a break "reconnected" is announced, as something may have been missed. */
export function listenLive(broken = false) {
  const source = new EventSource("/sandbox/events");
  let lost = broken;
  source.addEventListener("open", () => {
    byId("connection").hidden = true;
    if (lost) emit("reconnected");
    lost = false;
  });
  source.addEventListener("error", () => {
    lost = true;
    byId("connection").hidden = false;
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    setTimeout(() => listenLive(true), RETRY_MS);
  });
  for (const name of NAMES) {
    source.addEventListener(name, (event) => emit(name, JSON.parse(event.data)));
  }
}
