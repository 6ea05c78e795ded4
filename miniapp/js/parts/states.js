/** What stands where something is still to come, is not there, or did not come. */

import { h, icon } from "../dom.js";
import { inWords } from "../refusals.js";
import { say } from "../words.js";

/** Grey shapes of about the size of what will stand there, so that nothing jumps. */
export function skeleton(...shapes) {
  const parts = shapes.map((shape) => h(`div.bone.bone-${shape}`));
  return h("div.skeleton", { role: "status", "aria-label": say("Loading") }, parts);
}

export function nothing(picture, text, action = null) {
  return h("div.nothing", {}, icon(picture), h("p", {}, text), action);
}

/** Why it did not come, and a way to try again. */
export function failed(error, again) {
  return h(
    "div.nothing",
    { role: "alert" },
    icon("alert"),
    h("p", {}, inWords(error)),
    h("button.secondary", { type: "button", onclick: again }, say("Try again")),
  );
}

/** Fills a place with what `load` resolves to, or says why not; what stands there stays so long. */
export async function fill(place, load, bones = ["line", "line", "line"]) {
  if (!place.childElementCount) place.replaceChildren(skeleton(...bones));
  place.setAttribute("aria-busy", "true");
  try {
    const content = await load();
    place.replaceChildren(...[content].flat().filter(Boolean));
  } catch (error) {
    place.replaceChildren(failed(error, () => fill(place, load, bones)));
  } finally {
    place.removeAttribute("aria-busy");
  }
}

/** A sentence that stands out: "plain", "warning" or "good". */
export function banner(text, kind = "plain", ...actions) {
  const role = kind === "warning" ? "alert" : "status";
  return h(`div.banner.banner-${kind}`, { role }, h("p", {}, text), actions.some(Boolean) && h("div.row", {}, actions));
}
