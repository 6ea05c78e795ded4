/** Buttons that say what they do, with a picture before it or without one (null). */

import { h, icon } from "../dom.js";

const made = (kind) => (picture, text, onclick) =>
  h(`button.${kind}`, { type: "button", onclick }, picture && icon(picture), text);

export const secondary = made("secondary");
export const quiet = made("quiet");
/** A line of its own in a list of what can be done. */
export const action = made("action");
export const dangerousAction = made("action.danger");
