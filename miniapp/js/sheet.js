/**
 * Where views are shown: a sheet that is dragged up over the map on phones, a panel beside the map
 * on wide screens. Views lie on one another; the lowest is the list of spaces, which never goes.
 */

import { h, iconButton } from "./dom.js";
import { Drag } from "./drag.js";
import { say } from "./words.js";

const WIDE = matchMedia("(min-width: 900px)");
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const FOCUSABLE = "button, a[href], input, select, textarea, [tabindex='0']";
const FLING = 0.5;
const STOPS = ["peek", "half", "full"];

export class Sheet extends EventTarget {
  #views = [];
  #stop = "peek";
  #guarded = false;
  #leaving = 0;

  constructor(launch, behind) {
    super();
    this.launch = launch;
    this.behind = behind;
    this.grip = h("button.sheet-grip", { type: "button", onclick: () => this.#toggle() });
    this.stack = h("div.sheet-stack");
    this.foot = h("div.sheet-foot");
    this.element = h("section.sheet", {}, this.grip, this.stack, this.foot);
    // Wherever the focus is: what was pressed last may be gone.
    document.addEventListener("keydown", (event) => this.#key(event));
    new Drag(this);
    launch.addEventListener("mainbutton", () => this.#drawButton());
    window.addEventListener("popstate", () => this.#wentBack());
    WIDE.addEventListener("change", () => this.#settle());
    this.#settle();
  }

  get isWide() {
    return WIDE.matches;
  }

  get depth() {
    return this.#views.length;
  }

  get top() {
    return this.#views.at(-1) ?? null;
  }

  /**
   * Lays a view on top and returns it. `title` names it for everybody; `head: false` leaves out the
   * bar with title and closing button; `stop` is how high it opens ("half" or "full"); `onclose` is
   * called however it goes. Only the top view may use the main button: what it showed goes with it.
   */
  show({ title, body = [], name = "", stop = "half", head = true, onclose = () => {} }) {
    const view = new View(this, { title, body, name, head, onclose, stop });
    const before = document.activeElement;
    view.before = this.element.contains(before) || !this.top ? before : null;
    this.top?.element.setAttribute("inert", "");
    this.#views.push(view);
    this.stack.append(view.element);
    this.launch.mainButton.hide();
    this.#changed();
    this.moveTo(this.depth === 1 ? this.#stop : stop);
    if (this.depth > 1) view.focus();
    return view;
  }

  /** Takes a view away with everything that lies on it. */
  close(view) {
    const index = this.#views.indexOf(view);
    if (index < 1) return;
    const gone = this.#views.splice(index);
    for (const one of gone.reverse()) {
      one.element.remove();
      one.onclose();
    }
    this.launch.mainButton.hide();
    const { top } = this;
    top.element.removeAttribute("inert");
    this.#changed();
    this.moveTo(top.stop);
    if (view.before?.isConnected) view.before.focus({ preventScroll: true });
    else if (this.depth > 1) top.focus();
    top.dispatch("shown");
  }

  /** Back to the view below. */
  back() {
    if (this.depth > 1) this.close(this.top);
  }

  /** Back to the list. */
  clear() {
    if (this.depth > 1) this.close(this.#views[1]);
  }

  /** "peek", "half" or "full" height; on wide screens it always has all of it. */
  moveTo(stop) {
    this.#stop = this.depth > 1 && stop === "peek" ? "half" : stop;
    if (this.top) this.top.stop = this.#stop;
    this.element.style.removeProperty("--drag");
    this.#settle();
  }

  /** Where a drag ended, with its speed in pixels a millisecond (down is positive). */
  drop(top, speed) {
    const heights = STOPS.map((stop) => ({ stop, top: this.topOf(stop) }));
    const aimed = top + speed * 180;
    const lowest = heights[0].top;
    if (this.depth > 1 && (aimed > lowest - 40 || (speed > FLING && this.#stop === "half"))) return this.back();
    heights.sort((a, b) => Math.abs(a.top - aimed) - Math.abs(b.top - aimed));
    this.moveTo(heights[0].stop);
  }

  /** Pixels from the top of the page at a stop. */
  topOf(stop) {
    const height = this.element.parentElement.clientHeight;
    const share = { peek: 0.76, half: 0.46, full: 0.06 }[stop];
    return Math.round(height * share);
  }

  /** Whether it is dragged from there: by its head, or anywhere while there is nothing to scroll. */
  isHeldBy(node) {
    if (this.depth === 1 && this.#stop !== "full") return !node.closest("select");
    const isHandle = node.closest(".sheet-grip, .view-head, [data-drag]");
    return Boolean(isHandle) && !node.closest("button:not(.sheet-grip), input, select, a");
  }

  #settle() {
    const { dataset } = this.element;
    dataset.stop = document.documentElement.dataset.stop = this.#stop;
    dataset.wide = this.isWide;
    dataset.calm = CALM.matches;
    this.grip.setAttribute(
      "aria-label",
      this.#stop === "full" ? say("Make the panel smaller") : say("Make the panel larger"),
    );
    const covered = !this.isWide && this.depth > 1;
    for (const element of this.behind) element.toggleAttribute("inert", covered && this.#stop === "full");
    this.dispatchEvent(new Event("settled"));
  }

  #toggle() {
    this.moveTo(this.#stop === "full" ? (this.depth > 1 ? "half" : "peek") : this.#stop === "half" ? "full" : "half");
  }

  #changed() {
    this.element.dataset.depth = this.depth;
    if (this.launch.hosted) this.#offerBack();
    else this.#guard();
    this.dispatchEvent(new Event("changed"));
  }

  #offerBack() {
    if (this.depth > 1) this.launch.backButton.show(() => this.back());
    else this.launch.backButton.hide();
  }

  /** One entry of the browser's history stands before the page's own while anything lies on top. */
  #guard() {
    if (this.depth > 1 && !this.#guarded && !this.#leaving) {
      history.pushState({ ...history.state }, "");
      this.#guarded = true;
    } else if (this.depth <= 1 && this.#guarded) {
      this.#guarded = false;
      this.#leaving += 1;
      history.back();
    }
  }

  #wentBack() {
    if (this.#leaving) {
      this.#leaving -= 1;
      this.#guard();
    } else if (this.#guarded) {
      this.#guarded = false;
      this.back();
      this.#guard();
    }
  }

  #drawButton() {
    const { mainButton, hosted } = this.launch;
    if (hosted || !mainButton.isVisible) return this.foot.replaceChildren();
    const { isBusy, isEnabled, text } = mainButton;
    this.button ??= h("button.primary.main-button", { type: "button", onclick: () => mainButton.press() });
    this.button.textContent = text;
    this.button.disabled = isBusy || !isEnabled;
    this.button.setAttribute("aria-busy", isBusy);
    if (!this.button.isConnected) this.foot.replaceChildren(this.button);
  }

  #key(event) {
    if (event.defaultPrevented) return;
    if (event.key === "Escape" && this.depth > 1) {
      event.preventDefault();
      this.back();
    } else if (event.key === "Tab" && !this.isWide && this.depth > 1) this.#hold(event);
  }

  /** On a phone Tab goes round within the view: what is behind it cannot be seen. */
  #hold(event) {
    const within = [this.top.element, this.foot];
    const all = within.flatMap((part) => [...part.querySelectorAll(FOCUSABLE)]).filter(isReachable);
    const [first, last] = [all[0], all.at(-1)];
    if (event.shiftKey && document.activeElement === first) last?.focus();
    else if (!event.shiftKey && document.activeElement === last) first?.focus();
    else return;
    event.preventDefault();
  }
}

const isReachable = (node) => !node.disabled && node.offsetParent !== null && node.tabIndex >= 0;

class View {
  constructor(sheet, { title, body, name, head, onclose, stop }) {
    Object.assign(this, { sheet, name, onclose, stop, title });
    this.heading = h("h2", { tabindex: "-1" }, title);
    this.body = h("div.view-body", {}, body);
    const close = iconButton("close", say("Close"), () => sheet.close(this));
    this.bar = head && h("header.view-head", {}, this.heading, close);
    this.element = h(
      `div.view${name ? `.view-${name}` : ""}`,
      { role: "dialog", "aria-label": title },
      this.bar,
      this.body,
    );
    if (sheet.depth === 0) this.element.setAttribute("role", "region");
  }

  get isTop() {
    return this.sheet.top === this;
  }

  /** Another title or body; what is left out stays. */
  update({ title, body }) {
    if (title !== undefined) {
      this.title = title;
      this.heading.textContent = title;
      this.element.setAttribute("aria-label", title);
    }
    if (body === undefined) return;
    const held = this.body.contains(document.activeElement);
    this.body.replaceChildren(...[body].flat(2).filter(Boolean));
    // Otherwise keys would begin again at the top of the page.
    if (held && !this.body.contains(document.activeElement)) this.focus();
  }

  close() {
    this.sheet.close(this);
  }

  focus() {
    const wanted = this.element.querySelector("[data-focus]") ?? (this.bar ? this.heading : this.element);
    if (wanted === this.element) this.element.tabIndex = -1;
    wanted.focus({ preventScroll: true });
  }

  /** Called when it is on top again: the place to show one's main button anew. */
  onshown(listener) {
    this.listener = listener;
  }

  dispatch() {
    this.listener?.();
  }
}
