// What a message carries besides words: photos, files, sound, video.

import { fileUrl } from "/page/api.js";
import { shown } from "/page/dialog.js";
import { el, icon, iconButton } from "/page/dom.js";
import { size } from "/page/format.js";
import { t } from "/page/i18n.js";
import { player } from "/page/player.js";

const SHOWN_WIDTH = 1280; // the largest photo size worth loading in the chat

const KINDS = {
  photo: (sizes, message) => photo(sizes, message),
  document: (file) => document_(file),
  voice: (file) => player(fileUrl(file.file_id), file.duration, t("voice")),
  audio: (file) => audio(file),
  video: (file) => video(file),
};

/** The node for a message's photo, file, sound or video; null when it has none. */
export function media(message) {
  const kind = Object.keys(KINDS).find((name) => message[name]);
  return kind ? el("div", { class: `media ${kind}` }, KINDS[kind](message[kind], message)) : null;
}

/** What tells one message's media from another's, so that an edit need not load it again. */
export function mediaKey(message) {
  const kind = Object.keys(KINDS).find((name) => message[name]);
  const file = kind === "photo" ? message.photo.at(-1) : message[kind];
  return kind && `${kind}:${file.file_unique_id}`;
}

function photo(sizes, message) {
  const largest = sizes.at(-1);
  const fitting = [...sizes].reverse().find((one) => one.width <= SHOWN_WIDTH) ?? largest;
  const words = message.caption?.split("\n")[0] || t("photo");
  const button = el("button", { type: "button", "aria-label": words }, image(fitting, words));
  if (message.has_media_spoiler) cover(button);
  button.addEventListener("click", () => enlarge(largest, words));
  return button;
}

const image = (file, alt) =>
  el("img", {
    src: fileUrl(file.file_id),
    width: file.width,
    height: file.height,
    alt,
    decoding: "async",
  });

/** Blur a photo until it is tapped once. */
function cover(button) {
  button.classList.add("covered");
  const uncover = (event) => {
    event.stopImmediatePropagation();
    button.classList.remove("covered");
  };
  button.addEventListener("click", uncover, { once: true });
}

/** The photo over the whole window; a tap or Escape closes it. */
function enlarge(file, words) {
  const dialog = el("dialog", {
    class: "lightbox",
    "aria-label": words,
    data: { testid: "lightbox" },
  });
  const close = () => dialog.close();
  const download = el("a", {
    class: "round",
    href: fileUrl(file.file_id),
    download: "",
    title: words,
  });
  download.setAttribute("aria-label", t("download", { name: words }));
  download.append(icon("download"));
  dialog.append(
    image(file, words),
    el("div", { class: "tools" }, download, iconButton("close", t("close"), close)),
  );
  dialog.addEventListener("click", (event) => !event.target.closest(".tools") && close());
  shown(dialog);
}

function document_(file) {
  const name = file.file_name ?? t("document");
  const ending = /\.(\w{1,5})$/.exec(name)?.[1] ?? "";
  return el(
    "a",
    {
      class: "file",
      href: fileUrl(file.file_id),
      download: name,
      "aria-label": t("download", { name }),
    },
    el("span", { class: "file-mark" }, ending ? ending.toUpperCase() : icon("document")),
    el(
      "span",
      { class: "file-words" },
      el("b", { textContent: name }),
      el("small", { textContent: size(file.file_size) }),
    ),
    icon("download"),
  );
}

function audio(file) {
  const title =
    [file.performer, file.title].filter(Boolean).join(" · ") || file.file_name || t("audio");
  return [
    el(
      "a",
      { class: "sound-title", href: fileUrl(file.file_id), download: file.file_name ?? "" },
      title,
    ),
    player(fileUrl(file.file_id), file.duration, title),
  ];
}

function video(file) {
  const props = {
    controls: true,
    preload: "metadata",
    playsInline: true,
    src: fileUrl(file.file_id),
  };
  return el("video", { ...props, width: file.width || 320, height: file.height || 180 });
}
