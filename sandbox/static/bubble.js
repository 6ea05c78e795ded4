/** One message, or one album, as a bubble with its keyboard. */

import { h, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { documentRow, mosaic, player } from "./media.js";
import { placeCard } from "./place.js";
import { fullDate, timeOfDay } from "./when.js";

/** What fills an article: `messages` is one message or the parts of an album. */
export function bubble(messages, ui) {
  const [message] = messages;
  const captioned = messages.find((part) => part.caption) ?? message;
  const body = content(messages, ui);
  const text = captioned.text ?? captioned.caption;
  const meta = stamp(messages.at(-1), ui);
  const picture = body?.matches(".mosaic, .place-map, .sticker");
  const above = text !== undefined && captioned.show_caption_above_media && body?.matches(".mosaic");
  const words =
    text !== undefined &&
    h(
      "div.text",
      { dir: "auto" },
      formatted(text, captioned.entities ?? captioned.caption_entities, ui),
      !above && meta,
    );
  const parts = above ? [words, body, meta] : [body, words || meta];
  const node = h("div.bubble", {}, heading(message, ui), ...parts);
  node.classList.toggle("words-first", Boolean(above));
  node.classList.toggle("bare", Boolean(picture) && text === undefined && node.firstElementChild === body);
  node.classList.toggle("pictured", Boolean(body) && !body.matches(".document-list"));
  const rows = message.reply_markup?.inline_keyboard;
  return rows?.length ? [node, inlineKeyboard(rows, message, ui)] : [node];
}

function content(messages, ui) {
  const [message] = messages;
  if (message.photo || message.video) return mosaic(messages, ui);
  if (message.venue || message.location) return placeCard(message, ui);
  if (message.animation || message.audio || message.voice || message.sticker) return player(message);
  if (message.document)
    return h(
      "div.document-list",
      {},
      messages.map((part) => documentRow(part.document)),
    );
  if (message.contact) return contact(message.contact);
  if (message.text === undefined)
    return h("div.text.unsupported", {}, "This kind of message is not shown here.");
  return null;
}

function contact({ first_name, last_name, phone_number }) {
  const name = [first_name, last_name].filter(Boolean).join(" ");
  return h("div.contact", {}, h("strong", {}, name), h("span", {}, phone_number));
}

function heading(message, ui) {
  const { forward_origin: origin, via_bot: via, reply_to_message: quoted } = message;
  return [
    origin && h("div.origin", {}, `Forwarded from ${originName(origin)}`),
    via &&
      h(
        "div.origin",
        {},
        "via ",
        h(
          "button.text-link",
          { type: "button", onclick: () => ui.mention(`@${via.username}`) },
          `@${via.username}`,
        ),
      ),
    quoted && quote(quoted, ui),
  ];
}

const originName = (origin) =>
  origin.sender_user?.first_name ??
  origin.sender_user_name ??
  (origin.chat ?? origin.sender_chat)?.title ??
  "someone";

function quote(message, ui) {
  return h(
    "button.reply-quote",
    { type: "button", onclick: () => ui.jumpTo(message) },
    h("strong", {}, message.from.first_name),
    h("span", {}, summary(message)),
  );
}

/** A message in a few words, for quotations and lists. */
export function summary(message) {
  const text = message.text ?? message.caption;
  if (text) return text.split("\n", 1)[0];
  if (message.photo) return "Photo";
  if (message.venue) return message.venue.title;
  if (message.location) return message.location.live_period ? "Live location" : "Location";
  return message.document?.file_name ?? "Message";
}

function stamp(message, ui) {
  const own = message.from?.id === ui.person.id;
  return h(
    "span.meta",
    { title: fullDate(message.date) },
    showsEdited(message) && h("span", {}, "edited"),
    h("time", { datetime: new Date(message.date * 1000).toISOString() }, timeOfDay(message.date)),
    own && h("span.ticks", { role: "img", "aria-label": "read" }, icon("ticks")),
  );
}

/** Telegram marks what people have edited; bots edit their cards without a trace. */
function showsEdited(message) {
  return message.edit_date && !message.from?.is_bot && !message.via_bot && !message.location;
}

/** The words of a service message, or null for an ordinary one. */
export function serviceText(message) {
  const who = message.from?.first_name ?? "Someone";
  if (message.pinned_message) return `${who} pinned “${summary(message.pinned_message)}”`;
  if (message.write_access_allowed) return `${who} allowed the bot to write`;
  if (message.web_app_data) return `You sent data from “${message.web_app_data.button_text}” to the bot`;
  if (message.new_chat_members)
    return `${message.new_chat_members.map((one) => one.first_name).join(", ")} joined`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} left`;
  return null;
}
