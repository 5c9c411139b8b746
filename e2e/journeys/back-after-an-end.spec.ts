import type { Page } from "@playwright/test";
import { inLedger, invoiceOf } from "#e2e/fixtures/ledger.ts";
import { chooseFromOwnMenu } from "#e2e/fixtures/own-menu.ts";
import { banner, enter, started, strip, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { end } from "#lib/impersonation/end.ts";

const halvor = "halvor@ardentloom.test";

/** A page that comes out of the back-forward cache may never say "load" again: its address has to do. */
const goBack = (page: Page) => page.goBack({ waitUntil: "commit" });

test("Back after an end brings nothing of the customer's to the screen again", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  await page.goto("/requests");
  await enter(page, await started(agent, await subjectOf(databases.owner, halvor)));
  const invoice = await invoiceOf(databases.ledger, halvor);
  await page.goto(inLedger(`/invoices/${invoice}`));
  await expect(page.getByRole("heading", { name: invoice })).toBeVisible();
  await page.getByRole("button", { name: "End session" }).click();
  await page.waitForURL((url) => url.host !== new URL(inLedger("/")).host);

  await goBack(page);
  await expect(page).toHaveURL(new RegExp(new URL(inLedger("/")).host));
  await expect(page.getByRole("heading", { name: /Sign in to Ledger|has ended/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: invoice })).toHaveCount(0);
  await expect(banner(page)).toHaveCount(0);
});

test("Back to a page of the panel shows no session that has ended since", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const sessionId = await started(agent, await subjectOf(databases.owner, halvor));
  await page.goto("/requests");
  await expect(strip(page)).toBeVisible();
  await page.goto(inLedger("/sign-in"));
  expect((await end(agent.ctx, { sessionId })).ok).toBe(true);

  await goBack(page);
  await expect(page).toHaveURL("/requests");
  await expect(page.getByRole("heading", { name: "My requests" })).toBeVisible();
  await expect(strip(page)).toBeHidden();
});

test("Back after signing out shows the sign-in page", async ({ newcomer }) => {
  const { page, person } = await newcomer();
  await page.goto("/audit");
  await chooseFromOwnMenu(page, person.name, "Sign out");
  await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  await goBack(page);
  await expect(page.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Audit log" })).toHaveCount(0);
});
