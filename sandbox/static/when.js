/** Telegram's seconds in words. */

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long" });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });

export const timeOfDay = (seconds) => clock.format(seconds * 1000);
export const fullDate = (seconds) => new Date(seconds * 1000).toLocaleString();
export const dayKey = (seconds) => new Date(seconds * 1000).toDateString();

export function dayName(seconds) {
  const date = new Date(seconds * 1000);
  const now = new Date();
  if (date.toDateString() === now.toDateString()) return "Today";
  return (date.getFullYear() === now.getFullYear() ? day : dayAndYear).format(date);
}

export function countdown(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${Math.round(minutes / 60)} h`;
  return minutes ? `${minutes} min` : `${Math.max(0, Math.floor(seconds))} s`;
}
