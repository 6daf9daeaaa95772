// Dates, sizes and names as the page shows them.

import { locale, t } from "/page/i18n.js";

const moment = (seconds) => new Date(seconds * 1000);

export const clock = (seconds) =>
  moment(seconds).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });

/** The local calendar day as YYYY-MM-DD, for putting messages of a day together. */
export function day(seconds) {
  const date = moment(seconds);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

const isToday = (seconds) => day(seconds) === day(Date.now() / 1000);

export function dayName(seconds) {
  if (isToday(seconds)) return t("today");
  if (isToday(seconds + 86400)) return t("yesterday");
  const sameYear = moment(seconds).getFullYear() === new Date().getFullYear();
  const year = sameYear ? {} : { year: "numeric" };
  return moment(seconds).toLocaleDateString(locale(), { day: "numeric", month: "long", ...year });
}

/** For the list of people: the time today, else the short date. */
export function when(seconds) {
  if (isToday(seconds)) return clock(seconds);
  return moment(seconds).toLocaleDateString(locale(), { day: "numeric", month: "short" });
}

export const wholeMoment = (seconds) => moment(seconds).toLocaleString(locale());

/** Bytes in words: "12.4 KB". */
export function size(bytes) {
  if (bytes === undefined) return "";
  const power = Math.min(3, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  const unit = ["byte", "kilobyte", "megabyte", "gigabyte"][power];
  return new Intl.NumberFormat(locale(), {
    style: "unit",
    unit,
    unitDisplay: power ? "short" : "long",
    maximumFractionDigits: power ? 1 : 0,
  }).format(bytes / 1024 ** power);
}

/** Seconds as m:ss. */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A user's or a chat's whole name. */
export function fullName(who) {
  return who.title ?? [who.first_name, who.last_name].filter(Boolean).join(" ");
}

export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join("");
}

/** One of the six colours for someone, always the same one. */
export const tone = (id) => `tone-${Math.abs(id) % 6}`;

/** What a message holds in one line, for quotes. */
export function gist(message) {
  const words = message.text ?? message.caption;
  if (words) return words.replace(/\s+/g, " ").slice(0, 120);
  const kind = ["photo", "document", "voice", "audio", "video"].find((name) => message[name]);
  return kind ? t(kind) : t("messageText");
}
