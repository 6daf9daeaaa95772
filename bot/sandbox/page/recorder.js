// Recording a voice message in place of the text field.

import { api } from "/page/api.js";
import { sendSample } from "/page/attach.js";
import { toEnd } from "/page/chat.js";
import { ask, attempt } from "/page/dialog.js";
import { byId, el, iconButton } from "/page/dom.js";
import { duration as minutes } from "/page/format.js";
import { t } from "/page/i18n.js";
import { on } from "/page/store.js";
import { record } from "/page/voice.js";

const strip = byId("recorder");
let running = null; // { recording, timer }

async function begin() {
  let recording;
  try {
    recording = await record();
  } catch {
    return offerSample();
  }
  const time = el("span", { class: "time", textContent: minutes(0) });
  const timer = setInterval(() => {
    time.textContent = minutes(recording.seconds());
  }, 250);
  running = { recording, timer };
  strip.replaceChildren(
    el("span", { class: "red-dot", "aria-hidden": "true" }),
    el("span", { class: "grow", textContent: t("recording") }),
    time,
    iconButton("close", t("cancel"), drop),
    iconButton("send", t("stop"), finish, { class: "round filled" }),
  );
  return show(true);
}

async function offerSample() {
  const body = el("p", { textContent: t("microphoneMissing") });
  const actions = [{ label: t("voiceSample"), value: "ok" }];
  if (await ask({ title: t("voice"), body, actions, name: "voice-sample" })) await sendSample();
}

function show(recording) {
  strip.hidden = !recording;
  byId("composer").hidden = recording;
}

function close() {
  if (!running) return null;
  clearInterval(running.timer);
  const { recording } = running;
  running = null;
  show(false);
  return recording;
}

const drop = () => close()?.cancel();

async function finish() {
  const { file, duration } = await close().stop();
  if (await attempt(() => api.upload("voice", file, { duration }))) toEnd();
}

export function watchRecorder() {
  byId("voice").addEventListener("click", begin);
  on("opened", drop); // a recording belongs to the chat it was begun in
}
