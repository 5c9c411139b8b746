import { beforeEach, expect, test } from "vitest";
import { halvor, send, standInFor, startLedger } from "./testing.ts";

const { issuer, signIn, agent, one } = await startLedger();
const account = "(SELECT account_id FROM users WHERE id = 'usr_2MX81C')";
const strand = await one<{ id: string }>(
  `SELECT id FROM clients WHERE account_id = ${account} AND name = 'Strand & Sloe Fabrics'`,
);
const path = `/clients/${strand?.id}`;
const typed = { name: "Strand & Sloe", email: "books@strand.test", city: "Malmö" };

beforeEach(() => standInFor(issuer, halvor));

test("a client is changed under the name of who did it", async () => {
  const support = await agent();
  expect((await send(support, `${path}/change`, path, typed)).status).toBe(303);
  const own = await signIn("halvor@ardentloom.test");
  const page = await (await own.visit(path)).text();
  expect(page).toContain("<strong>Ledger Support, for Halvor</strong> changed the client");
  expect(page).toContain("<h1>Strand &#38; Sloe</h1>");
  await send(own, `${path}/change`, path, { ...typed, name: "Strand & Sloe Fabrics" });
  expect(await (await own.visit(path)).text()).toContain(
    "<strong>Halvor Venn-Ruiz</strong> changed the client",
  );
});

test("who saves second is told, and nothing is lost", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const late = await send(own, `${path}/change`, path, { ...typed, version: "0" });
  expect(late.status).toBe(409);
  expect(await late.text()).toContain('value="Strand &#38; Sloe"');
});

test("who is archived is offered for no new invoice, and comes back", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const offered = async () =>
    (await (await own.visit("/invoices/new")).text()).includes(`${strand?.id}`);
  expect(await offered()).toBe(true);
  expect((await send(own, path, `${path}/archive`, {})).status).toBe(303);
  expect(await offered()).toBe(false);
  expect(await (await own.visit("/clients")).text()).not.toContain(path);
  expect(await (await own.visit("/clients?state=archived")).text()).toContain(path);
  expect((await send(own, path, `${path}/restore`, {})).status).toBe(303);
  expect(await offered()).toBe(true);
});

test("a search finds without accents, by POST, and is a view", async () => {
  standInFor(
    issuer,
    { sub: "usr_7QK2M9", subject_name: "Jane Ashdown", account_name: "x" },
    "read",
  );
  const support = await agent();
  const found = await send(support, "/clients", "/clients/search", { search: "ORESTEN" });
  expect(found.status).toBe(200);
  const page = await found.text();
  expect(page).toContain("Öresten Dental AB");
  expect(page).not.toContain("Lowick Labs");
  const none = await send(support, "/clients", "/clients/search", { search: "%" });
  expect(await none.text()).toContain("No client matches “%”");
});

test("the list is handed out to who may, in order and harmless to spreadsheets", async () => {
  const own = await signIn("halvor@ardentloom.test");
  await send(own, "/clients", "/clients", { name: "=1+1", email: "a@b.test", city: "" });
  const file = await own.visit("/clients/export.csv");
  expect(file.headers.get("content-type")).toContain("text/csv");
  expect(await file.text()).toContain("\r\n'=1+1,a@b.test,");
  standInFor(issuer, halvor, "read");
  const looking = await agent();
  expect((await looking.visit("/clients/export.csv")).status).toBe(403);
});

test("nobody changes or archives another account’s client", async () => {
  const own = await signIn("jane.ashdown@tallowfield.test");
  for (const to of [path, `${path}/archive`])
    expect((await send(own, "/clients", to, typed)).status).toBe(404);
});
