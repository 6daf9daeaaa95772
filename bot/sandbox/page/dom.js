// Small helpers for building the page out of DOM nodes; nothing here ever parses HTML.

import { ICONS } from "/page/icons.js";

const SVG = "http://www.w3.org/2000/svg";

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
    {
      type: "button",
      class: "round",
      title: label,
      "aria-label": label,
      on: { click: onClick },
      ...props,
    },
    icon(name),
  );
}

export const byId = (id) => document.getElementById(id);

/** Whether the device is mostly touched (then focus must not raise the on-screen keyboard). */
export const touch = () => matchMedia("(pointer: coarse)").matches;
