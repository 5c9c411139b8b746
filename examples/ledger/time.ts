import { html, type Markup } from "./html.ts";

const dayFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const momentFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

const monthFormat = new Intl.DateTimeFormat("en-GB", {
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** `24 Nov 2026`, from `2026-11-24`. */
export function day(date: string): string {
  return dayFormat.format(new Date(`${date}T00:00:00Z`));
}

/** `24 Nov, 10:34`, with the whole moment for who asks. */
export function moment(at: Date): Markup {
  return html`<time datetime="${at.toISOString()}">${momentFormat.format(at)} UTC</time>`;
}

/** `Nov 2026`, from `2026-11`. */
export function month(text: string): string {
  return monthFormat.format(new Date(`${text}-01T00:00:00Z`));
}

export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** `2026-02-31` is none, though JavaScript would make it the third of March. */
export function isDay(text: string): boolean {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isFinite(at.getTime()) && at.toISOString().startsWith(text);
}
