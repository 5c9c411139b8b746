/** Clock time in UTC, for pages that the server writes: it does not know the reader's zone. */
export function clock(at: number, precision: "minutes" | "seconds" = "minutes"): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(11, precision === "seconds" ? 19 : 16)} UTC`;
}

/** `30 Nov, 10:36 UTC`, for what may be of another day. */
export function dayAndClock(at: number): string {
  const day = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" });
  return `${day.format(at)}, ${clock(at)}`;
}

export function possessive(name: string): string {
  return `${name}’s`;
}

export function minutesBetween(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) / 60_000));
}

/** `12:41`, as the banner counts. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
