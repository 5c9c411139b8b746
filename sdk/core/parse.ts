/** Alongside answered something that the SDK does not understand. Treated like no answer. */
export class Malformed extends Error {
  override name = "Malformed";
}

export type Fields = Readonly<Record<string, unknown>>;

export function fields(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Malformed("not an object");
  return { ...value };
}

export function text(from: Fields, name: string): string {
  const value = from[name];
  if (typeof value !== "string" || value === "") throw new Malformed(`${name} is not a text`);
  return value;
}

export function textOrNull(from: Fields, name: string): string | null {
  const value = from[name];
  return typeof value === "string" && value !== "" ? value : null;
}

export function number(from: Fields, name: string): number {
  const value = from[name];
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new Malformed(`${name} is not a number`);
  return value;
}

/** A moment given as epoch seconds or as ISO text, in ms. */
export function momentOrNull(from: Fields, name: string): number | null {
  const value = from[name];
  const ms = typeof value === "number" ? value * 1000 : Date.parse(String(value));
  return Number.isFinite(ms) ? ms : null;
}

export function moment(from: Fields, name: string): number {
  const ms = momentOrNull(from, name);
  if (ms === null) throw new Malformed(`${name} is not a moment`);
  return ms;
}

export function scope(from: Fields): "read" | "write" {
  const value = from.scope;
  if (value !== "read" && value !== "write") throw new Malformed("scope is neither read nor write");
  return value;
}
