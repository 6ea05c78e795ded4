/** One person's half of the page: their chats with the bot and with their friend. */

import { Composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { Files } from "./files.js";
import { Header } from "./header.js";
import { History } from "./history.js";
import { InlineResults } from "./inline.js";
import { ReplyKeyboard } from "./keyboard.js";
import { Link } from "./link.js";
import { LiveStrip } from "./live.js";
import { Places } from "./places.js";
import { alertSheet, note, openSheet } from "./sheet.js";
import { askToBlock, ChatUi } from "./ui.js";
import { WebApps } from "./webapp.js";
import { consentRow, mayTellPlace, whereIs } from "./whereabouts.js";

const FRIENDS = -1000; // the chat of the two people, which the bot is not in

export class Pane {
  /** `watched()` says whether the pane is in view; `changed()` is called when something is unread. */
  constructor(person, friend, { watched, changed }) {
    Object.assign(this, { person, friend, watched, changed, chat: "bot", blocked: false });
    this.bot = { id: 0, first_name: "Bot", username: "" };
    this.build();
    this.link = new Link(person.id, this.handlers());
  }

  build() {
    this.description = h("p", { dir: "auto" });
    const greetings = {
      bot: h("div.greeting", {}, h("strong", {}, "What can this bot do?"), this.description),
      friends: h(
        "div.greeting",
        {},
        h("strong", {}, "You and your friend"),
        h("p", {}, "Write to each other, or begin with the bot's @name to share something it finds."),
      ),
    };
    this.uis = { bot: new ChatUi(this, "bot"), friends: new ChatUi(this, "friends") };
    this.histories = {
      bot: new History(this.uis.bot, "Messages with the bot", greetings.bot),
      friends: new History(this.uis.friends, "Messages with friends", greetings.friends),
    };
    this.unread = { bot: 0, friends: 0 };
    this.header = new Header({
      person: this.person,
      friend: this.friend,
      open: (chat) => this.open(chat),
      menu: () => this.menuItems(),
    });
    this.places = new Places(this);
    this.files = new Files(this);
    this.webApps = new WebApps(this);
    this.live = new LiveStrip(this.places);
    this.keyboard = new ReplyKeyboard((key) => this.pressKey(key));
    this.inline = new InlineResults({
      ask: (frame) => this.send({ ...frame, ...(mayTellPlace(this.person) && whereIs(this.person)) }),
      choose: (request, resultId) => this.chooseInline(request, resultId),
      leave: (button) =>
        button.web_app ? this.webApps.ask(button.web_app.url) : this.start(button.start_parameter ?? ""),
      consent: (again) => consentRow(this.person, this.bot, again),
    });
    this.composer = new Composer(
      {
        bot: () => this.bot,
        sendText: (text, replyTo) => this.sendText(text, replyTo),
        attach: (anchor) => this.files.openMenu(anchor),
        files: (files) => this.files.preview(files),
        openMenuButton: () => this.webApps.ask(this.bot.menu_button.web_app.url),
      },
      this.inline,
      this.keyboard,
    );
    const chats = h(
      "div.chats",
      {},
      Object.values(this.histories).map(({ element }) => element),
    );
    this.element = h(
      "section.pane",
      { "aria-label": `${this.person.first_name}, ${this.person.role}`, data: { person: this.person.id } },
      this.header.bar,
      this.header.element,
      this.live.element,
      chats,
      this.composer.element,
    );
    chats.addEventListener("dblclick", ({ target }) => this.replyTo(target));
    this.element.addEventListener("dragover", (event) => event.preventDefault());
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      this.files.preview([...event.dataTransfer.files]);
    });
    this.open("bot");
  }

  history(chat) {
    return this.histories[chat];
  }

  // What the server tells.

  handlers() {
    return {
      state: (online) => this.header.connection(online),
      hello: (frame) => this.hello(frame),
      message: ({ message }) => this.arrived(message),
      edit: ({ message }) => this.edited(message),
      delete: ({ message_id: id, chat_id: place }) => this.histories[this.chatOf(place)]?.remove(id),
      action: ({ action, chat_id: place }) => this.chatOf(place) === "bot" && this.header.action(action),
      reply_keyboard: ({ markup, chat_id: place }) =>
        this.chatOf(place) === "bot" && this.setKeyboard(markup),
      force_reply: (frame) => this.mustReply(frame),
      callback_answer: (frame) => this.answered(frame),
      inline_results: (frame) => this.inline.receive(frame),
      bot: ({ bot }) => this.setBot(bot),
      web_app: ({ url }) => this.webApps.show(url),
      error: ({ text }) => this.note(text),
    };
  }

  hello({ bot, messages, reply_keyboard: markup, blocked = false }) {
    this.blocked = blocked;
    Object.values(this.uis).forEach((ui) => ui.forget());
    const byChat = Object.groupBy(messages, ({ chat }) => this.chatOf(chat.id));
    for (const [chat, history] of Object.entries(this.histories)) history.reset(byChat[chat] ?? []);
    this.setKeyboard(markup);
    this.setBot(bot);
    this.settle();
  }

  /** Which of the two chats it is; other groups that a person is in are not shown. */
  chatOf(id) {
    return { [this.person.id]: "bot", [FRIENDS]: "friends" }[id] ?? "elsewhere";
  }

  setBot(bot) {
    this.bot = { ...this.bot, ...bot };
    this.description.textContent = this.bot.description || "Press START to begin.";
    this.header.show(this.chat, this.bot);
    this.composer.setBot(this.bot);
  }

  setKeyboard(markup) {
    this.keyboard.set(markup);
    this.composer.placeholder();
  }

  arrived(message) {
    const chat = this.chatOf(message.chat.id);
    if (chat === "elsewhere") return;
    this.histories[chat].add(message);
    if (message.from?.is_bot) this.header.action(null);
    const seen = chat === this.chat && this.watched(this);
    if (!seen && message.from?.id !== this.person.id) this.count(chat, this.unread[chat] + 1);
    this.settle();
  }

  mustReply({ message_id: id, chat_id: place, placeholder }) {
    const message = this.histories[this.chatOf(place)]?.messages.get(id);
    if (message && this.chat === "bot") this.composer.reply(message, placeholder);
  }

  edited(message) {
    this.histories[this.chatOf(message.chat.id)]?.edit(message);
    this.settle();
  }

  answered({ message_id: id, inline_message_id: inlineId, text, show_alert: isAlert, url }) {
    const chat = inlineId ? "friends" : "bot";
    const messages = [...this.histories[chat].messages.values()];
    const message = inlineId
      ? messages.find((one) => one.inline_message_id === inlineId)
      : this.histories[chat].messages.get(id);
    if (message) this.uis[chat].answered(message.message_id);
    if (url && !this.uis[chat].openLink(url)) window.open(url, "_blank", "noopener");
    if (!text) return;
    if (isAlert) alertSheet(this.element, this.bot.first_name, text);
    else this.note(text);
  }

  /** Brings what depends on the messages up to date: the big button and the live strip. */
  settle() {
    const messages = [...this.histories.bot.messages.values()];
    this.live.update(messages, this.person);
    if (this.chat === "friends") this.composer.insteadOf(null);
    else if (this.blocked) this.composer.insteadOf("Restart the bot", () => this.restart());
    else if (!messages.length) this.composer.insteadOf("Start", () => this.start(""));
    else this.composer.insteadOf(null);
  }

  // What the person does.

  send(frame) {
    const sent = this.link.send(frame);
    if (!sent) this.note("No connection. Trying again…");
    return sent;
  }

  note(text) {
    note(this.element, text);
  }

  open(chat) {
    this.chat = chat;
    for (const [name, { element }] of Object.entries(this.histories)) element.hidden = name !== chat;
    this.header.show(chat, this.bot);
    this.composer.open(chat);
    this.element.dataset.chat = chat;
    this.looked();
    this.settle();
  }

  /** The pane came into view. */
  looked() {
    this.count(this.chat, 0);
  }

  count(chat, count) {
    this.unread[chat] = count;
    this.header.unread(chat, count);
    this.changed(this);
  }

  sendText(text, replyTo) {
    if (this.chat === "bot")
      return this.send({ type: "send_text", text, ...(replyTo && { reply_to: replyTo }) });
    return this.send({ type: "send_text", text, chat_id: FRIENDS });
  }

  start(payload) {
    this.open("bot");
    this.send({ type: "start", payload });
  }

  restart() {
    this.block(false);
    this.start("");
  }

  block(blocked) {
    if (!this.send({ type: "block", blocked })) return;
    this.blocked = blocked;
    this.settle();
  }

  share(query = "") {
    this.open("friends");
    this.startInline(query);
  }

  startInline(query) {
    this.composer.write(`@${this.bot.username} ${query}`);
  }

  chooseInline(request, resultId) {
    if (!this.send({ type: "choose_inline", request, result_id: resultId })) return;
    this.composer.write("");
    this.open("friends");
  }

  pressKey(key) {
    if (typeof key === "object" && key.request_location)
      this.places.pick("Send my location", { isOwn: true });
    else if (key.web_app) this.webApps.ask(key.web_app.url, key.text);
    else this.sendText(key.text);
  }

  menuItems() {
    return [
      { label: "About", picture: icon("info"), act: () => this.about() },
      this.blocked
        ? { label: "Unblock", picture: icon("block"), act: () => this.block(false) }
        : { label: "Block", picture: icon("block"), danger: true, act: () => askToBlock(this) },
    ];
  }

  about() {
    openSheet(this.element, {
      title: this.bot.first_name,
      kind: "alert",
      body: [h("p", {}, `@${this.bot.username}`), h("p", { dir: "auto" }, this.description.textContent)],
    });
  }

  replyTo(target) {
    const id = Number(target.closest(".message:not(.service)")?.dataset.messageId);
    const message = this.histories[this.chat].messages.get(id);
    if (message && !target.closest("button, a")) this.composer.reply(message);
  }
}
