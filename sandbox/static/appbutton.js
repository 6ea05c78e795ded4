/** The large button below a web app, drawn by us and pressed for it. */

import { h } from "./dom.js";

export class AppButton {
  constructor(name, press) {
    this.facts = {};
    this.label = h("span.label", { dir: "auto" });
    this.element = h(
      `button.app-button.${name}`,
      { type: "button", hidden: true, onclick: press },
      this.label,
      h("span.spinner", { "aria-hidden": "true" }),
    );
  }

  /** What is not said stays as it was. */
  set(facts) {
    this.facts = { ...this.facts, ...facts };
    const { is_visible: shown, is_active: active = true, is_progress_visible: busy, text = "" } = this.facts;
    this.label.textContent = text;
    this.element.hidden = !shown || !text;
    this.element.disabled = !active || Boolean(busy);
    this.element.classList.toggle("busy", Boolean(busy));
    this.element.setAttribute("aria-busy", String(Boolean(busy)));
    this.element.style.background = this.facts.color ?? "";
    this.element.style.color = this.facts.text_color ?? "";
  }
}
