// Small helpers for building the page out of DOM nodes; nothing here ever parses HTML.

const SVG = "http://www.w3.org/2000/svg";

// Stroke paths on a 24 × 24 field.
const ICONS = {
  addPerson: "M10 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8M3 20c0-4 3-6 7-6 1.5 0 2.8.3 4 .8M18 14v6M15 17h6",
  attach: "M20 11.5 12 19.5a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7L9.7 17a1.6 1.6 0 0 1-2.3-2.3l7.6-7.5",
  audio: "M9 18V5l11-2v13M9 18a3 3 0 1 1-6 0 3 3 0 0 1 6 0M20 16a3 3 0 1 1-6 0 3 3 0 0 1 6 0",
  back: "M19 12H5M11 6l-6 6 6 6",
  block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M5.7 5.7l12.6 12.6",
  close: "M6 6l12 12M18 6 6 18",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  document: "M6 3h8l4 4v14H6zM14 3v4h4",
  down: "M12 5v14M6 13l6 6 6-6",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  forward: "M14 6l6 6-6 6M20 12h-9c-4 0-7 2-7 7",
  group: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 19c0-3.5 2.7-5.5 6.5-5.5s6.5 2 6.5 5.5M16 4.5a3.3 3.3 0 0 1 0 6M18 14c2.2.6 3.5 2.3 3.5 5",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M8 14.5h8",
  language: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M3 12h18M12 3c3 3 3.5 6 3.5 9S15 18 12 21c-3-3-3.5-6-3.5-9S9 6 12 3",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  microphone: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  more: "M12 4.6v.8M12 11.6v.8M12 18.6v.8",
  pause: "M9 6v12M15 6v12",
  people: "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-4.5 3.5-7 8-7s8 2.5 8 7",
  photo: "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 6M15.5 9.5v.01",
  play: "M8 5.5v13l11-6.5z",
  reply: "M10 6l-6 6 6 6M4 12h9c4 0 7 2 7 7",
  send: "M4 12 20 4l-5 16-4-7zM11 13l9-9",
  slash: "M15.5 4 8.5 20",
  video: "M3 6h12v12H3zM15 10l6-3v10l-6-3",
  wave: "M4 10v4M8 6v12M12 9v6M16 4v16M20 10v4",
};

/**
 * Build an element. `class`, `on` (listeners) and `data` (data attributes) are special; any other
 * prop is set as a property where there is one, else as an attribute. Empty children are left out.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") node.className = value;
    else if (key === "on") listen(node, value);
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key in node) node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child || child === 0));
  return node;
}

function listen(node, listeners) {
  for (const [type, listener] of Object.entries(listeners)) node.addEventListener(type, listener);
}

/** The named stroke icon, hidden from assistive technology (its button carries the label). */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A round button that shows only an icon; `label` is its name and its tooltip. */
export function iconButton(name, label, onClick, props = {}) {
  return el(
    "button",
    { type: "button", class: "round", title: label, "aria-label": label, on: { click: onClick }, ...props },
    icon(name),
  );
}

export const byId = (id) => document.getElementById(id);

/** Whether the device is mostly touched (then focus must not raise the on-screen keyboard). */
export const touch = () => matchMedia("(pointer: coarse)").matches;
