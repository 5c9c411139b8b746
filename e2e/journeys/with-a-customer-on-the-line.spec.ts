import type { Locator, Page } from "@playwright/test";
import { ageRequest } from "#db/testing/age.ts";
import { takeRole } from "#db/testing/people.ts";
import { inTransaction } from "#db/testing/scene.ts";
import { ask } from "#db/testing/steps.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { givingWay } from "#e2e/fixtures/databases.ts";
import { inDays } from "#e2e/fixtures/days.ts";
import { deactivate, hireOne, runa } from "#e2e/fixtures/staff.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { endDelegation } from "#lib/requests/end-delegation.ts";
import { giveDelegation } from "#lib/requests/give-delegation.ts";

const jane = "jane.ashdown@tallowfield.test";
const whoWasAsked = (page: Page): Locator => page.getByRole("region", { name: "Who was asked" });
const inQueue = (page: Page, name: string): Locator =>
  page.getByRole("region", { name: "Requests" }).getByRole("link", { name: new RegExp(name) });
const inView = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });

test("who is at work is asked first, and the agent sees who has opened the request and who decides", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const requestId = await asked(agent, await subjectOf(databases.owner, jane));
  const { page } = agent;
  await page.goto(`/requests/${requestId}`);
  const row = whoWasAsked(page).getByRole("listitem").filter({ hasText: runa.name });
  await expect(row).toContainText("not opened yet");
  await expectAccessibleInBoth(page, "who was asked");

  // A list that shows it has not opened it.
  await manager.page.setViewportSize({ width: 390, height: 844 });
  await manager.page.goto("/requests");
  await expect(inQueue(manager.page, agent.person.name)).toBeVisible();
  await expect(row).toContainText("not opened yet");
  await inQueue(manager.page, agent.person.name).click();
  await expect(row).toContainText("Opened it");

  await manager.page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByRole("heading", { name: "Runa Castellane approved" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Start looking as Jane" })).toBeVisible();
});

test("the rest are asked after two minutes, the fallback is named after five, and reminders are few", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  await signedIn(runa);
  const away = await hireOne(databases.owner, ["manager"]);
  const requestId = await asked(agent, await subjectOf(databases.owner, jane));
  const { page } = agent;
  await page.goto(`/requests/${requestId}`);
  await expect(whoWasAsked(page)).toContainText(runa.name);
  await expect(whoWasAsked(page)).not.toContainText(away.name);
  await expect(page.getByText(/asked too, in/)).toBeVisible();

  await page.getByRole("button", { name: "Remind" }).click();
  await expect(page.getByText(/^Reminded .*Runa Castellane/)).toBeVisible();
  await page.getByRole("button", { name: "Remind" }).click();
  await expect(page.getByText(/asked too often/)).toBeVisible();

  await givingWay(() => ageRequest(databases.owner, requestId, "121 seconds"));
  await expect(whoWasAsked(page)).toContainText(away.name);
  await givingWay(() => ageRequest(databases.owner, requestId, "181 seconds"));
  await expect(page.getByRole("heading", { name: /No answer yet. Turn to / })).toBeVisible();
  await expectAccessible(page, "the fallback is named");

  await deactivate(databases.owner, away);
  await page.reload();
  const row = whoWasAsked(page).getByRole("listitem").filter({ hasText: away.name });
  await expect(row).toContainText("Cannot decide any more");
});

test("where nobody may decide the agent is told at once whom to turn to", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const { owner } = databases;
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const { rows } = await owner.query<{ id: string }>(
    `select s.id from staff s join staff_roles r on r.staff_id = s.id
      where r.role = 'manager' and r.revoked_at is null and s.status = 'active' and s.id <> $1`,
    [runa.id],
  );
  const become = (status: string) =>
    owner.query(
      `update staff set status = $2, deactivated_at = case $2 when 'deactivated' then clock_timestamp() end where id = any($1)`,
      [rows.map(({ id }) => id), status],
    );
  // The only one left is on leave. Who is let in again after a suspension decides on nothing that was asked before.
  const leave = await giveDelegation(manager.ctx, {
    ...{ firstDay: inDays(-1), lastDay: inDays(1), reason: "On leave" },
  });
  if (!leave.ok) throw new Error(leave.error.message);
  await become("deactivated");
  try {
    const requestId = await asked(agent, await subjectOf(owner, jane));
    await agent.page.goto(`/requests/${requestId}`);
    await expect(
      agent.page.getByRole("heading", { name: "Nobody can decide on it now" }),
    ).toBeVisible();
    await expect(agent.page.getByRole("heading", { name: /^Turn to / })).toBeVisible();
    await expectAccessible(agent.page, "nobody may decide");
    // Somebody comes back: asked by the worker's next look, which is moved into the past here.
    await endDelegation(manager.ctx, leave.value);
    await givingWay(() => ageRequest(owner, requestId, "31 seconds"));
    await expect(whoWasAsked(agent.page)).toContainText(runa.name);
    await expect(agent.page.getByRole("heading", { name: "Waiting for a manager" })).toBeVisible();
  } finally {
    await endDelegation(manager.ctx, leave.value);
    await become("active");
  }
});

