/**
 * Behaviour of <alongside-banner>. Served as it is, as a module, from the product's own origin.
 * Everything that must be true without script (words, End) is in the HTML already.
 */

const keptKey = "alongside.unsaved";
/** Left at these moments, in seconds, the time is announced; not each second. */
const spoken = new Map([
  [300, "5 minutes left."],
  [60, "1 minute left."],
  [0, "The time is over."],
]);

/** Alongside's clock minus this machine's. The page began to arrive when the server wrote its time. */
function clockOffset(serverNow) {
  const [navigation] = performance.getEntriesByType("navigation");
  const arrived = performance.timeOrigin + (navigation?.responseStart ?? performance.now());
  return serverNow - arrived;
}

function countdown(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

class AlongsideBanner extends HTMLElement {
  connectedCallback() {
    if (this.started) return;
    this.started = true;
    this.expires = Number(this.dataset.expires);
    this.offset = clockOffset(Number(this.dataset.now));
    this.last = Number.POSITIVE_INFINITY;
    this.tick();
    stayFirst(this);
    keepTitle(this.dataset.title ?? "");
    new ResizeObserver(() => {
      document.documentElement.style.setProperty("--alongside-height", `${this.offsetHeight}px`);
    }).observe(this);
  }

  tick() {
    const ms = this.expires - (Date.now() + this.offset);
    const seconds = Math.max(0, Math.floor(ms / 1000));
    const time = this.querySelector("time");
    if (time) {
      time.textContent = countdown(seconds);
      time.dateTime = `PT${seconds}S`;
    }
    this.lastMinute(seconds < 60 && this.dataset.state !== "paused");
    this.announce(seconds);
    if (ms <= 0) {
      keepUnsaved();
      // The server's word counts: give its clock the second that rounding took.
      setTimeout(() => location.replace(this.dataset.after ?? "/"), 1000);
      return;
    }
    setTimeout(() => this.tick(), ms % 1000 || 1000);
  }

  lastMinute(yes) {
    for (const line of this.querySelectorAll("[data-when]"))
      line.hidden = (line.dataset.when === "last") !== yes;
  }

  announce(seconds) {
    for (const [at, words] of spoken) {
      if (seconds <= at && this.last > at && Number.isFinite(this.last)) {
        const line = this.querySelector(".alongside-say");
        if (line) line.textContent = words;
      }
    }
    this.last = seconds;
  }
}

/** Puts the banner back when something removes, moves or hides it. */
function stayFirst(banner) {
  const html = banner.innerHTML;
  let waiting = false;
  const check = () => {
    waiting = false;
    if (!document.body) return;
    if (document.body.firstElementChild !== banner) document.body.prepend(banner);
    for (const name of ["style", "hidden", "class", "inert", "aria-hidden"])
      if (banner.hasAttribute(name)) banner.removeAttribute(name);
    if (!banner.querySelector("form button")) banner.innerHTML = html;
  };
  // In a frame of its own: two observers that undo each other must not hang the page.
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(check);
  };
  new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true });
  new MutationObserver(soon).observe(banner, { attributes: true });
}

function keepTitle(prefix) {
  const mark = () => {
    if (!document.title.startsWith(prefix)) document.title = prefix + document.title;
  };
  mark();
  const watched = { childList: true, subtree: true, characterData: true };
  new MutationObserver(mark).observe(document.head, watched);
}

/** Texts that were typed and not saved: they outlive the session in this tab only. */
function keepUnsaved() {
  const fields = [...document.querySelectorAll("main :is(input, textarea)")].filter(
    (field) =>
      !["hidden", "password", "checkbox", "radio", "submit", "file"].includes(field.type) &&
      field.value !== field.defaultValue,
  );
  const lines = fields.map((field) => `${nameOf(field)}: ${field.value}`);
  if (lines.length > 0) sessionStorage.setItem(keptKey, lines.join("\n"));
}

/** A label without the text of a field inside it. */
function nameOf(field) {
  const label = field.labels?.[0];
  const words = [...(label?.childNodes ?? [])].filter((node) => node.nodeType === Node.TEXT_NODE);
  return (
    words
      .map((node) => node.data.trim())
      .join(" ")
      .trim() || field.name
  );
}

/** A page may offer `<template data-alongside-unsaved>`: shown with a button that copies the text. */
function offerUnsaved() {
  const kept = sessionStorage.getItem(keptKey);
  const place = document.querySelector("template[data-alongside-unsaved]");
  sessionStorage.removeItem(keptKey);
  if (!place || !kept) return;
  const shown = place.content.cloneNode(true);
  const button = shown.querySelector("button");
  const words = shown.querySelector("[data-alongside-text]");
  if (words) words.textContent = kept;
  button?.addEventListener("click", async () => {
    await navigator.clipboard.writeText(kept);
    button.textContent = "Copied";
  });
  place.replaceWith(shown);
}

offerUnsaved();
document.addEventListener("submit", (event) => {
  if (!event.target.closest("alongside-banner")) keepUnsaved();
});
// A page from the back-forward cache shows what may be over by now.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
customElements.define("alongside-banner", AlongsideBanner);
