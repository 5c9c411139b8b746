import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, expect, it } from "vitest";
import { testDatabase } from "#db/testing/database.ts";
import { newId } from "#lib/kernel/ids.ts";
import { guardGuesses } from "./guesses.ts";
import { limits } from "./limits.ts";

const database = await testDatabase();
afterAll(() => database.drop());
const from = (ip: string) => ({
  db: drizzle(database.runtime),
  actor: { kind: "anonymous" as const },
  ip,
  userAgent: null,
  requestId: newId(),
});
const guess = async (ip: string, times: number) => {
  for (let i = 0; i < times; i += 1) await guardGuesses(from(ip), null);
  return (await guardGuesses(from(ip), null))?.code ?? null;
};
const { most } = limits.client_guesses_from_source;
const age = (by: string) =>
  database.owner.query("update rate_limits set full_at = full_at - $1::interval", [by]);

it("refuses a source that guessed too often, even when it is right at last", async () => {
  expect(await guess("192.0.2.1", most)).toBe("too_often");
  expect((await guardGuesses(from("192.0.2.1"), newId()))?.code).toBe("too_often");
});

it("lets the same client in from elsewhere", async () => {
  const client = newId();
  expect(await guess("192.0.2.2", most)).toBe("too_often");
  expect(await guardGuesses(from("192.0.2.3"), client)).toBeNull();
});

it("lets a client in that was here before who guesses, on every panel", async () => {
  const client = newId();
  expect(await guardGuesses(from("192.0.2.4"), client)).toBeNull();
  expect(await guess("192.0.2.4", most)).toBe("too_often");
  expect(await guardGuesses(from("192.0.2.4"), client)).toBeNull();
  // Another panel has not seen it: a process that knows nothing asks the database.
  const { guardGuesses: anotherPanel } = await freshModule();
  expect(await anotherPanel(from("192.0.2.4"), client)).toBeNull();
  expect((await anotherPanel(from("192.0.2.4"), newId()))?.code).toBe("too_often");
});

it("forgets wrong answers with time", async () => {
  expect(await guess("192.0.2.5", most)).toBe("too_often");
  await age("10 minutes");
  expect(await guess("192.0.2.5", 0)).toBeNull();
});

async function freshModule(): Promise<typeof import("./guesses.ts")> {
  const { vi } = await import("vitest");
  vi.resetModules();
  return import("./guesses.ts");
}
