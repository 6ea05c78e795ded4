/** What one person attaches: photos, files, and the way to a place. */

import { chooseFiles, previewFiles } from "./attach.js";
import { icon } from "./dom.js";
import { upload } from "./link.js";
import { openMenu } from "./sheet.js";

export class Files {
  constructor(pane) {
    this.pane = pane;
  }

  openMenu(anchor) {
    const choose = async (accept, asFile) => this.preview(await chooseFiles(accept), asFile);
    openMenu(anchor, [
      { label: "Photo", picture: icon("photo"), act: () => choose("image/*", false) },
      { label: "File", picture: icon("file"), act: () => choose("", true) },
      { label: "Location", picture: icon("pin"), act: () => this.pane.places.pick("Send this location") },
    ]);
  }

  /** Shows files that were chosen, pasted or dropped; friends only talk. */
  preview(files, asFile = false) {
    if (!files.length || this.pane.chat !== "bot") return;
    previewFiles(this.pane.element, files, {
      asFile,
      send: (...what) => this.send(...what),
      warn: (text) => this.pane.note(text),
    });
  }

  async send(files, caption, as) {
    try {
      await upload(this.pane.person.id, files, caption, as);
    } catch (error) {
      this.pane.note(`Not sent: ${error.message}`);
    }
  }
}
