/** What opens over one person's chat: choices, forms, alerts and short notes. */

import { h, iconButton } from "./dom.js";

const NOTE_TIME = 3200;

/**
 * Opens a sheet over `pane`; returns a function that closes it. Escape closes it too.
 * `mayClose(close)` is asked when the person wants to close it; `lead` stands before the title.
 */
export function openSheet(pane, options) {
  const { title, body, kind = "", lead, onclose, wide = false, mayClose = (close) => close() } = options;
  const before = document.activeElement;
  const content = [...pane.children].filter((child) => !child.inert);
  const close = () => {
    cover.remove();
    content.forEach((child) => (child.inert = false));
    onclose?.();
    if (before?.isConnected) before.focus();
  };
  const box = h(
    `div.sheet-box${kind ? `.${kind}` : ""}`,
    { role: "dialog", "aria-label": title, tabindex: "-1" },
    h(
      "div.sheet-head",
      {},
      lead,
      h("h2", {}, title),
      iconButton("close", "Close", () => mayClose(close)),
    ),
    body,
  );
  const cover = h(
    "div.sheet",
    {
      onkeydown: (event) => handleEscape(event, () => mayClose(close)),
      onmousedown: ({ target }) => target === cover && mayClose(close),
    },
    box,
  );
  cover.classList.toggle("wide", wide);
  pane.append(cover);
  content.forEach((child) => (child.inert = true));
  (box.querySelector("[data-focus]") ?? box).focus();
  return close;
}

function handleEscape(event, close) {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  close();
}

/** A message that waits for its OK, as Telegram shows a callback's alert. */
export function alertSheet(pane, title, text) {
  const ok = h("button.primary", { type: "button", data: { focus: "" }, onclick: () => close() }, "OK");
  const close = openSheet(pane, {
    title,
    kind: "alert",
    body: [h("p", { dir: "auto" }, text), h("div.sheet-actions", {}, ok)],
  });
}

/** Asks before something that matters; calls back only on yes, and then, whatever was answered, `onclose`. */
export function confirmSheet(pane, { title, text, yes, danger = false }, onyes, onclose) {
  const answer = () => {
    onyes();
    close();
  };
  const actions = h(
    "div.sheet-actions",
    {},
    h("button.plain", { type: "button", onclick: () => close() }, "Cancel"),
    h(
      danger ? "button.primary.danger" : "button.primary",
      { type: "button", data: { focus: "" }, onclick: answer },
      yes,
    ),
  );
  const close = openSheet(pane, { title, kind: "alert", body: [h("p", {}, text), actions], onclose });
}

/** A short note over the messages that goes away by itself. */
export function note(pane, text) {
  pane.querySelector(".note")?.remove();
  const node = h("div.note", { role: "status", dir: "auto" }, text);
  pane.querySelector(".chats").append(node);
  setTimeout(() => node.remove(), NOTE_TIME + text.length * 25);
}

/** A small menu beside a button; each item is { label, act, icon, danger }. */
export function openMenu(anchor, items) {
  const open = anchor.parentElement.querySelector(".menu");
  if (open) return open.remove();
  const menu = h(
    "div.menu",
    { role: "menu" },
    items.map(({ label, act, picture, danger }) =>
      h(
        danger ? "button.danger" : "button",
        { type: "button", role: "menuitem", onclick: () => (close(), act()) },
        picture,
        label,
      ),
    ),
  );
  const close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside);
    anchor.setAttribute("aria-expanded", "false");
  };
  const outside = ({ target }) => !menu.contains(target) && !anchor.contains(target) && close();
  menu.addEventListener("keydown", (event) => walk(event, menu, anchor, close));
  document.addEventListener("pointerdown", outside);
  anchor.setAttribute("aria-expanded", "true");
  anchor.after(menu);
  menu.firstElementChild.focus();
}

function walk(event, menu, anchor, close) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const items = [...menu.children];
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    close();
    anchor.focus();
  }
}
