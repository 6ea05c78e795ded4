/** Every refusal of the API in words; the same as in the chat. */

import { Problem } from "./api.js";
import { count, length, say } from "./words.js";

/** One sentence for whatever was thrown; what is no refusal is thrown on. */
export function inWords(error) {
  if (!(error instanceof Problem)) throw error;
  if (error.status === 0) return say("No connection. Try again when you are online.");
  return ofCode(error) ?? ofStatus(error);
}

function ofCode({ code, facts }) {
  switch (code) {
    case "stay-too-short":
      return say("Stays there last {length} or more.", { length: length(1000 * facts.limit) });
    case "stay-too-long":
      return say("Stays there last {length} at most.", { length: length(1000 * facts.limit) });
    case "too-soon":
      return say("It has to be booked {length} ahead.", { length: length(1000 * facts.limit) });
    case "too-far-ahead":
      return say("It can be booked {length} ahead at most.", { length: length(1000 * facts.limit) });
    case "own-space":
      return say("This is your own space.");
    case "window-taken":
      return say("Taken a moment ago.");
    case "window-past":
      return say("That time has begun already. Choose a later one.");
    case "outside-hours":
      return say("It is closed for some of that time.");
    case "dates-blocked":
      return say("It is not offered on that date.");
    case "vehicle-too-big":
      return say("Your vehicle does not fit in there.");
    case "space-closed":
      return say("It takes no bookings at present.");
    case "too-many-ahead":
      return count(
        "You have {n} booking ahead, which is the most. Cancel it, and this one fits.",
        "You have {n} bookings ahead, which is the most. Cancel one, and this one fits.",
        facts.limit,
      );
    case "too-many-requests":
      return say("{n} of your requests wait for an answer, which is the most.", { n: facts.limit });
    case "booking-over":
      return say("This booking is over or cancelled; nothing is left to change.");
    case "bookings-ahead":
      return count(
        "{n} booking is still ahead. Cancel it first, or pause the space.",
        "{n} bookings are still ahead. Cancel them first, or pause the space.",
        facts.count,
      );
    case "not-yet":
      return say("It is too early for that; try again when the time has come.");
    case "stay-running":
      return say("A stay is in progress. Once it has ended, this can be done.");
    case "review-given":
      return say("You have reviewed this stay already. Thank you.");
    case "too-many-reports":
      return say("{n} reports a day is the most. Please come back tomorrow.", { n: facts.limit });
    case "lister-only":
      return say("Only its lister can do that; co-listers answer, block and pause.");
    case "email-taken":
      return say("There is an account with this address already. Sign in instead.");
    case "cannot-link":
      return facts.reason === "not verified"
        ? say("Verify your e-mail address first.")
        : say("This account and this chat are joined already.");
    case "outdated":
      return say("It was changed elsewhere meanwhile. This is how it is now.");
    case "plate-needed":
      return say("Your number plate is needed, for example HEL-204.");
    case "banned":
      return say("Your account is closed. The operator can say why.");
    case "invalid":
      return ofValue(facts);
  }
  return null;
}

/** Of a value that cannot be, by its field and why. */
export function ofValue({ field, reason, limit }) {
  switch (`${field} ${reason}`) {
    case "price decimals":
      return say("Too many decimals: {n} at most. For example: 2.50", { n: limit });
    case "price other currency":
      return say("Prices there are in {currency}. For example: 2.50", { currency: limit });
    case "price too large":
      return say("Nobody pays that for an hour. For example: 2.50");
    case "price too small":
      return say("It has to cost something. For example: 2.50");
    case "photos too many":
      return say("{n} photos are the most. Remove one first.", { n: limit });
    case "photos too few":
    case "photos missing":
      return say("At least one photo is needed.");
    case "photo unreadable":
    case "photo too large":
      return say("This picture cannot be read. JPEG, PNG and WEBP can, up to 20 MB.");
    case "token not good any more":
      return say("That code is not good any more. Ask for a new one.");
    case "refund changed":
      return say("What is owed has changed meanwhile.");
  }
  return ofField(field, reason, limit);
}

function ofField(field, reason, limit) {
  if (field === "plate") return say("That is no number plate. For example: HEL-204");
  if (field === "place") return say("The place is still missing.");
  if (field === "photo") return say("This picture cannot be read. JPEG, PNG and WEBP can, up to 20 MB.");
  if (field === "schedule") return say("Hours have to end after they begin.");
  if (reason === "known") return say("Choose another password: this one is your address.");
  if (reason === "too long") return say("{n} characters at most. Please shorten it.", { n: limit });
  if (reason === "too short") return say("That is too short. Please write a little more.");
  return null;
}

function ofStatus({ status }) {
  switch (status) {
    case 401:
      return say("Please sign in again.");
    case 404:
      return say("It is not there any more.");
    case 413:
      return say("This file is too large: 20 MB is the most.");
    case 422:
      return say("Something here is missing or has the wrong form.");
    case 429:
      return say("Too many tries. Please wait a little.");
    case 503:
      return say("Too many at once. Please try again in a moment.");
  }
  return say("That did not work, and it is our fault. Please try again.");
}
