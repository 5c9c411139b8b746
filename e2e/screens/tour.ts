import type { Page } from "@playwright/test";
import type pg from "pg";

/** A page by its address, as somebody sees it: the area and the state are what the contact sheet calls it. */
export type Stop = readonly [area: string, state: string, path: string];

/** Takes one page after another. */
export async function tour(
  page: Page,
  shoot: (page: Page, area: string, state: string) => Promise<void>,
  stops: readonly Stop[],
): Promise<void> {
  for (const [area, state, path] of stops) {
    await page.goto(path);
    await shoot(page, area, state);
  }
}

/** The one value of a query that must find something: the past that the pictures are of. */
export async function one(owner: pg.Pool, query: string, values: unknown[] = []): Promise<string> {
  const { rows } = await owner.query<Record<string, unknown>>(query, values);
  const [value] = Object.values(rows[0] ?? {});
  if (value === undefined || value === null) throw new Error(`Found nothing: ${query}`);
  return String(value);
}
