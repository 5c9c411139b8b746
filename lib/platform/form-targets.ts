import { setTimeout as delay } from "node:timers/promises";
import { productOrigins } from "#lib/directory/products.ts";
import { database } from "./database.ts";

const FRESH_MS = 5_000;
/** A page does not wait longer for a database that is slow or down; its forms then lead where they led before. */
const PATIENCE_MS = 500;

let known: string[] = [];
let askedAt = 0;
let asking: Promise<void> | null = null;

/** Origins of all registered products, where a form may lead; at most 5 s old while the database answers. */
export async function formTargets(): Promise<string[]> {
  if (Date.now() - askedAt < FRESH_MS) return known;
  asking ??= ask();
  await Promise.race([asking, delay(PATIENCE_MS, undefined, { ref: false })]);
  return known;
}

async function ask(): Promise<void> {
  try {
    known = await productOrigins(database());
  } catch {
    // The page itself says that the database is down.
  } finally {
    askedAt = Date.now();
    asking = null;
  }
}
