/** The input of one person: text, commands, replies, inline queries, and what is attached. */

import { summary } from "./bubble.js";
import { commandItems } from "./commands.js";
import { h, icon, iconButton } from "./dom.js";

const TALLEST = 180; // pixels the input may grow to
const LONGEST = 4096; // characters of a message

export class Composer {
  /**
   * `actions`: sendText(text, replyTo), attach(kind), files(list), openMenuButton(), bot().
   * `inline` and `keyboard` are the person's InlineResults and ReplyKeyboard.
   */
  constructor(actions, inline, keyboard) {
    Object.assign(this, { actions, inline, keyboard });
    this.drafts = new Map();
    this.replyTo = null;
    this.quote = h("div.composer-quote", { hidden: true });
    this.suggestions = h("div.suggestions", { role: "group", "aria-label": "Commands", hidden: true });
    this.input = h("textarea", {
      rows: "1",
      maxlength: LONGEST,
      dir: "auto",
      "aria-label": "Message",
      placeholder: "Message",
    });
    this.menu = h("button.menu-pill", { type: "button", onclick: () => this.pressMenu() });
    this.attach = iconButton("clip", "Attach", () => actions.attach(this.attach), {
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    });
    this.send = iconButton("send", "Send", () => this.submit(), { disabled: true });
    this.send.classList.add("send");
    this.row = h(
      "div.composer-row",
      {},
      this.menu,
      h("div.field", {}, this.input, keyboard.toggle, h("span.anchor", {}, this.attach)),
      this.send,
    );
    this.big = h("button.big", { type: "button", hidden: true });
    this.element = h(
      "div.composer",
      {},
      inline.element,
      this.suggestions,
      this.quote,
      this.row,
      this.big,
      keyboard.element,
    );
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.changed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("keydown", (event) => this.walk(event));
    this.input.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      this.actions.files([...event.clipboardData.files]);
    });
  }

  /** Shows the input of another chat, with what was being written there. */
  open(chat) {
    this.drafts.set(this.chat, this.input.value);
    this.chat = chat;
    this.reply(null);
    this.write(this.drafts.get(chat) ?? "", { focus: false });
    this.setBot(this.actions.bot());
  }

  setBot(bot) {
    const toBot = this.chat === "bot";
    const kind = bot.menu_button?.type;
    this.menu.hidden = !toBot || !(kind === "web_app" || bot.commands?.length);
    this.menu.replaceChildren(
      icon(kind === "web_app" ? "app" : "menu"),
      kind === "web_app" ? bot.menu_button.text : "Menu",
    );
    this.attach.parentElement.hidden = !toBot;
    this.keyboard.element.classList.toggle("away", !toBot);
    this.keyboard.toggle.classList.toggle("away", !toBot);
    this.placeholder();
  }

  placeholder(text) {
    const usual =
      this.chat === "bot"
        ? (this.keyboard.placeholder ?? "Message")
        : `Message, or @${this.actions.bot().username} …`;
    this.input.placeholder = text ?? usual;
  }

  /** One big button instead of the input, such as START; null brings the input back. */
  insteadOf(label, onclick) {
    this.big.hidden = !label;
    this.row.hidden = Boolean(label);
    this.keyboard.element.classList.toggle("asleep", Boolean(label));
    this.big.textContent = label ?? "";
    this.big.onclick = onclick;
  }

  write(text, { focus = true } = {}) {
    this.input.value = text;
    this.changed();
    if (focus) this.input.focus();
  }

  changed() {
    const text = this.input.value;
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, TALLEST)}px`;
    this.send.disabled = !text.trim();
    this.inline.type(inlineQuery(text, this.actions.bot().username));
    this.suggest(commandItems(text, this.actions.bot(), this.chat));
  }

  suggest(items) {
    this.suggestions.hidden = !items.length;
    this.suggestions.replaceChildren(
      ...items.map(({ label, about, text, whole }) =>
        h(
          "button.suggestion",
          { type: "button", onclick: () => (whole ? this.sendNow(text) : this.write(text)) },
          h("strong", {}, label),
          h("span", { dir: "auto" }, about),
        ),
      ),
    );
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      const chosen = this.panel?.find((item) => !item.closest(".consent"));
      if (chosen) chosen.click();
      else this.submit();
    }
  }

  /** The buttons of the list that is open above the input, if any. */
  get panel() {
    const open = [this.suggestions, this.inline.element].find((list) => !list.hidden);
    const items = open && [...open.querySelectorAll("button")];
    return items?.length ? items : null;
  }

  walk(event) {
    if (event.key === "Escape") return this.escape();
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const items = step && this.panel;
    if (!items) return;
    const at = items.indexOf(document.activeElement);
    if (at < 0 && event.target !== this.input) return;
    event.preventDefault();
    const next = at < 0 ? (step > 0 ? 0 : items.length - 1) : at + step;
    (items[next] ?? this.input).focus();
  }

  escape() {
    this.suggest([]);
    this.inline.type(null);
    this.reply(null);
    this.input.focus();
  }

  submit() {
    const text = this.input.value.trim();
    if (text) this.sendNow(text);
  }

  sendNow(text) {
    // Without a connection the words stay where they are.
    if (!this.actions.sendText(text, this.replyTo?.message_id)) return;
    this.reply(null);
    this.write("");
  }

  /** Answers a message; null forgets it again. */
  reply(message, placeholder) {
    this.replyTo = message;
    this.quote.hidden = !message;
    if (message) {
      this.quote.replaceChildren(
        icon("reply"),
        h(
          "span.reply-quote",
          {},
          h("strong", {}, `Reply to ${message.from.first_name}`),
          h("span", {}, summary(message)),
        ),
        iconButton("close", "Don't reply", () => this.reply(null)),
      );
      this.input.focus();
    }
    this.placeholder(placeholder);
  }

  pressMenu() {
    const bot = this.actions.bot();
    if (bot.menu_button?.type === "web_app") return this.actions.openMenuButton();
    const shown = !this.suggestions.hidden;
    this.suggest(shown ? [] : commandItems("/", bot, this.chat));
    this.input.focus();
  }
}

/** What follows "@bot " at the start of the text, or null. */
function inlineQuery(text, username) {
  const [, name, query] = /^@(\w+)\s([\s\S]*)$/.exec(text) ?? [];
  return name?.toLowerCase() === username?.toLowerCase() && name ? query : null;
}
