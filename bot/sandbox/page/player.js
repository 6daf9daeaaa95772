// A small sound player: play, position, time. Only one plays at a time.

import { el, icon } from "/page/dom.js";
import { duration as minutes } from "/page/format.js";
import { t } from "/page/i18n.js";

let playing = null;

/** A player for the sound at `url` lasting `seconds`, called `name`. */
export function player(url, seconds, name) {
  const sound = new Audio();
  sound.preload = "none";
  sound.src = url;
  const whole = () => (Number.isFinite(sound.duration) ? sound.duration : seconds || 0);
  const button = el("button", { type: "button", class: "round filled" }, icon("play"));
  const seek = el("input", {
    type: "range",
    min: 0,
    max: 1000,
    value: 0,
    "aria-label": t("position"),
  });
  const time = el("span", { class: "time", textContent: minutes(seconds) });

  const show = () => {
    const label = `${t(sound.paused ? "play" : "pause")}: ${name}`;
    button.setAttribute("aria-label", label);
    button.replaceChildren(icon(sound.paused ? "play" : "pause"));
    const at = sound.ended ? 0 : sound.currentTime;
    seek.value = whole() ? (at / whole()) * 1000 : 0;
    time.textContent = minutes(at || whole());
  };
  const toggle = () => (sound.paused ? start(sound) : sound.pause());

  button.addEventListener("click", toggle);
  seek.addEventListener("input", () => {
    sound.currentTime = (seek.value / 1000) * whole();
  });
  for (const type of ["play", "pause", "ended", "timeupdate", "loadedmetadata"]) {
    sound.addEventListener(type, show);
  }
  show();
  return el("div", { class: "player", role: "group", "aria-label": name }, button, seek, time);
}

function start(sound) {
  playing?.pause();
  playing = sound;
  // The browser answers a press of "pause" during loading by rejecting; that is no failure.
  sound.play().catch(() => {});
}
