import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort } from "#db/embedded/port.ts";
import { requireFreePort } from "./claims.ts";
import { readSettings } from "./settings.ts";

let DATA_DIR: string;
beforeAll(async () => {
  DATA_DIR = await mkdtemp(join(tmpdir(), "alongside-settings-"));
});
afterAll(() => rm(DATA_DIR, { recursive: true }));

const read = (variables: Record<string, string>) =>
  readSettings({ NODE_ENV: "production", DATA_DIR, ...variables });
const own = {
  DATABASE_URL: "postgres://run:r@127.0.0.1/alongside",
  DATABASE_OWNER_URL: "postgres://own:o@127.0.0.1/alongside",
};

it("needs nothing set: a demo with secrets of its own, readable by their owner only", async () => {
  const first = await read({});
  expect(first).toMatchObject({ isDemo: true, database: null, port: 3000, ledgerPort: 3001 });
  expect((await stat(join(DATA_DIR, "secrets.json"))).mode & 0o777).toBe(0o600);
  expect((await read({})).keys).toEqual(first.keys);
});

it("takes an empty variable for one that is not set", async () => {
  expect(await read({ DATABASE_URL: "", PORT: "" })).toMatchObject({ isDemo: true, port: 3000 });
});

it("names every secret that is missing beside a database of one's own, and makes none up", async () => {
  await expect(
    read({ ...own, LEDGER_DATABASE_URL: "postgres://ledger@127.0.0.1/ledger" }),
  ).rejects.toThrow(
    "set NEXTAUTH_SECRET, ALONGSIDE_SIGNING_KEYS, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY, LEDGER_CLIENT_SECRET too",
  );
  await expect(read({ DATABASE_URL: own.DATABASE_URL, DEMO: "1" })).rejects.toThrow(
    "set DATABASE_OWNER_URL too",
  );
});

it("has no people without passwords beside a database of one's own, unless told so", async () => {
  const keys = {
    NEXTAUTH_SECRET: "a",
    ALONGSIDE_SIGNING_KEYS: "b",
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: "c",
  };
  expect(await read({ ...own, ...keys })).toMatchObject({ isDemo: false, kept: null });
  expect(await read({ ...own, DEMO: "1" })).toMatchObject({ isDemo: true });
});

it("names a taken port and what moves it", async () => {
  const port = await freePort();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
  await expect(requireFreePort(port, "LEDGER_PORT")).rejects.toThrow(
    `Port ${port} is taken by another program: end that one, or set LEDGER_PORT`,
  );
  await new Promise((resolve) => other.close(resolve));
  await requireFreePort(port, "LEDGER_PORT");
});
