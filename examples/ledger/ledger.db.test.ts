import { beforeEach, expect, test } from "vitest";
import { browser } from "#sdk/test/browser.ts";
import { halvor, standInFor, startLedger } from "./testing.ts";

const { issuer, url, pool, signIn } = await startLedger();

beforeEach(() => standInFor(issuer, halvor));

/** The fields of the invoice's form as the page has them, with some of them changed. */
async function formOf(
  own: ReturnType<typeof browser>,
  path: string,
  change: Record<string, string>,
) {
  const html = await (await own.visit(path)).text();
  const value = (name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
  const client = /<option value="(cli_[^"]+)" selected>/.exec(html)?.[1] ?? "";
  const names = ["_as", "version", "issued_on", "due_on", "description", "quantity", "price"];
  const form = Object.fromEntries(names.map((name) => [name, value(name)]));
  return { ...form, client, vat: "21", note: "", ...change };
}

const rowOf = async (query: string) => (await pool.query(query)).rows[0];

test("a customer’s own session is untouched while support stands in", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const facts = `SELECT s.*, u.last_seen_at AS seen FROM sign_ins s JOIN users u ON u.id = s.user_id
    WHERE u.id = 'usr_2MX81C'`;
  await pool.query("UPDATE sign_ins SET last_seen_at = now() - interval '1 hour'");
  const before = await rowOf(facts);

  const agent = browser(url);
  await agent.enter(issuer.origin, "/invoices");
  expect(await (await agent.visit("/invoices")).text()).toContain("(ACTING as Halvor Venn-Ruiz)");
  expect(agent.jar.has("ledger_session")).toBe(false);
  expect(await rowOf(facts)).toEqual(before);
  expect((await own.visit("/invoices")).status).toBe(200);
  expect(await rowOf(facts)).not.toEqual(before);
});

test("in one browser the impersonation is in force, and its end leads back", async () => {
  const both = await signIn("olu@pebblewick.test");
  await both.enter(issuer.origin, "/invoices");
  const inside = await (await both.visit("/invoices")).text();
  expect(inside).toContain("Olu Braithe’s own session is signed in beside it");
  expect(inside).toContain("Halvor Venn-Ruiz · Ardent Loom");
  await both.post("/alongside/end");
  const outside = await (await both.visit("/invoices")).text();
  expect(outside).toContain("Olu Braithe · Pebblewick Bakery");
  expect(outside).not.toContain("<alongside-banner");
});

test("the history names the true author", async () => {
  const agent = browser(url);
  await agent.enter(issuer.origin);
  const form = await formOf(agent, "/invoices/INV-0315", { note: "Corrected by phone" });
  expect((await agent.post("/invoices/INV-0315", {}, form)).status).toBe(303);
  const own = await signIn("halvor@ardentloom.test");
  const page = await (await own.visit("/invoices/INV-0315")).text();
  expect(page).toContain("<strong>Ledger Support, for Halvor</strong> changed the invoice");
  expect(page).toContain("<ins>Corrected by phone</ins>");
});

test("who saves second is told, and keeps the text", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const agent = browser(url);
  await agent.enter(issuer.origin);
  const mine = await formOf(own, "/invoices/INV-0312", { note: "From Halvor" });
  const theirs = await formOf(agent, "/invoices/INV-0312", { note: "From support" });
  expect((await own.post("/invoices/INV-0312", {}, mine)).status).toBe(303);
  const late = await agent.post("/invoices/INV-0312", {}, theirs);
  expect(late.status).toBe(409);
  expect(await late.text()).toContain(">From support</textarea>");
  const kept = await rowOf("SELECT note FROM invoices WHERE number = 312 AND note LIKE 'From%'");
  expect(kept).toEqual({ note: "From Halvor" });
});

test("a form that was opened while standing in is not sent as the customer", async () => {
  const both = await signIn("halvor@ardentloom.test");
  await both.enter(issuer.origin);
  const form = await formOf(both, "/invoices/INV-0315", { note: "Left over" });
  await both.post("/alongside/end");
  expect((await both.post("/invoices/INV-0315", {}, form)).status).toBe(409);
  expect(await rowOf("SELECT 1 FROM invoices WHERE note = 'Left over'")).toBe(undefined);
});

test("another site’s form changes nothing", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const form = await formOf(own, "/invoices/INV-0315", { note: "Forged" });
  const sent = await own.post("/invoices/INV-0315", { origin: "https://elsewhere.test" }, form);
  expect(sent.status).toBe(403);
});

test("another account’s things do not exist", async () => {
  const own = await signIn("olu@pebblewick.test");
  expect((await own.visit("/invoices/INV-2213")).status).toBe(404);
  const { id } = await rowOf("SELECT id FROM clients WHERE account_id = 'acc_91TLWF' LIMIT 1");
  expect((await own.visit(`/clients/${id}`)).status).toBe(404);
});

test("every page of the list is another one, and together they are all", async () => {
  const own = await signIn("jane.ashdown@tallowfield.test");
  const numbers: string[] = [];
  let path: string | undefined = "/invoices";
  while (path) {
    const html: string = await (await own.visit(path)).text();
    numbers.push(
      ...[...html.matchAll(/>(INV-\d+)<\/a><\/td>/g)].map(([, number]) => String(number)),
    );
    path = /href="([^"]+)">Next page/.exec(html)?.[1]?.replaceAll("&amp;", "&");
  }
  expect(numbers).toHaveLength(148);
  expect(new Set(numbers).size).toBe(148);
});

test("what no database can store is refused like any other wrong answer", async () => {
  const own = browser(url);
  expect((await own.post("/sign-in", {}, { email: "a\0", password: "b\0" })).status).toBe(422);
  expect((await own.post("/sign-in")).status).toBe(422);
  const halvor = await signIn("halvor@ardentloom.test");
  const form = await formOf(halvor, "/invoices/new", { issued_on: "2026-02-31", note: "a\0b" });
  expect((await halvor.post("/invoices", {}, form)).status).toBe(422);
});
