/** Prices as people type them: "2.50", "2,50", "€2.50", "2.5 eur", "1.250"; the same as in the chat. */

const SHAPE =
  /^(?<before>\p{L}{1,4}|[^\p{L}\p{N}_\s.,'’])? ?(?<number>\d(?:[\d.,'’ ]*\d)?)(?: ?(?<after>\p{L}{1,5}|[^\p{L}\p{N}_\s.,'’]))?(?: ?(?:\/|per |an |a ) ?(?:h|hr|hour))?$/iu;

const SPOKEN = {
  EUR: ["EURO", "EUROS"],
  UAH: ["ГРН"],
  PLN: ["ZŁ"],
  SEK: ["KR"],
  NOK: ["KR"],
  DKK: ["KR"],
  CHF: ["FR", "SFR"],
  CZK: ["KČ"],
  HUF: ["FT"],
};

/** Why a price cannot be: "not a price", "other currency" or "decimals", with what would have been. */
export class NoPrice extends Error {
  constructor(reason, limit = null) {
    super(reason);
    Object.assign(this, { reason, limit });
  }
}

/** Minor units. The last separator is decimal before one or two digits, and means thousands before three. */
export function readPrice(typed, currency) {
  const found = SHAPE.exec(typed.normalize("NFKC").trim());
  if (!found) throw new NoPrice("not a price");
  const { before, number, after } = found.groups;
  for (const mark of [before, after]) if (mark) check(mark, currency);
  const { whole, decimals } = split(number);
  const digits = digitsOf(currency);
  if (decimals.length > digits) throw new NoPrice("decimals", digits);
  return Number(whole + decimals.padEnd(digits, "0"));
}

export function digitsOf(currency) {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
}

function split(number) {
  const at = Math.max(...[...".,'’ "].map((mark) => number.lastIndexOf(mark)));
  let [head, tail] = at < 0 ? [number, ""] : [number.slice(0, at), number.slice(at + 1)];
  if (tail.length === 3) [head, tail] = [number, ""];
  else if (at >= 0 && !(".,".includes(number[at]) && tail.length >= 1 && tail.length <= 2))
    throw new NoPrice("not a price");
  const [first, ...groups] = head.split(/[.,'’ ]/);
  const most = groups.length ? 3 : 9;
  if (first.length < 1 || first.length > most || groups.some((group) => group.length !== 3))
    throw new NoPrice("not a price");
  return { whole: first + groups.join(""), decimals: tail };
}

function check(mark, currency) {
  if ("-−+".includes(mark)) throw new NoPrice("not a price");
  const named = mark.toLocaleUpperCase("en");
  const symbols = ["symbol", "narrowSymbol"].map((display) => symbolOf(currency, display));
  const known = [currency, ...symbols, ...(SPOKEN[currency] ?? [])];
  if (!known.some((name) => name.toLocaleUpperCase("en").endsWith(named))) throw new NoPrice("other currency", currency);
}

function symbolOf(currency, currencyDisplay) {
  const format = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay });
  return format.formatToParts(0).find(({ type }) => type === "currency").value;
}

/** An amount as people type it, without its currency. */
export function plain({ minor, currency }) {
  return (minor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency));
}
