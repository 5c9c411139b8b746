import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { chooseFromOwnMenu } from "#e2e/fixtures/own-menu.ts";
import { sessionOf } from "#e2e/fixtures/record.ts";
import { persona } from "#e2e/fixtures/staff.ts";
import { enter, readUntilEnded, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("who comes without a sign-in chooses a person and lands where they wanted to go", async ({
  somebody,
}) => {
  const page = await somebody();
  await page.goto("/audit?event=sign_in.started");
  await expect(page).toHaveURL(/\/sign-in\?from=/);
  await expect(page.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
  await expectAccessibleInBoth(page, "sign-in");
  await page.getByRole("button", { name: /Mirela Osthoff/ }).click();
  await expect(page).toHaveURL("/audit?event=sign_in.started");
  await expect(page.getByRole("row", { name: /Mirela Osthoff/ }).first()).toBeVisible();
});

test("a deactivated person is refused with words, and the attempt is on record", async ({
  somebody,
  databases,
}) => {
  const page = await somebody();
  const { id } = persona("Pavo Tindalle");
  await page.goto("/sign-in");
  await page.getByRole("button", { name: /Pavo Tindalle/ }).click();
  const refused = page.getByRole("alert").filter({ hasText: "Pavo Tindalle cannot sign in" });
  await expect(refused).toContainText("Deactivated since");
  await expect(refused).toContainText("Ask their manager, Runa Castellane.");
  await expectAccessible(page, "sign-in, refused");
  await page.goto("/");
  await expect(page).toHaveURL("/sign-in");
  const { rowCount } = await databases.owner.query(
    "select 1 from audit_entry where event = 'sign_in.refused' and actor_id = $1",
    [id],
  );
  expect(rowCount).toBeGreaterThan(0);
});

test("signing out ends the live session", async ({ newcomer, databases }) => {
  const agent = await newcomer();
  const { page, context, person } = agent;
  await enter(page, await started(agent, await subjectOf(databases.owner, "olu@pebblewick.test")));
  const panel = await context.newPage();
  await panel.goto("/");
  await chooseFromOwnMenu(panel, person.name, "Sign out");
  await expect(panel.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  expect(await sessionOf(databases.owner, person.id)).toMatchObject({ end_cause: "sign_out" });
  await readUntilEnded(page, inLedger("/clients"), "Olu Braithe");
  await expect(page.getByRole("alert")).toContainText("Your sign-in to Alongside ended");
});

test("the demo's other name of this machine leads to the one whose cookies count", async ({
  somebody,
  urls,
}) => {
  const page = await somebody();
  await page.goto(`${urls.panel.replace("localhost", "127.0.0.1")}/sign-in`);
  await expect(page).toHaveURL(`${urls.panel}/sign-in`);
});
