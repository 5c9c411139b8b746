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

const signOn = {
  OIDC_ISSUER: "https://login.example.com/tenant/",
  OIDC_CLIENT_ID: "alongside",
  OIDC_CLIENT_SECRET: "a secret of the issuer's",
};

it("with an issuer is no demo, embedded database or not, and keeps secrets of its own", async () => {
  const folder = await mkdtemp(join(tmpdir(), "alongside-settings-"));
  const settings = await read({ DATA_DIR: folder, ...signOn });
  expect(settings).toMatchObject({
    isDemo: false,
    database: null,
    signOn: { clientId: "alongside" },
  });
  expect(settings.kept?.isNew).toBe(true);
  expect(settings.keys.NEXTAUTH_SECRET).toHaveLength(43);
  await expect(read({ DATA_DIR: folder })).rejects.toThrow("is your company's, so no demo starts");
  await rm(folder, { recursive: true });
});

it("does not bring a company into the demo's data", async () => {
  await read({});
  await expect(read(signOn)).rejects.toThrow("is the demo's: set DATA_DIR to another folder");
  expect(await read({ ...signOn, DEMO: "1" })).toMatchObject({ isDemo: true });
});

it("names what is missing or wrong of a sign-on, and starts nothing", async () => {
  await expect(read({ OIDC_ISSUER: signOn.OIDC_ISSUER })).rejects.toThrow(
    "The sign-on is not whole: OIDC_CLIENT_ID is not set; OIDC_CLIENT_SECRET is not set. Nothing was started.",
  );
  await expect(read({ OIDC_NAME: "Acme" })).rejects.toThrow("OIDC_ISSUER is not set");
  for (const [wrong, why] of [
    ["http://login.example.com", "is not an https address"],
    ["login.example.com", "is not an https address"],
    ["http://localhost.example.com", "is not an https address"],
    ["https://login.example.com/?tenant=1", "is more than the issuer"],
    ["https://login.example.com/.well-known/openid-configuration", "is more than the issuer"],
  ] as const)
    await expect(read({ ...signOn, OIDC_ISSUER: wrong }), wrong).rejects.toThrow(why);
  await expect(read({ ...signOn, OIDC_SCOPE: "email openids" })).rejects.toThrow(
    "OIDC_SCOPE does not hold openid",
  );
});

it("takes an issuer on loopback without https", async () => {
  for (const OIDC_ISSUER of [
    "http://127.0.0.1:4000",
    "http://localhost:4000/a",
    "http://[::1]:4000",
  ])
    expect((await read({ ...signOn, OIDC_ISSUER, DEMO: "1" })).signOn?.issuer).toBe(OIDC_ISSUER);
});
