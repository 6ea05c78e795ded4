/** Telegram's formatted text: a string and entities that nest but never cross. */

import { h } from "./dom.js";

const SAFE = /^(https?|mailto|tel|tg):/i;
const PLAIN = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  hashtag: "span.tag",
  cashtag: "span.tag",
  custom_emoji: "span",
};

/** Renders a text; `actions` has openLink(url), sendText(text) and mention(name). */
export function formatted(text, entities, actions) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return render(text, sorted, 0, text.length, actions);
}

function render(text, entities, start, end, actions) {
  const out = document.createDocumentFragment();
  let at = start;
  const rest = entities.filter((entity) => entity.offset >= start && entity.offset < end);
  while (rest.length) {
    const entity = rest.shift();
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at) continue;
    out.append(text.slice(at, entity.offset));
    const inside = [];
    while (rest.length && rest[0].offset < stop) inside.push(rest.shift());
    const source = text.slice(entity.offset, stop);
    out.append(element(entity, source, render(text, inside, entity.offset, stop, actions), actions));
    at = stop;
    // A block already ends its line.
    if (isBlock(entity) && text[at] === "\n") at += 1;
  }
  out.append(text.slice(at, end));
  return out;
}

const isBlock = ({ type }) => type === "pre" || type.endsWith("blockquote");

function element(entity, source, content, actions) {
  switch (entity.type) {
    case "url":
      return link(/^[a-z]+:/i.test(source) ? source : `https://${source}`, content, actions);
    case "text_link":
      return link(entity.url, content, actions);
    case "email":
      return link(`mailto:${source}`, content, actions);
    case "phone_number":
      return link(`tel:${source.replace(/[^+\d]/g, "")}`, content, actions);
    case "mention":
      return textButton(() => actions.mention(source), content);
    case "bot_command":
      return textButton(() => actions.sendText(source), content);
    case "spoiler":
      return spoiler(content);
    case "pre":
      return h("pre", { data: entity.language ? { language: entity.language } : {} }, h("code", {}, content));
    case "blockquote":
      return h("blockquote", {}, content);
    case "expandable_blockquote":
      return expandable(content);
    default:
      return h(PLAIN[entity.type] ?? "span", {}, content);
  }
}

function link(url, content, actions) {
  if (!SAFE.test(url)) return h("span", {}, content);
  const follow = (event) => {
    if (actions.openLink(url)) event.preventDefault();
  };
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick: follow }, content);
}

function textButton(onclick, content) {
  return h("button.text-link", { type: "button", onclick }, content);
}

function expandable(content) {
  const toggle = h("button.quote-toggle", {
    type: "button",
    "aria-expanded": "false",
    "aria-label": "Show the whole quotation",
  });
  const node = h("blockquote.expandable", {}, h("div", {}, content), toggle);
  toggle.addEventListener("click", () => {
    toggle.setAttribute("aria-expanded", String(node.classList.toggle("open")));
  });
  return node;
}

function spoiler(content) {
  const node = h(
    "span.spoiler",
    { role: "button", tabindex: "0", "aria-label": "Hidden text, press to show it" },
    content,
  );
  const show = () => {
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show, { once: true });
  node.addEventListener("keydown", ({ key }) => (key === "Enter" || key === " ") && show());
  return node;
}
