/** The messages of one chat: grouped, divided by days, kept in place while they change. */

import { bubble, serviceText } from "./bubble.js";
import { arrange, h, iconButton } from "./dom.js";
import { dayKey, dayName } from "./when.js";

const SAME_BREATH = 10 * 60; // seconds within which messages of one person stick together
const NEAR = 120; // pixels from the end within which the view follows new messages

export class History {
  /** `ui` is what bubbles may do; `greeting` fills an empty chat. */
  constructor(ui, label, greeting) {
    this.ui = ui;
    this.messages = new Map();
    this.entries = new Map();
    this.days = new Map();
    this.unread = 0;
    this.list = h("div.messages", { role: "log", "aria-label": label });
    this.scroller = h(
      "div.scroller",
      { tabindex: "0", "aria-label": label, role: "region" },
      greeting,
      this.list,
    );
    this.greeting = greeting;
    this.badge = h("span.badge", { hidden: true });
    this.down = iconButton("down", "Go to the newest message", () => this.toEnd("smooth"), { hidden: true });
    this.down.classList.add("to-end");
    this.down.append(this.badge);
    this.element = h("div.history", {}, this.scroller, this.down);
    this.follow();
  }

  follow() {
    this.following = true;
    let before = 0;
    this.scroller.addEventListener(
      "scroll",
      () => {
        const { scrollTop: top, scrollHeight, clientHeight } = this.scroller;
        const near = scrollHeight - top - clientHeight < NEAR;
        // Only going up leaves the newest message: on the way down, or while things grow, it is still wanted.
        if (near || top < before) this.following = near;
        before = top;
        this.down.hidden = this.following;
        if (this.following) this.countUnread(0);
        this.stir();
      },
      { passive: true },
    );
    // Pictures that arrive and keyboards that open must not push the newest message out of view.
    const keep = new ResizeObserver(() => this.following && this.toEnd("instant"));
    keep.observe(this.list);
    keep.observe(this.scroller);
  }

  /** Scrolling shows the date of what is in view; rest hides it. */
  stir() {
    clearTimeout(this.rest);
    this.scroller.classList.remove("resting");
    this.rest = setTimeout(() => this.scroller.classList.add("resting"), 1200);
  }

  toEnd(behavior) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior });
  }

  countUnread(count) {
    this.unread = count;
    this.badge.textContent = count || "";
    this.badge.hidden = !count;
  }

  reset(messages) {
    this.messages = new Map(messages.map((message) => [message.message_id, message]));
    this.following = true;
    this.render();
    this.toEnd("instant");
  }

  add(message) {
    this.messages.set(message.message_id, message);
    const own = message.from?.id === this.ui.person.id;
    const follow = own || this.following;
    this.render();
    if (follow) this.toEnd("smooth");
    else this.countUnread(this.unread + 1);
  }

  edit(message) {
    if (!this.messages.has(message.message_id)) return;
    this.messages.set(message.message_id, message);
    this.render();
  }

  remove(messageId) {
    this.messages.delete(messageId);
    this.render();
  }

  nodeOf(messageId) {
    return this.list.querySelector(`[data-message-id="${messageId}"]`);
  }

  jumpTo(message) {
    const node = this.nodeOf(message.message_id);
    node?.scrollIntoView({ block: "center", behavior: "smooth" });
    node?.classList.add("flash");
    node?.addEventListener("animationend", () => node.classList.remove("flash"), { once: true });
  }

  render() {
    const groups = grouped([...this.messages.values()].sort((a, b) => a.message_id - b.message_id));
    const kept = new Map(groups.map((messages) => [messages[0].message_id, this.entry(messages)]));
    this.entries = kept;
    const entries = [...kept.values()];
    entries.forEach((entry, index) => joinUp(entry, entries[index - 1], entries[index + 1]));
    arrange(this.list, this.sections(entries));
    if (this.greeting) this.greeting.hidden = entries.length > 0;
  }

  entry(messages) {
    const known = this.entries.get(messages[0].message_id);
    if (known && sameParts(known.messages, messages)) return known;
    const entry = known ?? { node: h("article.message", { data: { messageId: messages[0].message_id } }) };
    entry.messages = messages;
    this.fill(entry);
    return entry;
  }

  fill({ node, messages }) {
    const [message] = messages;
    const service = serviceText(message);
    node.className = service ? "message service" : "message";
    node.classList.toggle("own", message.from?.id === this.ui.person.id);
    const focused = [...node.querySelectorAll("button, a")].indexOf(document.activeElement);
    const before = node.querySelector(".mosaic.single img")?.src;
    const isChanged = node.hasChildNodes();
    node.replaceChildren(...(service ? [h("span", {}, service)] : bubble(messages, this.ui)));
    if (isChanged) followUp(node, before);
    // A card that redraws itself under the keyboard's focus gives the focus back.
    if (focused >= 0) node.querySelectorAll("button, a")[focused]?.focus({ preventScroll: true });
  }

  sections(entries) {
    const byDay = Map.groupBy(entries, ({ messages }) => dayKey(messages[0].date));
    return [...byDay].map(([key, members]) => {
      if (!this.days.has(key))
        this.days.set(key, h("section.day", {}, h("div.date", {}, h("span")), h("div.day-messages")));
      const section = this.days.get(key);
      section.firstChild.firstChild.textContent = dayName(members[0].messages[0].date);
      arrange(
        section.lastChild,
        members.map(({ node }) => node),
      );
      return section;
    });
  }
}

/** A picture that a message gets unfolds; one that takes another's place fades in over it. */
function followUp(node, before) {
  const mosaic = node.querySelector(".mosaic.single");
  if (!mosaic) return;
  const image = mosaic.querySelector("img");
  if (!before) mosaic.classList.add("unfolding");
  else if (image) {
    image.parentElement.style.backgroundImage = `url("${before}")`;
    if (image.src !== before) image.classList.add("fading-in");
  }
}

/** Albums are one; every other message stands alone. */
function grouped(messages) {
  const groups = [];
  for (const message of messages) {
    const album = message.media_group_id;
    if (album && groups.at(-1)?.[0].media_group_id === album) groups.at(-1).push(message);
    else groups.push([message]);
  }
  return groups;
}

const sameParts = (before, now) =>
  before.length === now.length && before.every((part, index) => part === now[index]);

function joinUp(entry, before, after) {
  entry.node.classList.toggle("first", !together(before, entry));
  entry.node.classList.toggle("last", !together(entry, after));
}

function together(one, other) {
  if (!one || !other) return false;
  const [earlier, later] = [one.messages[0], other.messages[0]];
  if (serviceText(earlier) || serviceText(later)) return false;
  return (
    earlier.from?.id === later.from?.id &&
    later.date - earlier.date < SAME_BREATH &&
    dayKey(earlier.date) === dayKey(later.date)
  );
}
