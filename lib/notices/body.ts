import { z } from "zod";

const body = z.record(z.string(), z.unknown());

/** An entry's payload; empty where it was erased, or is none: what cannot be read must keep no other notice back. */
export function bodyOf(payload: string | null): Record<string, unknown> {
  if (payload === null) return {};
  try {
    return body.parse(JSON.parse(payload));
  } catch {
    return {};
  }
}
