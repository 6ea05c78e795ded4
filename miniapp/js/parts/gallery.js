/** Photos to swipe through: a strip that snaps, with dots; arrow keys and buttons turn it too. */

import { h, iconButton } from "../dom.js";
import { say } from "../words.js";

/** `photos` are addresses, or promises of addresses. An empty place where there are none. */
export function gallery(photos, label) {
  if (!photos.length) return null;
  const slides = photos.map((photo, index) => slide(photo, index, photos.length));
  const strip = h(
    "div.gallery-strip",
    { tabindex: "0", role: "group", "aria-roledescription": say("photos"), "aria-label": label },
    slides,
  );
  if (photos.length === 1) return h("div.gallery", {}, strip);
  const dots = photos.map(() => h("span.dot"));
  const turn = (by) => strip.scrollBy({ left: by * strip.clientWidth * direction(strip) });
  strip.addEventListener("keydown", (event) => turnByKey(event, turn));
  strip.addEventListener("scroll", () => mark(strip, dots), { passive: true });
  mark(strip, dots);
  return h(
    "div.gallery",
    {},
    strip,
    iconButton("back", say("Photo before"), () => turn(-1), { class: "icon-button gallery-turn before" }),
    iconButton("next", say("Next photo"), () => turn(1), { class: "icon-button gallery-turn after" }),
    h("div.dots", { "aria-hidden": "true" }, dots),
  );
}

function slide(photo, index, total) {
  const picture = h("img", {
    alt: say("Photo {n} of {total}", { n: index + 1, total }),
    loading: index ? "lazy" : "eager",
    decoding: "async",
    draggable: "false",
    // One that came through the chat a moment ago may still be on its way.
    onerror: () => picture.removeAttribute("src"),
  });
  Promise.resolve(photo).then((address) => (picture.src = address));
  return h("div.slide", {}, picture);
}

const direction = (node) => (getComputedStyle(node).direction === "rtl" ? -1 : 1);

function turnByKey(event, turn) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  turn(by);
}

function mark(strip, dots) {
  const at = Math.round(Math.abs(strip.scrollLeft) / (strip.clientWidth || 1));
  dots.forEach((dot, index) => dot.classList.toggle("present", index === at));
}
