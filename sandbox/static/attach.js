/** Choosing photos and files, and looking at them before they are sent. */

import { h, icon, iconButton } from "./dom.js";
import { fileSize } from "./media.js";
import { openSheet } from "./sheet.js";

const MOST = 10; // parts of an album
const SHOWN_AS_PHOTO = new Set(["image/jpeg", "image/png", "image/webp"]);

/** Lets the person choose files; resolves to none when they change their mind. */
export function chooseFiles(accept) {
  const input = h("input", { type: "file", multiple: true, accept });
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve([...input.files]));
    input.addEventListener("cancel", () => resolve([]));
    input.click();
  });
}

/** Shows files with a caption over a pane; `send(files, caption, as)` gets them when the person agrees. */
export function previewFiles(pane, chosen, { asFile = false, send, warn }) {
  if (chosen.length > MOST) warn(`An album has at most ${MOST} parts.`);
  let files = chosen.slice(0, MOST);
  const urls = new Map(files.map((file) => [file, URL.createObjectURL(file)]));
  const grid = h("div.preview-grid");
  const caption = h("textarea", {
    rows: "1",
    maxlength: "1024",
    dir: "auto",
    placeholder: "Add a caption",
    "aria-label": "Caption",
    data: { focus: "" },
  });
  const whole = h("input", { type: "checkbox" });
  whole.checked = asFile || !files.every(({ type }) => SHOWN_AS_PHOTO.has(type));
  whole.disabled = whole.checked && !asFile;
  const submit = () => {
    close();
    send(files, caption.value.trim(), whole.checked ? "document" : "photo");
  };
  caption.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  const drop = (file) => {
    files = files.filter((other) => other !== file);
    if (files.length) draw();
    else close();
  };
  const draw = () =>
    grid.replaceChildren(...files.map((file) => tile(file, urls.get(file), () => drop(file))));
  draw();
  const body = h(
    "div.preview",
    {},
    grid,
    h("label.switch", {}, whole, "Send as file, without compression"),
    h("div.preview-caption", {}, caption, h("button.primary", { type: "button", onclick: submit }, "Send")),
  );
  const close = openSheet(pane, {
    title: files.length > 1 ? `Send ${files.length} files` : "Send a file",
    body,
    onclose: () => urls.forEach((url) => URL.revokeObjectURL(url)),
  });
}

function tile(file, url, drop) {
  const picture = file.type.startsWith("image/")
    ? h("img", { src: url, alt: file.name })
    : h("span.document-icon", {}, icon("file"));
  return h(
    "figure",
    {},
    picture,
    h("figcaption", {}, `${file.name} · ${fileSize(file.size)}`),
    iconButton("close", `Leave out ${file.name}`, drop),
  );
}
