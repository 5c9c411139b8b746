import { setTimeout as delay } from "node:timers/promises";
import { productOrigins } from "#lib/directory/products.ts";
import { database } from "./database.ts";

const FRESH_MS = 5_000;
/** A page does not wait longer for a database that is slow or down; its forms then lead where they led before. */
const PATIENCE_MS = 500;

type Held = { origins: string[]; askedAt: number; asking: Promise<void> | null };
// On globalThis: the server and Next's bundles of one process share what they know.
const shared = globalThis as typeof globalThis & { alongsideFormTargets?: Held };
shared.alongsideFormTargets ??= { origins: [], askedAt: 0, asking: null };
const held = shared.alongsideFormTargets;

/** Origins of all registered products, where a form may lead; at most 5 s old while the database answers. */
export async function formTargets(): Promise<string[]> {
  if (Date.now() - held.askedAt < FRESH_MS) return held.origins;
  held.asking ??= ask();
  await Promise.race([held.asking, delay(PATIENCE_MS, undefined, { ref: false })]);
  return held.origins;
}

/** The same as they were last known, for the page that says that the database is out of reach. */
export const lastFormTargets = (): string[] => held.origins;

async function ask(): Promise<void> {
  try {
    held.origins = await productOrigins(database());
  } catch {
    // The page itself says that the database is down.
  } finally {
    held.askedAt = Date.now();
    held.asking = null;
  }
}
