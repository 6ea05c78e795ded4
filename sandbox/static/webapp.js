/** Web apps of the bot, framed over the chat. The server signs each launch. */

import { h } from "./dom.js";
import { openSheet } from "./sheet.js";

/**
 * Opens a web app, launch data already in its address, over a pane; returns a function that closes it.
 * The app speaks as it does in Telegram's web clients: JSON messages with eventType and eventData.
 */
export function openWebApp(pane, url, { title, openLink, sendData }) {
  const frame = h("iframe.web-app", { src: url, title, allow: "geolocation; clipboard-write" });
  const events = {
    web_app_close: () => close(),
    web_app_data_send: ({ data }) => (sendData(data), close()),
    web_app_open_link: ({ url: link }) => openLink(link),
    web_app_open_tg_link: ({ path_full: path }) => (openLink(`https://t.me${path}`), close()),
  };
  const listen = ({ source, data }) => {
    if (source !== frame.contentWindow || typeof data !== "string") return;
    const { eventType, eventData } = JSON.parse(data);
    events[eventType]?.(eventData);
  };
  window.addEventListener("message", listen);
  const close = openSheet(pane, {
    title,
    body: frame,
    wide: true,
    onclose: () => window.removeEventListener("message", listen),
  });
  return close;
}

export class WebApps {
  constructor(pane) {
    this.pane = pane;
    this.label = null;
  }

  /** Asks for a launch; `label` is the keyboard button through which the app may send data back. */
  ask(url, label = null) {
    this.label = label;
    this.pane.send({ type: "open_web_app", url });
  }

  show(url) {
    const { pane, label } = this;
    openWebApp(pane.element, url, {
      title: pane.bot.first_name,
      openLink: (link) => pane.uis.bot.openLink(link) || window.open(link, "_blank", "noopener"),
      sendData: (data) => label && pane.send({ type: "web_app_data", data, button_text: label }),
    });
  }
}
