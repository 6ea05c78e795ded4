/** Moves the sheet with a finger: by its grip and bar, and by its body where that is at its top. */
export class Drag {
  constructor(sheet) {
    this.sheet = sheet;
    sheet.element.addEventListener("pointerdown", (event) => this.begin(event));
    // A quick mouse leaves the sheet before its first move is told.
    window.addEventListener("pointermove", (event) => this.move(event));
    window.addEventListener("pointerup", (event) => this.end(event));
    window.addEventListener("pointercancel", (event) => this.end(event));
  }

  begin(event) {
    const { sheet } = this;
    if (sheet.isWide || !event.isPrimary || event.button !== 0 || !sheet.isHeldBy(event.target)) return;
    const top = sheet.element.getBoundingClientRect().top;
    this.held = { id: event.pointerId, from: event.clientY, top, last: event, speed: 0, moved: false };
  }

  move(event) {
    const { held, sheet } = this;
    if (!held || event.pointerId !== held.id) return;
    const by = event.clientY - held.from;
    if (!held.moved && Math.abs(by) < 6) return;
    held.moved = true;
    const time = Math.max(1, event.timeStamp - held.last.timeStamp);
    held.speed = 0.6 * ((event.clientY - held.last.clientY) / time) + 0.4 * held.speed;
    held.last = event;
    sheet.element.classList.add("dragged");
    const top = Math.max(sheet.topOf("full") - 20, held.top + by);
    sheet.element.style.setProperty("--drag", `${top}px`);
  }

  end(event) {
    const { held, sheet } = this;
    if (!held || event.pointerId !== held.id) return;
    this.held = null;
    sheet.element.classList.remove("dragged");
    if (!held.moved) return;
    // The click that follows would toggle what was just dragged into place.
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 50);
    sheet.drop(sheet.element.getBoundingClientRect().top, held.speed);
  }
}

function swallow(event) {
  event.stopPropagation();
  event.preventDefault();
}
