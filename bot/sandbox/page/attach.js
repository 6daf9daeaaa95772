// Sending files: the attach menu, dropping, pasting, and the dialog before a file goes out.

import { api } from "/page/api.js";
import { toEnd } from "/page/chat.js";
import { ask, attempt, field } from "/page/dialog.js";
import { byId, el, icon } from "/page/dom.js";
import { forwardCustomer } from "/page/forms.js";
import { size } from "/page/format.js";
import { t } from "/page/i18n.js";
import { openMenu } from "/page/menu.js";
import { soundLength, voiceSample } from "/page/voice.js";

// What the file dialog offers for each kind of message.
const ACCEPTS = {
  photo: "image/*",
  document: "",
  audio: "audio/*",
  video: "video/*",
  voice: "audio/*",
};
const SOUNDS = new Set(["voice", "audio"]);
const PREVIEW = 320; // pixels, the longer side

const inputs = Object.fromEntries(
  Object.entries(ACCEPTS).map(([kind, accept]) => [kind, picker(kind, accept)]),
);

function picker(kind, accept) {
  const input = el("input", {
    type: "file",
    accept,
    hidden: true,
    data: { testid: `file-${kind}` },
  });
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (file) await offer(file, kind);
    input.value = "";
  });
  return input;
}

function menuItems() {
  const file = (kind, name, label) => ({
    name: kind,
    icon: name,
    label: t(label),
    act: () => inputs[kind].click(),
  });
  return [
    file("photo", "photo", "photo"),
    file("document", "document", "document"),
    file("audio", "audio", "audio"),
    file("video", "video", "video"),
    file("voice", "microphone", "voiceFile"),
    { name: "voice-sample", icon: "wave", label: t("voiceSample"), act: sendSample },
    {
      name: "forward-customer",
      icon: "forward",
      label: t("forwardCustomer"),
      act: forwardCustomer,
    },
  ];
}

/** Ask for a caption and how to send a file, then send it. */
async function offer(file, kind) {
  const caption = el("input", { name: "caption", maxLength: 1024, data: { first: "" } });
  const choice = kindSelect(file, kind);
  const shape = el(
    "div",
    { class: "offer" },
    await preview(file),
    el("p", {}, el("b", { textContent: file.name }), el("small", { textContent: size(file.size) })),
  );
  const body = [shape, field(t("sendAs"), choice), field(t("caption"), caption)];
  const actions = [{ label: t("send"), value: "ok" }];
  if (await ask({ title: t(kind), body, actions, name: "send-file" })) {
    await send(choice.value, file, caption.value.trim());
  }
}

async function send(kind, file, caption) {
  const duration = SOUNDS.has(kind) ? await soundLength(file) : undefined;
  if (await attempt(() => api.upload(kind, file, { caption, duration }))) toEnd();
}

export async function sendSample() {
  const { file, duration } = await voiceSample();
  if (await attempt(() => api.upload("voice", file, { duration }))) toEnd();
}

function kindSelect(file, kind) {
  const family = file.type.split("/")[0];
  const fitting = { image: ["photo"], audio: ["audio", "voice"], video: ["video"] }[family] ?? [];
  const kinds = new Set([kind, ...fitting, "document"]);
  return el(
    "select",
    { name: "kind" },
    [...kinds].map((value) => el("option", { value, textContent: t(value) })),
  );
}

/** A picture drawn small, or the mark of a file. */
async function preview(file) {
  if (!file.type.startsWith("image/")) return icon("document");
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, PREVIEW / Math.max(picture.width, picture.height));
    const canvas = el("canvas", { width: picture.width * scale, height: picture.height * scale });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas;
  } catch {
    return icon("photo"); // an image that the browser cannot read is still a file to send
  }
}

function offerDropped(file) {
  return offer(file, file.type.startsWith("image/") ? "photo" : "document");
}

function watchDrops(area) {
  const carriesFiles = (event) => event.dataTransfer.types.includes("Files");
  area.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    area.dataset.drop = t("dropFile");
  });
  for (const type of ["dragleave", "drop"]) {
    area.addEventListener(type, () => delete area.dataset.drop);
  }
  area.addEventListener("drop", (event) => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    offerDropped(file);
  });
}

export function watchAttachments() {
  byId("composer").append(...Object.values(inputs));
  byId("attach").addEventListener("click", (event) => {
    openMenu(menuItems(), event.currentTarget, t("attach"));
  });
  byId("text").addEventListener("paste", (event) => {
    const [file] = event.clipboardData.files;
    if (file) offerDropped(file);
  });
  watchDrops(byId("chat"));
}
