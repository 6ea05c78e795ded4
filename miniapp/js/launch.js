/**
 * Where the page was opened: inside Telegram, or as a plain web page.
 *
 * Telegram's apps and its web client speak the same small protocol, which we speak ourselves, so
 * that no script of another host runs here: https://docs.telegram-mini-apps.com/platform/methods
 * Events arrive at window.Telegram.WebView.receiveEvent in the apps, and as messages in a frame.
 * Until a host has answered it is taken to draw nothing, and the page draws its own buttons.
 */

const KNOWS_PLACES = 8; // the version of the protocol in which a host tells where the person is
const PATIENCE = 1_000; // not every host of that version knows

export class Launch extends EventTarget {
  constructor(fragment = location.hash, query = location.search) {
    super();
    const known = new URLSearchParams(fragment.replace(/^#/, ""));
    this.initData = known.get("tgWebAppData") ?? "";
    this.platform = known.get("tgWebAppPlatform") ?? "";
    this.version = known.get("tgWebAppVersion") ?? "6.0";
    this.isTelegram = this.initData !== "" || this.platform !== "";
    this.user = JSON.parse(new URLSearchParams(this.initData).get("user") ?? "null");
    this.start = startOf(this.initData, known, query);
    this.post = poster();
    this.hosted = false;
    this.theme = { isDark: false };
    this.mainButton = new MainButton(this);
    this.backButton = new BackButton(this);
    this.#listen();
    this.#dress(JSON.parse(known.get("tgWebAppThemeParams") ?? "{}"));
    if (this.isTelegram) this.#greet();
  }

  /** A small tap under the finger: "light", "medium", "select", "success", "warning" or "error". */
  haptic(kind = "light") {
    const facts = ["success", "warning", "error"].includes(kind)
      ? { type: "notification", notification_type: kind }
      : kind === "select"
        ? { type: "selection_change" }
        : { type: "impact", impact_style: kind };
    this.tell("web_app_trigger_haptic_feedback", facts);
  }

  /** Where Telegram says that the person is, or null where it cannot or may not tell. */
  async locate() {
    if (!this.hosted || parseFloat(this.version) < KNOWS_PLACES) return null;
    const asked = this.#answer("location_checked", PATIENCE);
    this.tell("web_app_check_location");
    if (!(await asked)?.available) return null;
    const told = this.#answer("location_requested");
    this.tell("web_app_request_location");
    const place = await told;
    return place.available ? place : null;
  }

  /** What the host says next of this type; null if it takes longer than it may, in milliseconds. */
  #answer(type, patience = null) {
    return new Promise((done) => {
      this.addEventListener(type, ({ detail }) => done(detail), { once: true });
      if (patience !== null) setTimeout(() => done(null), patience);
    });
  }

  /** Ends the app where something is behind it. */
  close() {
    this.tell("web_app_close");
  }

  /** Opens an address outside the app; t.me links stay inside Telegram. */
  openLink(url) {
    const { host, pathname, search } = new URL(url);
    if (!this.hosted) window.open(url, "_blank", "noopener");
    else if (host === "t.me") this.tell("web_app_open_tg_link", { path_full: pathname + search });
    else this.tell("web_app_open_link", { url });
  }

  /** Asks before the app is closed, while `on`: something would be lost. */
  confirmClosing(on) {
    this.tell("web_app_setup_closing_behavior", { need_confirmation: on });
  }

  tell(type, facts = {}) {
    if (this.isTelegram) this.post(type, facts);
  }

  #greet() {
    for (const type of ["web_app_ready", "web_app_expand", "web_app_request_theme"]) this.tell(type);
    this.tell("web_app_request_viewport");
    this.tell("web_app_request_safe_area");
    this.tell("web_app_request_content_safe_area");
    // Dragging the map must not drag the app away.
    this.tell("web_app_setup_swipe_behavior", { allow_vertical_swipe: false });
  }

