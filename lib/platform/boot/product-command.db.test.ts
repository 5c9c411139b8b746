import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { exportSPKI, generateKeyPair } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { hashSecret, newId } from "#lib/kernel/ids.ts";
import { productCommand } from "./product-command.ts";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), "alongside-keys-"));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** As `npm run product -- …` does; gives what it prints. */
async function product(...args: string[]): Promise<string> {
  const perform = await productCommand(args);
  const from = { ip: null, userAgent: "npm run product", requestId: newId() };
  const actor = { kind: "system" as const, part: "command" as const };
  return perform({ db: drizzle(database.owner), actor, ...from });
}
const row = async (clientId: string) => {
  const { rows } = await database.owner.query("select * from products where client_id = $1", [
    clientId,
  ]);
  return rows[0];
};
const entries = async () => {
  const { rows } = await database.owner.query(
    `select e.event, p.body::jsonb ->> 'what' as what, p.body from audit_entry e
     join audit_payload p on p.entry_id = e.id where event like 'product.%' order by e.occurred_at`,
  );
  return rows;
};
const secretIn = (printed: string) => /^ALONGSIDE_CLIENT_SECRET=(\S+)$/m.exec(printed)?.[1] ?? "";
const origin = "https://ledger.example.com";

test("a product is added with its secret shown once, changed, given another secret, and listed", async () => {
  expect(await product("list")).toContain("No product is registered.");
  const added = await product("add", "ledger", "--name", "Ledger", "--origin", origin);
  const secret = secretIn(added);
  expect(secret).toHaveLength(43);
  expect(await row("ledger")).toMatchObject({
    name: "Ledger",
    environment: "production",
    redirect_uris: [`${origin}/alongside/callback`],
    initiate_login_uri: `${origin}/alongside/login`,
    secret_hash: hashSecret(secret).toString("hex"),
  });
  await expect(product("add", "ledger", "--name", "L", "--origin", origin)).rejects.toThrow(
    "There is a product ledger already.",
  );

  await product(
    "change",
    "ledger",
    "--redirect-uri",
    `${origin}/a`,
    "--redirect-uri",
    `${origin}/b`,
  );
  expect((await row("ledger")).redirect_uris).toEqual([`${origin}/a`, `${origin}/b`]);
  await expect(product("change", "ledger", "--origin", "https://new.example.com")).rejects.toThrow(
    "is not on https://new.example.com",
  );

  const rotated = secretIn(await product("rotate-secret", "ledger", "--overlap", "2"));
  expect(await row("ledger")).toMatchObject({
    secret_hash: hashSecret(rotated).toString("hex"),
    previous_secret_hash: hashSecret(secret).toString("hex"),
  });
  await product("rotate-secret", "ledger", "--overlap", "0");
  expect(await row("ledger")).toMatchObject({ previous_secret_hash: null });

  const listed = await product("list");
  expect(listed).toContain("ledger  Ledger, production, has a secret");
  const told = await entries();
  expect(told.map(({ event, what }) => `${event} ${what}`)).toEqual([
    "product.added Ledger was registered as a product",
    "product.changed Ledger: redirectUris changed",
    "product.changed Ledger got a new client secret",
    "product.changed Ledger got a new client secret",
  ]);
  for (const printed of [listed, JSON.stringify(told)]) {
    expect(printed).not.toContain(secret);
    expect(printed).not.toContain(rotated);
  }
});

test("a product that signs has no secret", async () => {
  const { publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  const file = join(folder, "key.pem");
  await writeFile(file, await exportSPKI(publicKey));
  const where = ["--origin", "http://127.0.0.1:4000", "--environment", "staging"];
  const added = await product("add", "signer", "--name", "Signer", ...where, "--public-key", file);
  expect(secretIn(added)).toBe("");
  expect(await row("signer")).toMatchObject({
    secret_hash: null,
    jwks: { keys: [{ kty: "OKP", crv: "Ed25519" }] },
  });
  await product("change", "ledger", "--public-key", file);
  expect(await row("ledger")).toMatchObject({ secret_hash: null, previous_secret_hash: null });
});

test.each([
  [["add", "x1", "--name", "X"], "--origin is missing."],
  [["add", "x1", "--origin", origin], "--name is missing."],
  [["add", "x1", "--name", "X", "--origin", "http://x.test"], "--origin must be https"],
  [
    ["add", "x1", "--name", "X", "--origin", origin, "--redirect-uri", "https://evil.test/cb"],
    "--redirect-uri https://evil.test/cb is not on",
  ],
  [
    ["add", "x1", "--name", "X", "--origin", origin, "--public-key", "none.pem"],
    "none.pem cannot be read.",
  ],
  [
    ["add", "x1", "--name", "X", "--origin", origin, "--environment", "live"],
    "--environment must be production or staging or demo.",
  ],
  [["add", "X", "--name", "X", "--origin", origin], "CLIENT_ID must be"],
  [["add", "--name", "X"], "npm run product -- list"],
  [["list", "ledger"], "npm run product -- list"],
  [["list", "--name", "X"], "--name is not for list."],
  [["remove", "ledger"], "npm run product -- list"],
  [["rotate-secret", "ledger", "--overlap", "-1"], "--overlap"],
  [["rotate-secret", "ledger", "--overlap", "x"], "--overlap is not a number."],
  [["rotate-secret", "nobody"], "There is no product nobody."],
  [["add", "x1", "--secret", "mine"], "Unknown option"],
])("%j is refused in words", async (args, words) => {
  await expect(product(...args)).rejects.toThrow(words);
  expect(await row("x1")).toBeUndefined();
});