test("twenty are decided by the keyboard, two keys each, every one with a vote of its own", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const subject = await subjectOf(databases.owner, jane);
  const ids: string[] = [];
  for (let n = 0; n < 20; n += 1) ids.push(await asked(agent, subject));
  const { page } = manager;
  await page.goto("/requests");
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  for (const id of ids) {
    await page.waitForURL(new RegExp(`/requests/${id}`));
    const approve = page.getByRole("button", { name: "Approve" });
    await expect(approve).toBeVisible();
    await press("a");
    await expect(approve).toBeFocused();
    await press("Enter");
  }
  await expect(page.getByRole("heading", { name: "Nothing waits for a decision" })).toBeVisible();
  expect(keys).toBe(40);
  const { rows } = await databases.owner.query(
    "select count(*)::int as votes, count(distinct entry_id)::int as entries from approvals where request_id = any($1)",
    [ids],
  );
  expect(rows).toEqual([{ votes: 20, entries: 20 }]);
});

test("on a slow machine too, keys that are pressed the moment the next is there decide on it", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const { page, context } = await signedIn(runa);
  const subject = await subjectOf(databases.owner, jane);
  const ids: string[] = [];
  for (let n = 0; n < 4; n += 1) ids.push(await asked(agent, subject));
  await page.goto("/requests");
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  for (const id of ids) {
    await page.waitForURL(new RegExp(`/requests/${id}`));
    await page.keyboard.press("a");
    await page.keyboard.press("Enter");
  }
  await expect(page.getByRole("heading", { name: "Nothing waits for a decision" })).toBeVisible();
});

test("⌘↵ decides only what was meant, and goes on", async ({ newcomer, signedIn, databases }) => {
  const agent = await newcomer();
  const { page } = await signedIn(runa);
  const subject = await subjectOf(databases.owner, jane);
  const [first, second] = [await asked(agent, subject), await asked(agent, subject)];
  await page.goto(`/requests/${first}`);
  const approve = page.getByRole("button", { name: "Approve" });
  await expect(approve).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(approve).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("d");
  await expect(page.getByRole("textbox", { name: /Comment/ })).toBeFocused();
  await page.keyboard.type("Ask her for a screenshot first.");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(new RegExp(`/requests/${second}`));
  const { rows } = await databases.owner.query(
    "select status from requests where id = any($1) order by created_at",
    [[first, second]],
  );
  expect(rows).toEqual([{ status: "denied" }, { status: "pending" }]);
});

test("on a phone the decision is under the thumb, and hides nothing", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = await signedIn(runa);
  await page.setViewportSize({ width: 390, height: 844 });
  const requestId = await asked(agent, await subjectOf(databases.owner, jane));
  await page.goto("/requests");
  await inQueue(page, agent.person.name).click();
  await page.waitForURL(new RegExp(requestId));
  const way = page.getByRole("link", { name: "Approve or deny" });
  expect(await inView(way)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await expectAccessible(page, "a request on a phone");
  await way.click();
  const approve = page.getByRole("button", { name: "Approve" });
  await expect.poll(() => inView(approve)).toBe(true);
  await page.getByRole("radio", { name: "15" }).check();
  await approve.click();
  await expect(page.getByText(/Approved, 15\smin/)).toBeVisible();
});

test("where two votes are wanted the second approver sees the first", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const [first, second] = [await signedIn(runa), await newcomer(["manager"])];
  const subject = await subjectOf(databases.owner, jane);
  const { rows } = await databases.owner.query<{
    account: string;
    product: string;
    version: number;
  }>(
    `select account_id as account, product_id as product, (select max(version) from policy_versions) as version
      from subjects where id = $1`,
    [subject],
  );
  const [of] = rows;
  if (!of) throw new Error("Jane is missing");
  const { id } = await inTransaction(databases.owner, (sql) =>
    ask(
      sql,
      agent.person.id,
      { id: subject, ...of },
      { approvals_needed: 2, policy_version: of.version },
    ),
  );
  await first.page.goto(`/requests/${id}`);
  await expect(first.page.getByText("0 of 2 approved")).toBeVisible();
  await expect(first.page.getByText(/once another manager has approved too/)).toBeVisible();
  await first.page.getByRole("button", { name: "Approve" }).click();
  await expect(first.page.getByText("Approved. One more approval is needed.")).toBeVisible();

  await agent.page.goto(`/requests/${id}`);
  await expect(agent.page.getByText(/1 of 2 approvals are there/)).toBeVisible();
  await second.page.goto(`/requests/${id}`);
  await expect(second.page.getByText("1 of 2 approved, by Runa Castellane")).toBeVisible();
  await second.page.getByRole("button", { name: "Approve" }).click();
  await expect(agent.page.getByRole("button", { name: "Start acting as Jane" })).toBeVisible();
  await deactivate(databases.owner, second.person);
});

test("who loses the role while the page is open decides nothing", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const manager = await newcomer(["manager", "compliance"]);
  const requestId = await asked(agent, await subjectOf(databases.owner, jane));
  await manager.page.goto(`/requests/${requestId}`);
  await expect(manager.page.getByRole("button", { name: "Approve" })).toBeVisible();
  await takeRole(databases.owner, manager.person.id, "manager");
  await manager.page.getByRole("button", { name: "Approve" }).click();
  await expect(
    manager.page.getByRole("alert").filter({ hasText: "no rule wants a vote of compliance" }),
  ).toBeVisible();
  const { rows } = await databases.owner.query("select status from requests where id = $1", [
    requestId,
  ]);
  expect(rows).toEqual([{ status: "pending" }]);
});
