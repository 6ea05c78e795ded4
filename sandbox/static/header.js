/** The top of a pane: whose it is, which chat is open, and the name and state of that chat. */

import { avatar, h, iconButton } from "./dom.js";
import { openMenu } from "./sheet.js";

const ACTIONS = {
  typing: "typing",
  upload_photo: "sending a photo",
  upload_document: "sending a file",
  find_location: "looking for the place",
};
const ACTION_TIME = 5500; // Telegram's actions last about five seconds

export class Header {
  /** `open(chat)` changes the chat, `menu()` lists what the menu offers. */
  constructor({ person, friend, open, menu }) {
    this.person = person;
    this.friend = friend;
    this.chat = "bot";
    this.online = false;
    this.badges = { bot: h("span.badge", { hidden: true }), friends: h("span.badge", { hidden: true }) };
    this.labels = { bot: h("span.label", {}, "Bot"), friends: h("span.label", {}, "Friends") };
    this.tabs = Object.keys(this.labels).map((chat) =>
      h(
        "button.tab",
        { type: "button", role: "tab", data: { chat }, onclick: () => open(chat) },
        this.labels[chat],
        this.badges[chat],
      ),
    );
    const tablist = h(
      "div.tabs",
      {
        role: "tablist",
        "aria-label": `Chats of ${person.first_name}`,
        onkeydown: (event) => this.walk(event),
      },
      this.tabs,
    );
    this.bar = h(
      "header.person-bar",
      {},
      h(
        "div.person-name",
        {},
        avatar(person),
        h("strong", {}, person.first_name),
        h("span.role", {}, person.role),
      ),
      tablist,
    );
    this.name = h("h2", { dir: "auto" });
    this.state = h("p.state", { role: "status" });
    this.face = h("span.face");
    const more = iconButton("more", "More", () => openMenu(more, menu()), {
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    });
    this.more = h("span.anchor", {}, more);
    this.element = h(
      "header.chat-header",
      {},
      this.face,
      h("div.chat-name", {}, this.name, this.state),
      this.more,
    );
  }

  walk(event) {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = this.tabs.find((tab) => tab !== document.activeElement);
    other.focus();
    other.click();
  }

  show(chat, bot) {
    this.chat = chat;
    this.bot = bot;
    this.labels.bot.textContent = bot.first_name;
    for (const tab of this.tabs) {
      const selected = tab.dataset.chat === chat;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
    }
    const shown = chat === "bot" ? bot : { id: 5, title: "Friends" };
    this.name.textContent = shown.title ?? shown.first_name;
    this.face.replaceChildren(avatar(shown));
    this.more.hidden = chat !== "bot";
    this.tell();
  }

  unread(chat, count) {
    this.badges[chat].textContent = count || "";
    this.badges[chat].hidden = !count;
  }

  connection(online) {
    this.online = online;
    this.tell();
  }

  /** The bot is doing something; it wears off unless repeated. Null ends it at once. */
  action(action) {
    clearTimeout(this.timer);
    this.doing = action && (ACTIONS[action] ?? ACTIONS.typing);
    if (action) this.timer = setTimeout(() => this.action(null), ACTION_TIME);
    this.tell();
  }

  tell() {
    const doing = this.online && this.chat === "bot" && this.doing;
    this.state.classList.toggle("doing", Boolean(doing));
    if (doing)
      this.state.replaceChildren(doing, h("span.dots", { "aria-hidden": "true" }, h("i"), h("i"), h("i")));
    else this.state.replaceChildren(this.usual());
  }

  usual() {
    if (!this.online) return "connecting…";
    return this.chat === "bot"
      ? "bot"
      : `${this.person.first_name} and ${this.friend?.first_name ?? "nobody else"}`;
  }
}
