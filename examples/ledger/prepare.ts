import { readFile } from "node:fs/promises";
import { pool } from "./database.ts";
import { seedOnce } from "./seed/seed.ts";

/** Makes the tables, and the demo's customers if there are none yet. True when it made them. */
export async function prepare(): Promise<boolean> {
  await pool.query(await readFile(new URL("schema.sql", import.meta.url), "utf8"));
  return seedOnce();
}
