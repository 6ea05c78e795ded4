/** Photos, albums, documents and the lightbox. */

import { h, icon, iconButton } from "./dom.js";
import { fileUrl } from "./link.js";

const WIDEST = 2.2;
const NARROWEST = 0.55;
// How many pictures stand in each row, by the size of the album; a pair depends on its shapes.
const ROWS = {
  1: [1],
  3: [1, 2],
  4: [2, 2],
  5: [2, 3],
  6: [3, 3],
  7: [2, 2, 3],
  8: [2, 3, 3],
  9: [3, 3, 3],
  10: [3, 3, 4],
};

/** Lays the pictures of a message or an album out in rows that fill the bubble's width. */
export function mosaic(messages, ui) {
  const pictures = messages.map(pictureOf);
  const rows = split(pictures, rowSizes(pictures));
  const node = h(
    "div.mosaic",
    {},
    rows.map((row) => tiles(row, pictures, ui)),
  );
  node.classList.toggle("single", pictures.length === 1);
  if (pictures.length === 1) node.style.setProperty("--width", `${singleWidth(pictures[0])}px`);
  return node;
}

function pictureOf(message) {
  const media = message.video ?? largest(message.photo);
  const ratio = (media.width || 4) / (media.height || 3);
  const clamped = Math.min(WIDEST, Math.max(NARROWEST, ratio));
  return {
    url: fileUrl(media.file_id),
    video: Boolean(message.video),
    ratio: clamped,
    width: media.width,
    message,
  };
}

export const largest = (sizes) => sizes.reduce((best, size) => (size.width > best.width ? size : best));

/** A lone picture keeps its shape within 420 by 420, and is never wider than it really is by much. */
function singleWidth({ ratio, width }) {
  return Math.max(200, Math.min(420, 420 * ratio, (width || 420) * 1.5));
}

function rowSizes(pictures) {
  if (pictures.length !== 2) return ROWS[pictures.length] ?? [pictures.length];
  return pictures.every(({ ratio }) => ratio > 1.4) ? [1, 1] : [2];
}

function split(pictures, sizes) {
  let from = 0;
  return sizes.map((size) => pictures.slice(from, (from += size)));
}

function tiles(row, pictures, ui) {
  const total = row.reduce((sum, { ratio }) => sum + ratio, 0);
  const node = h(
    "div.mosaic-row",
    {},
    row.map((picture) => tile(picture, pictures, ui)),
  );
  node.style.setProperty("--ratio", total);
  return node;
}

function tile(picture, pictures) {
  const { message, url, video } = picture;
  const label = message.caption?.split("\n", 1)[0] ?? (video ? "Video" : "Photo");
  const image = video
    ? h("video", { src: url, controls: true, preload: "metadata", "aria-label": label })
    : h("img", { src: url, alt: label, loading: "lazy", decoding: "sync", draggable: "false" });
  const open = () =>
    lightbox(
      pictures.filter((one) => !one.video),
      picture,
    );
  const node = video
    ? h("div.tile", {}, image)
    : h("button.tile", { type: "button", "aria-label": `Open: ${label}`, onclick: open }, image);
  if (message.has_media_spoiler) node.classList.add("veiled");
  node.style.setProperty("--grow", picture.ratio);
  return node;
}

/** Shows pictures over the whole page; arrow keys turn them, Escape closes. */
export function lightbox(pictures, first) {
  let index = pictures.indexOf(first);
  const image = h("img", { alt: "" });
  const caption = h("p", { dir: "auto" });
  const dialog = h(
    "dialog.lightbox",
    { "aria-label": "Photo" },
    image,
    caption,
    iconButton("close", "Close", () => dialog.close()),
    pictures.length > 1 && iconButton("back", "Previous photo", () => turn(-1), { data: { turn: "back" } }),
    pictures.length > 1 && iconButton("back", "Next photo", () => turn(1), { data: { turn: "on" } }),
  );
  const turn = (step) => {
    index = (index + step + pictures.length) % pictures.length;
    image.src = pictures[index].url;
    caption.textContent = pictures[index].message.caption ?? "";
  };
  dialog.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowLeft") turn(-1);
    if (key === "ArrowRight") turn(1);
  });
  dialog.addEventListener("click", ({ target }) => (target === dialog || target === image) && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  turn(0);
  dialog.showModal();
}

export function documentRow(file) {
  const name = file.file_name ?? "file";
  const ending = name.includes(".") ? name.split(".").at(-1) : "";
  const picture = file.thumbnail && h("img", { src: fileUrl(file.thumbnail.file_id), alt: "" });
  return h(
    "a.document",
    { href: fileUrl(file.file_id), download: name, title: `Download ${name}` },
    h("span.document-icon", {}, picture ?? (ending.length <= 4 && ending ? ending : icon("file"))),
    h("span.document-name", { dir: "auto" }, name),
    h("span.document-size", {}, fileSize(file.file_size ?? 0)),
  );
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} kB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

/** What plays or moves, in the browser's own player. */
export function player(message) {
  if (message.sticker)
    return h("img.sticker", {
      src: fileUrl(message.sticker.file_id),
      alt: message.sticker.emoji ?? "Sticker",
    });
  if (message.animation)
    return h("video.animation", { src: fileUrl(message.animation.file_id), loop: true, controls: true });
  return h("audio", { src: fileUrl((message.audio ?? message.voice).file_id), controls: true });
}
