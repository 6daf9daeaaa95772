// A pop-up menu under a button or at the pointer, with arrow keys.

import { el, icon } from "/page/dom.js";

const EDGE = 8; // pixels kept free at the window's edges
let shut = { anchor: null, at: 0 };

/** Open a menu of [{label, icon, act}] at an element or at {x, y}. */
export function openMenu(items, anchor, label) {
  if (shut.anchor === anchor && performance.now() - shut.at < 250) return; // the tap that closed it
  const menu = el("div", { class: "menu", role: "menu", popover: "auto", "aria-label": label });
  menu.append(...items.map((item) => row(item, menu)));
  menu.addEventListener("keydown", moveFocus);
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    shut = { anchor, at: performance.now() };
    menu.remove();
  });
  document.body.append(menu);
  menu.showPopover();
  place(menu, anchor instanceof Element ? anchor.getBoundingClientRect() : pointBox(anchor));
  menu.firstElementChild.focus();
}

function row(item, menu) {
  const choose = () => {
    menu.hidePopover();
    item.act();
  };
  const props = {
    type: "button",
    role: "menuitem",
    on: { click: choose },
    data: { action: item.name },
  };
  return el("button", props, icon(item.icon), el("span", { textContent: item.label }));
}

const pointBox = ({ x, y }) => ({ left: x, top: y, bottom: y });

function place(menu, box) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = box.bottom + 4;
  const fits = below + height < innerHeight - EDGE;
  const top = fits ? below : Math.max(EDGE, box.top - height - 4);
  menu.style.left = `${Math.max(EDGE, Math.min(box.left, innerWidth - width - EDGE))}px`;
  menu.style.top = `${top}px`;
}

function moveFocus(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const rows = [...event.currentTarget.children];
  const next = rows.indexOf(document.activeElement) + step;
  rows[(next + rows.length) % rows.length].focus();
}
