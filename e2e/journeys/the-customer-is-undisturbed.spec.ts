import type pg from "pg";
import { inLedger, invoiceOf, signInToLedger } from "#e2e/fixtures/ledger.ts";
import { banner, enter, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const jane = "jane@pebblewick.test";

/** Jane's own sign-ins in Ledger, whole: id, remember-me, last seen, end. */
async function signInsOf(ledger: pg.Pool, email: string): Promise<unknown[]> {
  const { rows } = await ledger.query(
    `select s.*, u.last_seen_at as user_seen, u.password_hash from sign_ins s
       join users u on u.id = s.user_id where u.email = $1 order by s.id_hash`,
    [email],
  );
  return rows;
}

test("while an agent acts as Jane, Jane's own session, cookie and pages stay as they were", async ({
  newcomer,
  somebody,
  databases,
}) => {
  const own = await somebody();
  await signInToLedger(own, jane);
  const rows = await signInsOf(databases.ledger, jane);
  const cookies = await own.context().cookies();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ remember: true });

  const agent = await newcomer();
  const session = await started(agent, await subjectOf(databases.owner, jane), { scope: "write" });
  const { page } = agent;
  await enter(page, session);
  const invoice = await invoiceOf(databases.ledger, jane);
  await page.goto(inLedger(`/invoices/${invoice}`));
  await page.getByLabel("Note to the client").fill("Delivery on Thursdays only.");
  await page.getByRole("button", { name: "Save invoice" }).click();
  await expect(
    page.getByRole("status").filter({ hasText: "The invoice was saved." }),
  ).toBeVisible();
  expect(await signInsOf(databases.ledger, jane)).toEqual(rows);

  await own.goto(inLedger(`/invoices/${invoice}`));
  await expect(own.getByText("Jane Ashdown · Pebblewick Bakery")).toBeVisible();
  await expect(banner(own)).toHaveCount(0);
  await expect(own.getByLabel("Note to the client")).toHaveValue("Delivery on Thursdays only.");
  const history = own.getByRole("main").getByRole("listitem");
  await expect(history.filter({ hasText: "Ledger Support, for Jane" }).first()).toBeVisible();

  await own.getByLabel("Note to the client").fill("Delivery on Fridays only.");
  await own.getByRole("button", { name: "Save invoice" }).click();
  await expect(own.getByRole("status").filter({ hasText: "The invoice was saved." })).toBeVisible();
  await expect(history.filter({ hasText: "Jane Ashdown changed" }).first()).toBeVisible();
  // Once a minute what she does is noted.
  const since = await signInsOf(databases.ledger, jane);

  await page.goto(inLedger("/invoices"));
  await page.getByRole("button", { name: "End session" }).click();
  await page.waitForURL((url) => url.host !== new URL(inLedger("/")).host);
  expect(await own.context().cookies()).toEqual(cookies);
  expect(await signInsOf(databases.ledger, jane)).toEqual(since);
  await own.goto(inLedger("/clients"));
  await expect(own.getByRole("heading", { name: "Clients", exact: true })).toBeVisible();
});

test("in one browser, Jane's own session and the impersonation of another lie beside each other", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page, context } = agent;
  await signInToLedger(page, jane);
  const own = (await context.cookies()).find(({ name }) => name === "ledger_session");

  const session = await started(agent, await subjectOf(databases.owner, "olu@pebblewick.test"));
  await enter(page, session);
  await expect(page.getByText("Olu Braithe · Pebblewick Bakery")).toBeVisible();
  await expect(banner(page)).toContainText("is looking as Olu Braithe");
  await expect(banner(page)).toContainText("Jane Ashdown’s own session is signed in beside it");
  const both = await context.cookies();
  expect(both.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["ledger_session", "alongside_session"]),
  );
  expect(both.find(({ name }) => name === "ledger_session")).toEqual(own);

  await page.getByRole("button", { name: "End session" }).click();
  await page.waitForURL((url) => url.host !== new URL(inLedger("/")).host);
  await page.goto(inLedger("/invoices"));
  await expect(page.getByText("Jane Ashdown · Pebblewick Bakery")).toBeVisible();
  await expect(banner(page)).toHaveCount(0);
  expect((await context.cookies()).find(({ name }) => name === "ledger_session")).toEqual(own);
});
