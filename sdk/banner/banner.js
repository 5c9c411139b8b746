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
    tellOtherTabs(this.dataset);
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
    if (!banner.querySelector(".alongside-end")) banner.innerHTML = html;
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

/** What the keyboard gave and is not saved. Never a password. */
function changedFields() {
  const fields = [...document.querySelectorAll("main :is(input, textarea, select)")];
  return fields.filter((field) => {
    if (["hidden", "password", "submit", "button", "reset", "file"].includes(field.type))
      return false;
    if (field.matches("select"))
      return [...field.options].some((option) => option.selected !== option.defaultSelected);
    if (isToggle(field)) return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  });
}

/**
 * Keeps what was typed and not saved, in this tab only. `sent`: with a form, which may well be saved; then it is
 * offered only where the next page says that it was not.
 */
function keepUnsaved(sent = false) {
  const banner = document.querySelector("alongside-banner");
  const kept = changedFields().map((field) => ({
    ...{ name: field.name, nth: namesakes(field).indexOf(field), label: nameOf(field) },
    ...{ value: field.value, checked: isToggle(field) ? field.checked : null },
  }));
  if (kept.length === 0) return;
  const { subject } = banner?.dataset ?? {};
  const page = pageHere();
  sessionStorage.setItem(keptKey, JSON.stringify({ sent, page, subject, fields: kept }));
}

const isToggle = ({ type }) => type === "checkbox" || type === "radio";

const namesakes = ({ name }) =>
  [...document.querySelectorAll("main :is(input, textarea, select)")].filter(
    (field) => field.name === name,
  );

function keptBefore() {
  try {
    return JSON.parse(sessionStorage.getItem(keptKey) ?? "null");
  } catch {
    return null;
  }
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

/** What was kept is offered where a page says that it was not saved, or where it was typed; else it is forgotten. */
function offerUnsaved() {
  const kept = keptBefore();
  const banner = document.querySelector("alongside-banner");
  const place = document.querySelector("template[data-alongside-unsaved]");
  if (!kept) return;
  if (place) offerToCopy(kept, place);
  if (!banner || banner.dataset.subject !== kept.subject || (kept.sent && !place))
    sessionStorage.removeItem(keptKey);
  else if (place) sessionStorage.setItem(keptKey, JSON.stringify({ ...kept, sent: false }));
  else if (banner.dataset.page === kept.page) offerToPutBack(kept, banner);
}

/** A page may offer `<template data-alongside-unsaved>`: shown with a button that copies the text. */
function offerToCopy({ fields }, place) {
  const texts = fields.filter(({ checked }) => checked === null);
  const text = texts.map(({ label, value }) => `${label}: ${value}`).join("\n");
  if (!text) return;
  const shown = place.content.cloneNode(true);
  const button = shown.querySelector("button");
  const words = shown.querySelector("[data-alongside-text]");
  if (words) words.textContent = text;
  button?.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  });
  place.replaceWith(shown);
}

/** In the band of the page where it was typed. Nothing is filled in before the agent says so. */
function offerToPutBack({ fields }, banner) {
  const row = document.createElement("div");
  row.className = "alongside-kept";
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "Not saved");
  const words = document.createElement("span");
  words.textContent = "What you typed here before is not saved.";
  const [back, away] = ["Put it back", "Discard"].map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "alongside-button";
    button.textContent = name;
    return button;
  });
  const over = () => {
    sessionStorage.removeItem(keptKey);
    row.remove();
  };
  back.addEventListener("click", () => {
    const filled = fields.map(fillIn).filter(Boolean);
    over();
    filled[0]?.focus();
  });
  away.addEventListener("click", over);
  row.append(words, back, away);
  banner.querySelector(".alongside-in")?.after(row);
  const line = banner.querySelector(".alongside-say");
  if (line) line.textContent = words.textContent;
}

function fillIn({ name, nth, value, checked }) {
  const found = document.querySelectorAll("main :is(input, textarea, select)");
  const field = [...found].filter((one) => one.name === name)[nth];
  if (!field || ["hidden", "password", "file"].includes(field.type)) return null;
  if (isToggle(field)) field.checked = checked;
  else field.value = value;
  for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
  return field;
}

/** The page as it is now, by a GET: to reload what came by a form would send the form again. */
function showAnew() {
  keepUnsaved();
  // With the origin: a path that begins with "//" alone would be another host.
  location.replace(location.origin + pageHere());
}

/** One browser, one session: another tab that shows an earlier one, or acts where this one only looks, shows itself anew. */
function tellOtherTabs({ sid, started, scope }) {
  const channel = new BroadcastChannel("alongside");
  channel.addEventListener("message", ({ data }) => {
    const isNarrowed = data?.sid === sid && data.scope === "read" && scope === "write";
    if (isNarrowed || data?.started > Number(started)) showAnew();
  });
  channel.postMessage({ sid, scope, started: Number(started) });
}

/** Where this page is got by a GET: as the server says, or where it has come to by itself since. */
function pageHere() {
  const here = location.pathname + location.search;
  const [navigation] = performance.getEntriesByType("navigation");
  const { pathname, search } = new URL(navigation?.name ?? location.href);
  const { page } = document.querySelector("alongside-banner")?.dataset ?? {};
  return pathname + search === here ? (page ?? here) : here;
}

/** The way to acting, and back to looking, comes back to here, wherever the page has come to by itself. */
function leadBackHere(event) {
  const page = pageHere();
  const act = event.target.closest?.("a.alongside-act");
  const look = event.target.closest?.("form.alongside-look");
  if (!act && !look) return;
  keepUnsaved();
  if (look) look.action = withPage(look.action, "page", page);
  if (act?.dataset.state === "possible")
    act.href = withPage(act.href, "url", location.origin + page);
}

function withPage(address, name, page) {
  const url = new URL(address);
  url.searchParams.set(name, page);
  return url.href;
}

document.addEventListener("submit", (event) => {
  if (event.target.closest("alongside-banner")) leadBackHere(event);
  else keepUnsaved(true);
});
document.addEventListener("click", leadBackHere);
// A page from the back-forward cache shows what may be over by now.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) showAnew();
});
customElements.define("alongside-banner", AlongsideBanner);
offerUnsaved();
