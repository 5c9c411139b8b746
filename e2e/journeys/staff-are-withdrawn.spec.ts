import type { Page } from "@playwright/test";
import { takeRole } from "#db/testing/people.ts";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { sessionOf } from "#e2e/fixtures/record.ts";
import { deactivate } from "#e2e/fixtures/staff.ts";
import {
  asked,
  enter,
  readUntilEnded,
  started,
  strip,
  subjectOf,
} from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

/** Holds up what the page asks by itself every few seconds: the person's own click comes first. */
const holdPolls = (page: Page) => page.route("**/api/pulse*", () => {});

const olu = "olu@pebblewick.test";
const jane = "jane.ashdown@tallowfield.test";

test("who is deactivated loses the page, the action and the live session at the next request", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const agent = await newcomer();
  const { page, context, person } = agent;
  const sessionId = await started(agent, await subjectOf(owner, olu));
  await enter(page, sessionId);
  const form = await context.newPage();
  await holdPolls(form);
  await form.goto(`/customers/${await subjectOf(owner, jane)}/start`);
  await form.getByRole("radio", { name: /Check a configuration/ }).check();
  await form.getByLabel("In a sentence").fill("This must not be asked any more.");
  await form.getByRole("radio", { name: "Nobody is calling" }).check();

  await deactivate(owner, person);
  await form.getByRole("button", { name: "Send to approvers" }).click();
  await expect(form.getByRole("alert").filter({ hasText: "not let in" })).toBeVisible();
  const { rowCount } = await owner.query(
    "select 1 from requests where actor_id = $1 and status = 'pending'",
    [person.id],
  );
  expect(rowCount).toBe(0);
  await form.goto("/audit");
  await expect(form).toHaveURL(/\/sign-in\?because=deactivated/);
  await expect(form.getByRole("heading", { name: "You are deactivated" })).toBeVisible();

  await readUntilEnded(page, inLedger("/clients"), "Olu Braithe");
  await expect(page.getByRole("alert")).toContainText("You may not stand in any more");
  expect(await sessionOf(owner, person.id)).toMatchObject({ end_cause: "actor_withdrawn" });
});

test("who is an agent no longer loses the live session, and keeps what the other role opens", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const both = await newcomer(["agent", "manager"]);
  const { page, context, person } = both;
  const subjectId = await subjectOf(owner, olu);
  await enter(page, await started(both, subjectId));
  const panel = await context.newPage();

  await takeRole(owner, person.id, "agent");
  expect((await panel.goto(`/customers/${subjectId}/start`))?.status()).toBe(403);
  await panel.goto("/requests");
  await expect(panel.getByRole("heading", { name: "Requests", level: 1 })).toBeVisible();
  await expect(strip(panel)).toBeHidden();
  await readUntilEnded(page, inLedger("/clients"), "Olu Braithe");
  expect(await sessionOf(owner, person.id)).toMatchObject({ end_cause: "actor_withdrawn" });
});

test("who is a manager no longer cannot decide on what is still on the screen", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const agent = await newcomer();
  const manager = await newcomer(["manager"]);
  const requestId = await asked(agent, await subjectOf(owner, jane));
  const { page, person } = manager;
  await holdPolls(page);
  await page.goto(`/requests/${requestId}`);
  const approve = page.getByRole("button", { name: "Approve" });
  await expect(approve).toBeVisible();
  await takeRole(owner, person.id, "manager");
  await approve.click();
  await expect(page.getByRole("alert").filter({ hasText: "not let in" })).toBeVisible();
  const { rows } = await owner.query("select status from requests where id = $1", [requestId]);
  expect(rows).toEqual([{ status: "pending" }]);
  await page.goto(`/requests/${requestId}`);
  await expect(page.getByRole("heading", { name: "You hold no role any more" })).toBeVisible();
});
