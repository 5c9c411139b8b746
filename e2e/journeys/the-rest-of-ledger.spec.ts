import type { Page } from "@playwright/test";
import type pg from "pg";
import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { inLedger, signInToLedger } from "#e2e/fixtures/ledger.ts";
import { actionsOf } from "#e2e/fixtures/record.ts";
import { banner, enter, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { end } from "#lib/impersonation/end.ts";
import { stepAt, totp } from "../../examples/ledger/totp.ts";

const halvor = "halvor@ardentloom.test";

const done = (page: Page, words: string) => page.getByRole("status").filter({ hasText: words });
const heading = (page: Page, name: string | RegExp) =>
  page.getByRole("heading", { name, level: 1 });

/** An owner whose company is in no other test. */
async function anOwner(ledger: pg.Pool): Promise<string> {
  const { rows } = await ledger.query<{ email: string }>(
    `select max(u.email) as email from users u join accounts a on a.id = u.account_id
      where a.tier = 'standard' and a.impersonation = 'allowed' and u.role = 'owner' and u.status = 'active'
        and u.email !~ '@(pebblewick|ardentloom)' and u.password_hash is not null
        and (select count(*) from users o where o.email = u.email) = 1`,
  );
  return rows[0]?.email ?? "";
}

test("what support changes of clients and of what recurs stands under its name, and the customer puts it right", async ({
  newcomer,
  somebody,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const { owner } = databases;
  const session = await started(agent, await subjectOf(owner, halvor), { scope: "write" });
  await enter(page, session);

  await page.goto(inLedger("/clients"));
  await page.getByRole("searchbox", { name: "Search clients" }).fill("strand");
  await page.getByRole("searchbox", { name: "Search clients" }).press("Enter");
  await page.getByRole("link", { name: /Strand & Sloe/ }).click();
  await page.getByRole("link", { name: "Change" }).click();
  await page.getByLabel("City").fill("Leuven");
  await page.getByRole("button", { name: "Save client" }).click();
  await expect(done(page, "The client was saved.")).toBeVisible();
  await page.getByRole("button", { name: "Archive" }).click();
  await expect(done(page, "The client is archived.")).toBeVisible();
  await expectAccessibleInBoth(page, "Ledger, a client, acting");
  const client = new URL(page.url()).pathname;

  await page.goto(inLedger("/recurring"));
  await expect(banner(page)).toContainText("is acting as Halvor Venn-Ruiz");
  await expectAccessibleInBoth(page, "Ledger, what recurs, acting");
  await page.goto(inLedger("/recurring/new"));
  await page.getByRole("combobox", { name: "Client" }).selectOption({ index: 1 });
  await page.getByLabel("Description, line 1").fill("Retainer");
  await page.getByLabel("Price, line 1").fill("100");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(done(page, "From now on Ledger makes a draft")).toBeVisible();
  const recurring = new URL(page.url()).pathname;
  await page.getByRole("button", { name: "Make the next one now" }).click();
  await expect(done(page, "The invoice was made.")).toBeVisible();
  await page.goto(inLedger(recurring));
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(done(page, "It is paused.")).toBeVisible();

  const own = await somebody();
  await signInToLedger(own, halvor);
  await own.goto(inLedger(recurring));
  const line = own.getByRole("listitem").filter({ hasText: "paused the recurring invoice" });
  await expect(line).toContainText("Ledger Support, for Halvor");
  await expectAccessibleInBoth(own, "Ledger, what recurs, own session");
  await own.goto(inLedger(client));
  await expect(
    own.getByRole("listitem").filter({ hasText: "archived the client" }).first(),
  ).toContainText("Ledger Support, for Halvor");
  await own.getByRole("button", { name: "Restore" }).click();
  await expect(done(own, "The client is active again.")).toBeVisible();

  const effects = (await actionsOf(owner, session)).map(
    ({ phase, effect, route }) => `${phase} ${effect} ${route}`,
  );
  expect(effects).toContain("view view /clients/search");
  expect(effects).toContainEqual(expect.stringMatching(/^attempt data \/clients\/:\w+\/archive$/));
  expect(effects).toContainEqual(expect.stringMatching(/^attempt data \/recurring\/:\w+\/next$/));
});

test("the page of activities is live, and says by itself that the session is over; the customer's goes on", async ({
  newcomer,
  somebody,
  databases,
}) => {
  const own = await somebody();
  await signInToLedger(own, halvor);
  await own.goto(inLedger("/activity"));
  await expect(own.getByText("Live", { exact: true })).toBeVisible();

  const agent = await newcomer();
  const { page } = agent;
  const session = await started(agent, await subjectOf(databases.owner, halvor));
  await enter(page, session);
  await page.goto(inLedger("/activity"));
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expectAccessibleInBoth(page, "Ledger, activities, looking");

  const other = await own.context().newPage();
  const add = async (name: string) => {
    await other.goto(inLedger("/clients"));
    await other.getByLabel("Name", { exact: true }).fill(name);
    await other.getByLabel("E-mail", { exact: true }).fill("accounts@somebody.test");
    await other.getByRole("button", { name: "Add client" }).click();
    await expect(heading(other, name)).toBeVisible();
  };
  const added = (seen: Page) =>
    seen.getByRole("listitem").filter({ hasText: "Halvor Venn-Ruiz added the client" });
  const before = await added(page).count();
  await add("Live While Looking");
  await expect(added(page)).toHaveCount(before + 1);
  await expect(added(own)).toHaveCount(before + 1);

  await end(agent.ctx, { sessionId: session });
  await expect(heading(page, "Your session as Halvor Venn-Ruiz has ended")).toBeVisible();
  await add("After The End");
  await expect(added(own)).toHaveCount(before + 2);
  await expect(own.getByText("Live", { exact: true })).toBeVisible();
});

test("in their own session an owner makes a key, invites, and a colleague sets up a second factor", async ({
  somebody,
  databases: { ledger },
}) => {
  const own = await somebody();
  await signInToLedger(own, await anOwner(ledger));
  await own.goto(inLedger("/settings/keys"));
  await own.getByLabel("What is it for?").fill("Bookkeeping");
  await own.getByRole("button", { name: "Make key" }).click();
  const key = (await own.getByLabel("The key").textContent()) ?? "";
  await expectAccessibleInBoth(own, "Ledger, a new key");
  const authorization = `Bearer ${key}`;
  const read = async () =>
    (await fetch(inLedger("/api/invoices"), { headers: { authorization } })).status;
  expect(await read()).toBe(200);
  await own.getByRole("button", { name: "Revoke Bookkeeping" }).click();
  await expect(done(own, "The key was revoked.")).toBeVisible();
  expect(await read()).toBe(401);

  await own.goto(inLedger("/settings/team"));
  await own.getByLabel("E-mail").fill("rowan@elsewhere.test");
  await own.getByRole("button", { name: "Invite", exact: true }).click();
  const link = (await own.getByLabel("The link").textContent()) ?? "";
  await expectAccessibleInBoth(own, "Ledger, somebody is invited");
  const rowan = await somebody();
  await rowan.goto(link);
  await expectAccessibleInBoth(rowan, "Ledger, an invite");
  await rowan.getByLabel("Your name").fill("Rowan Selwick");
  await rowan.getByLabel("Password").fill("a long enough one");
  await rowan.getByRole("button", { name: "Join" }).click();
  await expect(rowan.getByText("Rowan Selwick ·")).toBeVisible();

  await rowan.goto(inLedger("/settings/two-factor"));
  await rowan.getByRole("link", { name: "Set it up" }).click();
  const shown = (await rowan.getByLabel("The secret").textContent()) ?? "";
  const secret = shown.replaceAll(" ", "");
  await expectAccessibleInBoth(rowan, "Ledger, setting up a second factor");
  await rowan.getByLabel("Code of 6 digits").fill(totp(secret, stepAt(Date.now())));
  await rowan.getByRole("button", { name: "Turn on" }).click();
  await expect(done(rowan, "From now on Ledger asks for a code too.")).toBeVisible();
  await expect(rowan.getByLabel("The codes")).toContainText(/(\d{4} \d{4} \d{4}\s*){10}/);
  await expectAccessibleInBoth(rowan, "Ledger, recovery codes");
  await rowan.getByRole("link", { name: "I have kept them" }).click();
  await expect(rowan.getByText("10 of 10 are left")).toBeVisible();
  await expectAccessibleInBoth(rowan, "Ledger, a second factor that is on");
  await rowan.getByRole("button", { name: "Sign out" }).click();
  await rowan.getByLabel("E-mail").fill("rowan@elsewhere.test");
  await rowan.getByLabel("Password").fill("a long enough one");
  await rowan.getByRole("button", { name: "Sign in" }).click();
  await expect(heading(rowan, "And the code")).toBeVisible();
  await expectAccessibleInBoth(rowan, "Ledger, asking for the code");
  await rowan.getByLabel("Code of 6 digits").fill(totp(secret, stepAt(Date.now()) + 1));
  await rowan.getByRole("button", { name: "Sign in" }).click();
  await expect(heading(rowan, "Invoices")).toBeVisible();

  await own.goto(inLedger("/settings/team"));
  const { rows } = await ledger.query<{ id: string }>(
    "select id from users where email = 'rowan@elsewhere.test'",
  );
  await own.goto(inLedger(`/settings/team/${rows[0]?.id}`));
  await expectAccessibleInBoth(own, "Ledger, a colleague");
  await own.getByRole("button", { name: "Remove Rowan Selwick" }).click();
  await expect(done(own, "They are out, in every browser.")).toBeVisible();
  await rowan.goto(inLedger("/invoices"));
  await expect(heading(rowan, "Sign in to Ledger")).toBeVisible();
});

test("what would outlive the session is shown and refused, and leads back", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const subject = await subjectOf(databases.owner, halvor);
  const session = await started(agent, subject, { scope: "write" });
  await enter(page, session);
  await page.goto(inLedger("/settings/two-factor"));
  await page.getByRole("link", { name: "Set it up" }).click();
  await expect(page.getByRole("alert")).toContainText(
    "Nobody can set up a second factor for somebody else.",
  );
  await page.getByRole("link", { name: "Back" }).click();
  await expect(heading(page, "Second factor")).toBeVisible();
  await page.goto(inLedger("/settings/team"));
  await expect(page.getByRole("table", { name: "Members" })).toBeVisible();
  await expectAccessibleInBoth(page, "Ledger, team, acting");
  await page.goto(inLedger("/settings/email"));
  await expect(page.getByRole("alert")).toContainText("Nobody can change an e-mail address");
});
