/** Short notes at the edge of the screen that go away by themselves. */

import { h } from "./dom.js";
import { inWords } from "./refusals.js";

const TIME = 3_500;

/** Says something in passing; `kind` is "plain" or "error". */
export function note(text, kind = "plain") {
  const node = h(`div.note.note-${kind}`, { role: kind === "error" ? "alert" : "status" }, text);
  document.querySelector(".note")?.remove();
  document.body.append(node);
  setTimeout(() => node.remove(), TIME + text.length * 30);
}

/** Says why something did not work; what is no Problem is a mistake of ours and goes on. */
export function explain(error) {
  note(inWords(error), "error");
}
