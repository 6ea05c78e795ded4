/** The buttons under a message and the keyboard under the input. */

import { h, icon } from "./dom.js";

/** Rows of buttons that belong to a message. */
export function inlineKeyboard(rows, message, ui) {
  return h(
    "div.inline-keyboard",
    {},
    rows.map((row) =>
      h(
        "div.keyboard-row",
        {},
        row.map((button) => inlineButton(button, message, ui)),
      ),
    ),
  );
}

function inlineButton(button, message, ui) {
  const sign = signOf(button);
  const label = h("span.label", { dir: "auto" }, button.text);
  const style = button.style ? { style: button.style } : {};
  if (button.url) {
    const follow = (event) => {
      if (ui.openLink(button.url)) event.preventDefault();
    };
    return h(
      "a.key",
      {
        href: button.url,
        target: "_blank",
        rel: "noopener noreferrer",
        title: button.url,
        onclick: follow,
        data: style,
      },
      label,
      icon(sign),
    );
  }
  const press = () => ui.press(button, message);
  const callback = button.callback_data;
  const node = h(
    "button.key",
    { type: "button", data: { ...style, ...(callback !== undefined && { callback }) }, onclick: press },
    label,
    sign && icon(sign),
  );
  turn(node, callback !== undefined && ui.waitsFor(message) === callback);
  return node;
}

/** Turns the spinner of the one button under a message whose press the bot has not answered. */
export function showWaiting(messageNode, callback) {
  for (const key of messageNode.querySelectorAll("[data-callback]"))
    turn(key, key.dataset.callback === callback);
}

function turn(key, busy) {
  key.classList.toggle("busy", busy);
  if (busy) key.setAttribute("aria-busy", "true");
  else key.removeAttribute("aria-busy");
}

function signOf(button) {
  if (button.url || button.login_url) return "out";
  if (button.web_app) return "app";
  if (button.copy_text) return "copy";
  if (button.pay) return "card";
  const inline = [
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
  ];
  return inline.some((kind) => button[kind] !== undefined) ? "share" : null;
}

/** The keyboard a bot puts under the input; the person may fold it away. */
export class ReplyKeyboard {
  constructor(press) {
    this.press = press;
    this.markup = null;
    this.element = h("div.reply-keyboard", {
      role: "group",
      "aria-label": "Keyboard of the bot",
      hidden: true,
    });
    this.toggle = h(
      "button.icon-button",
      {
        type: "button",
        "aria-label": "Show or hide the keyboard",
        "aria-expanded": "false",
        hidden: true,
        onclick: () => this.show(this.element.hidden),
      },
      icon("keyboard"),
    );
  }

  set(markup) {
    this.markup = markup;
    const rows = markup?.keyboard ?? [];
    this.element.classList.toggle("tall", !markup?.resize_keyboard);
    this.element.replaceChildren(
      ...rows.map((row) =>
        h(
          "div.keyboard-row",
          {},
          row.map((key) => this.key(key)),
        ),
      ),
    );
    this.toggle.hidden = !rows.length;
    this.show(rows.length > 0);
  }

  key(given) {
    const key = typeof given === "string" ? { text: given } : given;
    const sign = key.request_location ? "pin" : key.web_app ? "app" : null;
    const onclick = () => {
      if (this.markup.one_time_keyboard) this.show(false);
      this.press(key);
    };
    const style = key.style ? { style: key.style } : {};
    return h(
      "button.key",
      { type: "button", onclick, data: style },
      h("span.label", { dir: "auto" }, key.text),
      sign && icon(sign),
    );
  }

  show(shown) {
    this.element.hidden = !shown;
    this.toggle.setAttribute("aria-expanded", String(shown));
    this.toggle.classList.toggle("pressed", shown);
  }

  get placeholder() {
    return this.markup?.input_field_placeholder;
  }
}
