/** What a person can do with the messages of one chat: bubbles and keyboards call these. */

import { showWaiting } from "./keyboard.js";
import { confirmSheet } from "./sheet.js";

export class ChatUi {
  constructor(pane, chat) {
    this.pane = pane;
    this.chat = chat;
    this.waiting = new Map();
    this.drawn = new Map();
    // Maps outlive the bubbles they stand in.
    this.pictures = {
      get: ({ message_id: id }) => this.drawn.get(id),
      set: ({ message_id: id }, picture) => this.drawn.set(id, picture),
    };
  }

  get person() {
    return this.pane.person;
  }

  /** The data of the press on this message that the bot has not answered yet. */
  waitsFor(message) {
    return this.waiting.get(message.message_id);
  }

  /** An inline button was pressed; a callback's button turns until the bot answers. */
  press(button, message) {
    if (button.callback_data !== undefined) this.callBack(button, message);
    else if (button.copy_text) this.copy(button.copy_text.text);
    else if (button.web_app) this.pane.webApps.ask(button.web_app.url);
    else if (button.switch_inline_query_current_chat !== undefined)
      this.pane.startInline(button.switch_inline_query_current_chat);
    else this.pane.share(button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query);
  }

  callBack({ callback_data: data }, message) {
    const inline = message.inline_message_id;
    const sent = this.pane.send(
      inline
        ? { type: "press_inline", inline_message_id: inline, data }
        : { type: "press", message_id: message.message_id, data },
    );
    if (!sent) return;
    this.waiting.set(message.message_id, data);
    this.showWaiting(message.message_id);
  }

  /** The bot answered a press on this message. */
  answered(messageId) {
    this.waiting.delete(messageId);
    this.showWaiting(messageId);
  }

  showWaiting(messageId) {
    const node = this.pane.history(this.chat).nodeOf(messageId);
    if (node) showWaiting(node, this.waiting.get(messageId));
  }

  forget() {
    this.waiting.clear();
  }

  async copy(text) {
    await navigator.clipboard.writeText(text);
    this.pane.note("Copied");
  }

  sendText(text) {
    this.pane.sendText(text);
  }

  /** Follows links that lead to the bot; says whether this one did. */
  openLink(url) {
    const target = botLink(url);
    if (target?.name.toLowerCase() !== this.pane.bot.username?.toLowerCase()) return false;
    this.pane.start(target.payload);
    return true;
  }

  mention(name) {
    if (name.slice(1).toLowerCase() === this.pane.bot.username?.toLowerCase()) this.pane.startInline("");
  }

  jumpTo(message) {
    this.pane.history(this.chat).jumpTo(message);
  }

  openPlace(message) {
    this.pane.places.open(message);
  }
}

function botLink(url) {
  const { protocol, hostname, pathname, searchParams } = new URL(url, "https://invalid.invalid");
  const payload = searchParams.get("start") ?? "";
  if (protocol === "tg:" && hostname + pathname.replaceAll("/", "") === "resolve")
    return { name: searchParams.get("domain") ?? "", payload };
  if (["t.me", "telegram.me"].includes(hostname)) return { name: pathname.slice(1), payload };
  return null;
}

/** Asks before the bot is silenced. */
export function askToBlock(pane) {
  confirmSheet(
    pane.element,
    {
      title: `Block ${pane.bot.first_name}?`,
      text: "It can no longer write to you, until you start it again.",
      yes: "Block",
      danger: true,
    },
    () => pane.block(true),
  );
}
