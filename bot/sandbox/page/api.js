// The sandbox's own HTTP interface: what a person can do. Bot API objects come back as they are.

import { state } from "/page/store.js";

/** An answer that was not a success; `message` is a sentence fit to be shown. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  const form = body instanceof FormData;
  const response = await fetch(`/sandbox/${path}`, {
    method,
    headers: body && !form ? { "Content-Type": "application/json" } : {},
    body: form ? body : body && JSON.stringify(body),
  });
  const text = await response.text();
  const answer = parsed(text);
  if (response.ok) return answer;
  const reason = answer?.error ?? answer?.description ?? text.slice(0, 200);
  throw new ApiError(response.status, reason || `${response.status} ${response.statusText}`);
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

const query = (values) => new URLSearchParams(values).toString();

/** Who acts and where: the chosen person in the open chat. */
const here = () => ({ person: state.person, chat: state.chat });

export const api = {
  bot: () => call("GET", "bot"),
  botSeenBy: (person) => call("GET", `bot?${query({ person })}`),
  people: () => call("GET", "people"),
  addPerson: (values) => call("POST", "people", values),
  changePerson: (id, values) => call("PATCH", `people/${id}`, values),
  chats: (person) => call("GET", `chats?${query({ person })}`),
  addGroup: (title, members) => call("POST", "groups", { title, members }),
  migrate: (id) => call("POST", `groups/${id}/migrate`, {}),
  messages: (chat) => call("GET", `messages?${query({ chat })}`),
  commands: () => call("GET", `commands?${query(here())}`),
  send: (text, replyTo) => call("POST", "send", { ...here(), text, reply_to: replyTo }),
  openLink: (person, payload) => call("POST", "open-link", { person, payload }),
  press: (messageId, data) => call("POST", "press", { ...here(), message_id: messageId, data }),
  edit: (messageId, text) => call("POST", "edit", { ...here(), message_id: messageId, text }),
  read: () => call("POST", "read", here()),
  forward: (items, chat = state.chat) =>
    call("POST", "forward", { person: state.person, chat, items }),
  upload,
};

function upload(kind, file, { caption, duration } = {}) {
  const form = new FormData();
  form.set("person", state.person);
  form.set("chat", state.chat);
  form.set("kind", kind);
  if (caption) form.set("caption", caption);
  if (duration) form.set("duration", Math.max(1, Math.round(duration)));
  form.set("file", file, file.name);
  return call("POST", "upload", form);
}

/** Where a file's bytes are. */
export const fileUrl = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;
