// What the page knows, and who wants to hear when it changes.

export const state = {
  bot: null, // the bot's User
  people: [], // as GET /sandbox/people gives them
  person: null, // id of the person one speaks as
  chat: null, // id of the open chat
  chats: [], // that person's chats
};

const bus = new EventTarget();

/** Call `listener(detail)` each time `name` is announced. */
export function on(name, listener) {
  bus.addEventListener(name, (event) => listener(event.detail));
}

export function emit(name, detail) {
  bus.dispatchEvent(new CustomEvent(name, { detail }));
}

export const person = (id = state.person) => state.people.find((one) => one.id === id) ?? null;

export const chat = (id = state.chat) => state.chats.find((one) => one.id === id) ?? null;

/** Whether the open chat is the person's private chat with the bot. */
export const inPrivate = () => state.chat === state.person;

/** Speak as a person, in a chat (by default the private one); the address remembers both. */
export function go(personId, chatId = personId) {
  location.hash = `person=${personId}&chat=${chatId}`;
}

/** Back to the list of people. */
export function leave() {
  location.hash = "";
}

/** The person and chat named by the address; null where there is none. */
export function address() {
  const params = new URLSearchParams(location.hash.slice(1));
  const personId = Number(params.get("person")) || null;
  return { person: personId, chat: Number(params.get("chat")) || personId };
}