  #listen() {
    const receive = (type, facts) => this.#hear(type, facts ?? {});
    const view = { receiveEvent: receive };
    window.Telegram = { ...window.Telegram, WebView: view };
    window.TelegramGameProxy = view;
    window.TelegramGameProxy_receiveEvent = receive;
    window.addEventListener("message", ({ source, data }) => {
      if (source !== window.parent || typeof data !== "string" || !data.startsWith("{")) return;
      const { eventType, eventData } = JSON.parse(data);
      receive(eventType, eventData);
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#dress());
  }

  #hear(type, facts) {
    if (!this.hosted && this.isTelegram) {
      this.hosted = true;
      this.dispatchEvent(new Event("hosted"));
    }
    if (type === "theme_changed") this.#dress(facts.theme_params);
    if (type === "main_button_pressed") this.mainButton.press();
    if (type === "back_button_pressed") this.backButton.press();
    if (type.startsWith("location_")) this.dispatchEvent(new CustomEvent(type, { detail: facts }));
    if (type === "viewport_changed") setRoot("--tg-viewport-height", `${facts.height}px`);
    if (type === "safe_area_changed") setInsets("--tg-safe-area-inset", facts);
    if (type === "content_safe_area_changed") setInsets("--tg-content-safe-area-inset", facts);
  }

  /** Telegram's colours as --tg-theme-* properties; which of our palettes goes with them. */
  #dress(params = this.params) {
    this.params = params;
    for (const [name, colour] of Object.entries(params)) {
      setRoot(`--tg-theme-${name.replaceAll("_", "-")}`, colour);
    }
    const system = matchMedia("(prefers-color-scheme: dark)").matches;
    const isDark = params.bg_color ? luminance(params.bg_color) < 0.4 : system;
    this.theme = { isDark };
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
    this.tell("web_app_set_header_color", { color_key: "bg_color" });
    this.dispatchEvent(new Event("theme"));
  }
}

/** The button for what the person came for. Telegram draws it, or else the sheet does. */
class MainButton {
  text = "";
  isVisible = false;
  isBusy = false;
  #act = null;

  constructor(launch) {
    this.launch = launch;
    launch.addEventListener("hosted", () => this.#draw());
  }

  /** `onclick` may return a promise: the button is busy until it settles. */
  show(text, onclick, { enabled = true } = {}) {
    Object.assign(this, { text, isVisible: true, isBusy: false, isEnabled: enabled });
    this.#act = onclick;
    this.#draw();
  }

  hide() {
    Object.assign(this, { isVisible: false, isBusy: false });
    this.#act = null;
    this.#draw();
  }

  busy(on = true) {
    this.isBusy = on;
    this.#draw();
  }

  async press() {
    if (!this.isVisible || this.isBusy || !this.isEnabled) return;
    const act = this.#act;
    this.busy();
    try {
      await act();
    } finally {
      if (this.#act === act) this.busy(false);
    }
  }

  #draw() {
    const { launch, text, isVisible, isBusy, isEnabled } = this;
    launch.tell("web_app_setup_main_button", {
      is_visible: isVisible && launch.hosted,
      is_active: Boolean(isEnabled) && !isBusy,
      is_progress_visible: isBusy,
      text,
    });
    launch.dispatchEvent(new Event("mainbutton"));
  }
}

/** Telegram's way back; outside it the browser's own is used. */
class BackButton {
  #act = null;

  constructor(launch) {
    this.launch = launch;
  }

  show(onclick) {
    this.#act = onclick;
    this.launch.tell("web_app_setup_back_button", { is_visible: true });
  }

  hide() {
    this.#act = null;
    this.launch.tell("web_app_setup_back_button", { is_visible: false });
  }

  press() {
    this.#act?.();
  }
}

/** How to speak to the host, whichever it is. */
function poster() {
  const proxy = window.TelegramWebviewProxy;
  if (proxy) return (type, facts) => proxy.postEvent(type, JSON.stringify(facts));
  if (window.external && "notify" in window.external)
    return (type, facts) => window.external.notify(JSON.stringify({ eventType: type, eventData: facts }));
  if (window.parent === window) return () => {};
  // Which of Telegram's hosts frames us is not known; nothing that is said here is secret.
  return (eventType, eventData) => window.parent.postMessage(JSON.stringify({ eventType, eventData }), "*");
}

/** What the link asked for: start parameter of Telegram's link, or ?start= or #start= of our own. */
function startOf(initData, fragment, query) {
  return (
    new URLSearchParams(initData).get("start_param") ??
    fragment.get("tgWebAppStartParam") ??
    fragment.get("start") ??
    new URLSearchParams(query).get("start") ??
    ""
  );
}

function setRoot(name, value) {
  document.documentElement.style.setProperty(name, value);
}

function setInsets(name, insets) {
  for (const side of ["top", "bottom", "left", "right"]) setRoot(`${name}-${side}`, `${insets[side] ?? 0}px`);
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
