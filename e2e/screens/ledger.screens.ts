import { inLedger, signInToLedger } from "#e2e/fixtures/ledger.ts";
import { test } from "./shoot.ts";
import { one, tour } from "./tour.ts";

test("Ledger for its customers", async ({ somebody, databases: { ledger }, shoot }) => {
  const page = await somebody();
  await tour(page, shoot, [
    ["Ledger", "sign in", inLedger("/sign-in")],
    ["Ledger", "nothing there, signed out", inLedger("/nothing")],
  ]);
  await signInToLedger(page, "olu@pebblewick.test");
  await tour(
    page,
    shoot,
    [
      ["invoices", "/invoices"],
      ["a new invoice", "/invoices/new"],
      ["what recurs", "/recurring"],
      ["a new recurring invoice", "/recurring/new"],
      ["clients", "/clients"],
      ["nobody is archived", "/clients?state=archived"],
      ["reports", "/reports"],
      ["activities", "/activity"],
      ["no activities further back", "/activity?before=1"],
      ["team", "/settings/team"],
      ["API keys", "/settings/keys"],
      ["e-mail address", "/settings/email"],
      ["second factor, off", "/settings/two-factor"],
      ["second factor, setting it up", "/settings/two-factor/new"],
      ["settings", "/settings"],
      ["password", "/settings/password"],
      ["support’s access", "/settings/support-access"],
      ["nothing there", "/nothing"],
    ].map(([state, path]) => ["Ledger", `own session: ${state}`, inLedger(path ?? "")] as const),
  );
  await page.goto(inLedger("/clients"));
  await page.getByRole("searchbox", { name: "Search clients" }).fill("nobody at all");
  await page.getByRole("searchbox", { name: "Search clients" }).press("Enter");
  await shoot(page, "Ledger", "own session: no client matches");
  const id = (table: string) =>
    one(
      ledger,
      `select id from ${table} where account_id = (select account_id from users where email = $1) order by id limit 1`,
      ["olu@pebblewick.test"],
    );
  const client = `/clients/${await id("clients")}`;
  await tour(page, shoot, [
    ["Ledger", "own session: a client", inLedger(client)],
    ["Ledger", "own session: changing a client", inLedger(`${client}/change`)],
    ["Ledger", "own session: a recurring invoice", inLedger(`/recurring/${await id("recurring")}`)],
  ]);
});

test("Ledger for an owner", async ({ somebody, databases: { ledger }, shoot }) => {
  const page = await somebody();
  await signInToLedger(page, "jane.ashdown@tallowfield.test");
  const colleague = await one(
    ledger,
    `select id from users where account_id = 'acc_91TLWF' and email = 'corin.pell@tallowfield.test'`,
  );
  await page.goto(inLedger("/settings/keys"));
  await page.getByLabel("What is it for?").fill("Pictures");
  await page.getByRole("button", { name: "Make key" }).click();
  await shoot(page, "Ledger", "an owner: a new key, shown once");
  await page.getByRole("button", { name: "Revoke Pictures" }).click();
  await page.goto(inLedger("/settings/team"));
  await page.getByLabel("E-mail").fill("pictures@tallowfield.test");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await shoot(page, "Ledger", "an owner: somebody is invited");
  const link = (await page.getByLabel("The link").textContent()) ?? "";
  await tour(page, shoot, [
    ["Ledger", "an owner: a colleague", inLedger(`/settings/team/${colleague}`)],
    ["Ledger", "an owner: a link to an invoice", inLedger("/invoices/INV-2213/share")],
  ]);
  const nobody = await somebody();
  await tour(nobody, shoot, [["Ledger", "an invite, before it is accepted", link]]);
});
