// Bot API text with entities as DOM nodes. Offsets are UTF-16 units, as JavaScript's own strings.

import { el } from "/page/dom.js";
import { t } from "/page/i18n.js";

const PLAIN_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const FOUND =
  /(?<url>https?:\/\/[^\s<>"]+[^\s<>".,:;!?)\]])|(?<![\w/])(?<command>\/[a-z]\w{0,31})\b/gi;

/**
 * Nodes for a text and its entities. `acts` is what happens on a tap:
 * { link(url), command(text), copy(text) }.
 */
export function richText(text, entities = [], acts) {
  const all = [...entities, ...found(text, entities)];
  all.sort((a, b) => a.offset - b.offset || b.length - a.length || rank(a) - rank(b));
  return render(text, all, 0, text.length, acts);
}

// A quote or a block of code holds other entities of the same extent, never the other way round.
const rank = (entity) => (BLOCKS.has(entity.type) ? 0 : 1);

/** Links and commands that nobody marked; Telegram's clients find these by themselves. */
function found(text, entities) {
  const taken = entities.filter((one) => !["bold", "italic", "underline"].includes(one.type));
  const free = (from, to) =>
    taken.every((one) => to <= one.offset || from >= one.offset + one.length || isQuote(one));
  return [...text.matchAll(FOUND)]
    .map((match) => ({
      type: match.groups.url ? "url" : "bot_command",
      offset: match.index,
      length: match[0].length,
    }))
    .filter((one) => free(one.offset, one.offset + one.length));
}

const isQuote = (entity) => entity.type.endsWith("blockquote");

function render(text, entities, from, to, acts) {
  const nodes = [];
  let at = from;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    if (entity.offset < at) continue; // inside one already rendered, or overlapping it
    const end = Math.min(entity.offset + entity.length, to);
    nodes.push(text.slice(at, entity.offset));
    const inner = entities.slice(index + 1).filter((other) => other.offset < end);
    const children = render(text, inner, entity.offset, end, acts);
    nodes.push(wrap(entity, text.slice(entity.offset, end), children, acts));
    // A block ends its own line, so the line break after it would show as an empty line.
    at = BLOCKS.has(entity.type) && text[end] === "\n" ? end + 1 : end;
  }
  nodes.push(text.slice(at, to));
  return nodes.filter((node) => node !== "");
}

function wrap(entity, words, children, acts) {
  const tag = PLAIN_TAGS[entity.type];
  if (tag) return el(tag, {}, children);
  const special = SPECIAL[entity.type];
  return special ? special(entity, words, children, acts) : el("span", {}, children);
}

const SPECIAL = {
  code: (_, words, children, acts) =>
    el("code", { title: t("copy"), on: { click: () => acts.copy(words) } }, children),
  pre: (entity, _, children) =>
    el("pre", entity.language && { data: { language: entity.language } }, children),
  blockquote: (_, __, children) => el("blockquote", {}, children),
  expandable_blockquote: expandable,
  spoiler,
  url: (_, words, children, acts) =>
    link(words.includes("://") ? words : `https://${words}`, children, acts),
  text_link: (entity, _, children, acts) => link(entity.url, children, acts),
  email: (_, words, children, acts) => link(`mailto:${words}`, children, acts),
  phone_number: (_, words, children, acts) => link(`tel:${words}`, children, acts),
  bot_command: (_, words, children, acts) => action("command", () => acts.command(words), children),
  mention: (_, __, children) => el("span", { class: "mention" }, children),
  text_mention: (_, __, children) => el("span", { class: "mention" }, children),
  hashtag: (_, __, children) => el("span", { class: "mention" }, children),
};

function link(url, children, acts) {
  const safe = /^(https?|mailto|tel|tg):/i.test(url);
  if (!safe) return el("span", {}, children);
  const open = (event) => {
    event.preventDefault();
    acts.link(url);
  };
  return el(
    "a",
    { href: url, title: url, rel: "noopener noreferrer", on: { click: open } },
    children,
  );
}

function action(name, onClick, children) {
  return el(
    "button",
    { type: "button", class: `inline ${name}`, on: { click: onClick } },
    children,
  );
}

function spoiler(_, __, children) {
  const cover = el("span", { class: "spoiler", role: "button", tabIndex: 0 }, children);
  cover.setAttribute("aria-label", t("spoiler"));
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    cover.classList.add("shown");
    for (const name of ["role", "aria-label", "tabindex"]) cover.removeAttribute(name);
  };
  cover.addEventListener("click", reveal, { once: true });
  cover.addEventListener("keydown", reveal);
  return cover;
}

/** Show the quotes under `root` whole that are too short to be folded. */
export function unfoldShort(root) {
  for (const quote of root.querySelectorAll(".folded")) {
    if (quote.scrollHeight <= quote.clientHeight) quote.classList.remove("folded");
  }
}

function expandable(_, __, children) {
  const quote = el("blockquote", { class: "folded" }, children);
  const more = action("more", () => quote.classList.remove("folded"), [t("showWhole")]);
  quote.append(more);
  return quote;
}
