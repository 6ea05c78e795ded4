/**
 * Web apps of the bot, framed over the chat. The server signs each launch.
 *
 * The app speaks as it does in Telegram's web clients, in JSON messages with eventType and eventData:
 * https://docs.telegram-mini-apps.com/platform/methods
 */

import { AppButton } from "./appbutton.js";
import { h, iconButton } from "./dom.js";
import { confirmSheet, openSheet } from "./sheet.js";
import { onTheme, themeParams } from "./theme.js";
import { locationFor } from "./whereabouts.js";

const NO_INSETS = { top: 0, bottom: 0, left: 0, right: 0 };

class WebApp {
  /** `actions`: title, person, openLink(url), sendData(data), share(query). */
  constructor(pane, url, actions) {
    Object.assign(this, { pane, url, actions, asksToClose: false, isThere: false });
    this.back = iconButton("back", "Back", () => this.tell("back_button_pressed"), { hidden: true });
    this.main = new AppButton("main", () => this.tell("main_button_pressed"));
    this.secondary = new AppButton("secondary", () => this.tell("secondary_button_pressed"));
    this.frame = h("iframe.web-app", {
      src: `${url}&tgWebAppThemeParams=${encodeURIComponent(JSON.stringify(themeParams()))}`,
      title: actions.title,
      allow: "geolocation; camera; clipboard-write; fullscreen",
      data: { focus: "" },
    });
    this.body = h(
      "div.web-app-body",
      { "aria-busy": "true" },
      this.frame,
      h("div.web-app-buttons", {}, this.secondary.element, this.main.element),
    );
    this.events = this.handlers();
    this.open();
  }

  open() {
    const quiet = new AbortController();
    window.addEventListener("message", (event) => this.hear(event), quiet);
    onTheme(() => this.tell("theme_changed", { theme_params: themeParams() }), quiet);
    const resized = new ResizeObserver(() => this.tellViewport());
    this.shut = openSheet(this.pane, {
      title: this.actions.title,
      kind: "app",
      lead: this.back,
      body: this.body,
      wide: true,
      mayClose: (close) => this.mayClose(close),
      onclose: () => {
        quiet.abort();
        resized.disconnect();
      },
    });
    resized.observe(this.frame);
    this.frame.addEventListener("load", () => this.arrived());
  }

  arrived() {
    this.isThere = true;
    this.body.removeAttribute("aria-busy");
  }

  handlers() {
    const { actions } = this;
    return {
      web_app_ready: () => this.arrived(),
      web_app_close: () => this.shut(),
      web_app_setup_main_button: (facts) => this.main.set(facts),
      web_app_setup_secondary_button: (facts) => this.secondary.set(facts),
      web_app_setup_back_button: ({ is_visible: shown }) => (this.back.hidden = !shown),
      web_app_setup_closing_behavior: ({ need_confirmation: asks }) => (this.asksToClose = asks),
      web_app_request_theme: () => this.tell("theme_changed", { theme_params: themeParams() }),
      web_app_request_viewport: () => this.tellViewport(),
      web_app_request_safe_area: () => this.tell("safe_area_changed", NO_INSETS),
      web_app_request_content_safe_area: () => this.tell("content_safe_area_changed", NO_INSETS),
      web_app_open_link: ({ url }) => actions.openLink(url),
      web_app_open_tg_link: ({ path_full: path }) => (actions.openLink(`https://t.me${path}`), this.shut()),
      web_app_data_send: ({ data }) => (actions.sendData(data), this.shut()),
      web_app_switch_inline_query: ({ query }) => (actions.share(query), this.shut()),
      web_app_open_popup: (popup) => this.popUp(popup),
      web_app_check_location: () => this.tell("location_checked", locationFor(actions.person).state),
      web_app_request_location: () => this.tellLocation(),
      web_app_request_write_access: () => this.tell("write_access_requested", { status: "allowed" }),
    };
  }

  hear({ source, data }) {
    if (source !== this.frame.contentWindow || typeof data !== "string" || !data.startsWith("{")) return;
    this.isThere = true;
    const { eventType, eventData } = JSON.parse(data);
    this.events[eventType]?.(eventData ?? {});
  }

  tell(eventType, eventData = {}) {
    if (!this.isThere) return;
    const { origin } = new URL(this.url);
    this.frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), origin);
  }

  tellViewport() {
    const { clientWidth: width, clientHeight: height } = this.frame;
    this.tell("viewport_changed", { width, height, is_expanded: true, is_state_stable: true });
  }

  /** Where the person stands, once they have allowed the bot to know. */
  tellLocation() {
    const location = locationFor(this.actions.person);
    const answer = () => this.tell("location_requested", locationFor(this.actions.person).answer);
    if (location.asked) return answer();
    const { title } = this.actions;
    confirmSheet(
      this.pane,
      { title, text: `Let ${title} know where you are?`, yes: "Allow" },
      () => location.allow(true),
      answer,
    );
  }

  popUp({ title = "", message, buttons = [] }) {
    let pressed = null;
    const press = (id) => {
      pressed = id;
      close();
    };
    const close = openSheet(this.pane, {
      title: title || this.actions.title,
      kind: "alert",
      body: [
        h("p", { dir: "auto" }, message),
        h(
          "div.sheet-actions",
          {},
          buttons.map((button) => popupButton(button, press)),
        ),
      ],
      onclose: () => this.tell("popup_closed", pressed === null ? {} : { button_id: pressed }),
    });
  }

  mayClose(close) {
    if (!this.asksToClose) return close();
    const text = "What you have not finished will be lost.";
    confirmSheet(this.pane, { title: "Close?", text, yes: "Close", danger: true }, close);
  }
}

const WORDS = { ok: "OK", close: "Close", cancel: "Cancel" };

function popupButton({ id = "", type = "default", text }, press) {
  const kind = { destructive: "button.primary.danger", cancel: "button.plain", close: "button.plain" };
  return h(kind[type] ?? "button.primary", { type: "button", onclick: () => press(id) }, WORDS[type] ?? text);
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
    new WebApp(pane.element, url, {
      title: pane.bot.first_name,
      person: pane.person,
      openLink: (link) => pane.uis.bot.openLink(link) || window.open(link, "_blank", "noopener"),
      sendData: (data) => label && pane.send({ type: "web_app_data", data, button_text: label }),
      share: (query) => pane.share(query),
    });
  }
}
