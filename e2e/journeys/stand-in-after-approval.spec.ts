import type { Page } from "@playwright/test";
import { ageRequest } from "#db/testing/age.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { givingWay } from "#e2e/fixtures/databases.ts";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { inOwnTab } from "#e2e/fixtures/own-tab.ts";
import { withPolicy } from "#e2e/fixtures/policy.ts";
import { eventsOf, sessionOf, sessionsOf } from "#e2e/fixtures/record.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { asked, banner, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const jane = "jane.ashdown@tallowfield.test";

/** Counts whole loads of a page from now on: what turns by itself needs none. */
function loadsOf(page: Page): () => number {
  let loads = 0;
  page.on("load", () => {
    loads += 1;
  });
  return () => loads;
}

test("a request for a regulated account waits for a manager, who shortens it, and turns to Start by itself", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const { page, person } = agent;
  const [given] = person.name.split(" ");

  await manager.page.goto("/requests");
  await expect(
    manager.page.getByRole("heading", { name: "Nothing waits for a decision" }),
  ).toBeVisible();
  await expectAccessibleInBoth(manager.page, "queue, empty");
  const managerLoads = loadsOf(manager.page);

  await page.goto("/customers/usr_7QK2M9/start");
  await expect(page.getByRole("heading", { name: "One manager must approve first" })).toBeVisible();
  await page.getByRole("radio", { name: /Carry out what they asked for/ }).check();
  await page.getByLabel("In a sentence").fill("Jane asked to have the sender of invoices changed.");
  await page.getByRole("radio", { name: /Called back/ }).check();
  await page.getByRole("textbox", { name: "Ticket" }).fill("SUP-4821");
  await page.getByRole("radio", { name: /Read and change/ }).check();
  await page.getByRole("button", { name: "Send to approvers" }).click();
  await expect(
    page.getByRole("heading", { name: "You asked to act as Jane Ashdown" }),
  ).toBeVisible();
  await expect(page.getByRole("heading", { name: "Waiting for a manager" })).toBeVisible();
  await expect(page).toHaveTitle(/Waiting · Jane Ashdown/);
  await expectAccessibleInBoth(page, "waiting");
  const agentLoads = loadsOf(page);

  const queue = manager.page.getByRole("region", { name: "Requests" });
  await queue.getByRole("link", { name: new RegExp(person.name) }).click();
  await expect(
    manager.page.getByRole("heading", { name: `${person.name} asks to act as Jane Ashdown` }),
  ).toBeVisible();
  await expect(
    manager.page.getByText("Jane asked to have the sender of invoices changed."),
  ).toBeVisible();
  await expectAccessibleInBoth(manager.page, "queue with a request open");
  await manager.page.getByRole("radio", { name: "15" }).check();
  await manager.page.getByRole("button", { name: "Approve" }).click();
  await expect(manager.page.getByText(`Approved, 15 min. ${given} sees it now.`)).toBeVisible();
  expect(managerLoads()).toBe(0);

  await expect(page.getByRole("heading", { name: "Runa Castellane approved" })).toBeVisible();
  await expect(page.getByText("shortened to 15 min")).toBeVisible();
  await expect(page).toHaveTitle(/Granted/);
  expect(agentLoads()).toBe(0);
  await expectAccessibleInBoth(page, "granted");

  const tab = await inOwnTab(page, () =>
    page.getByRole("button", { name: "Start acting as Jane" }).click(),
  );
  await expect(tab).toHaveURL(inLedger("/invoices"));
  await expect(banner(tab)).toContainText(`${person.name} is acting as Jane Ashdown`);
  await expect(banner(tab)).toContainText("changes are real");
  await expect(banner(tab).getByRole("timer")).toHaveText(/^1[45]:\d\d$/);
  await expectAccessibleInBoth(tab, "Ledger, acting");

  const session = await sessionOf(databases.owner, person.id);
  expect(session).toMatchObject({ scope: "write", minutes: 15 });
  expect((await eventsOf(databases.owner, session.id)).slice(0, 5)).toEqual([
    "request.asked",
    "request.rang",
    "request.opened",
    "request.approved",
    "session.started",
  ]);
});

test("a manager who denies has to say why, and the agent reads it", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const requestId = await asked(agent, await subjectOf(databases.owner, jane));
  await agent.page.goto(`/requests/${requestId}`);
  await expect(agent.page.getByRole("heading", { name: "Waiting for a manager" })).toBeVisible();

  const { page } = manager;
  await page.goto(`/requests/${requestId}`);
  await page.getByRole("button", { name: "Deny" }).click();
  const comment = page.getByLabel("Comment");
  await expect(comment).toHaveAccessibleDescription("Say why, so that they know what to do now.");
  await expectAccessible(page, "denied without a word");
  await comment.fill("Ask Corin Pell in a call first.");
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page.getByText(/^Denied\. .* sees why\.$/)).toBeVisible();

  await expect(agent.page.getByRole("heading", { name: "Runa Castellane denied" })).toBeVisible();
  await expect(agent.page.getByText("Ask Corin Pell in a call first.")).toBeVisible();
  await expect(agent.page.getByRole("button", { name: /Start/ })).toBeHidden();
  await expectAccessible(agent.page, "denied");
  expect(await sessionsOf(databases.owner, agent.person.id)).toBe(0);

  await agent.page.getByRole("link", { name: "Ask again, changed" }).click();
  await expect(agent.page.getByLabel("In a sentence")).toHaveValue(
    "The reminders go out on the wrong day.",
  );
});

test("a request that nobody decides lapses before the agent's eyes and leaves the queue", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const requestId = await asked(agent, await subjectOf(databases.owner, jane));
  await agent.page.goto(`/requests/${requestId}`);
  await expect(agent.page.getByRole("heading", { name: "Waiting for a manager" })).toBeVisible();
  await manager.page.goto("/requests");
  const waits = manager.page.getByRole("link", { name: new RegExp(agent.person.name) });
  await expect(waits.first()).toBeVisible();

  await givingWay(() => ageRequest(databases.owner, requestId, "241 minutes"));
  await expect(agent.page.getByRole("heading", { name: "Nobody decided" })).toBeVisible();
  await expectAccessible(agent.page, "lapsed");
  await expect(manager.page.getByRole("heading", { name: "0 wait for you" })).toBeVisible();
  await manager.page.goto(`/requests/${requestId}`);
  await expect(manager.page.getByRole("button", { name: "Approve" })).toBeHidden();
  await expect(manager.page.getByText("Lapsed, nobody decided").first()).toBeVisible();
});

test("an agent takes a request back, and it is gone from the queue", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const requestId = await asked(agent, await subjectOf(databases.owner, jane));
  await page.goto(`/requests/${requestId}`);
  await page.getByRole("button", { name: "Cancel the request" }).click();
  await expect(page.getByRole("heading", { name: "You cancelled it" })).toBeVisible();
  await page.goto("/requests");
  await expect(page.getByRole("row", { name: /Jane Ashdown/ })).toContainText("Cancelled");
  await expectAccessible(page, "my requests");
});

test("who starts after the policy became stricter is led to ask again, with what they had asked", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const requestId = await asked(agent, await subjectOf(databases.owner, jane));
  const manager = await signedIn(runa);
  await manager.page.goto(`/requests/${requestId}`);
  await manager.page.getByRole("button", { name: "Approve" }).click();
  await expect(manager.page.getByText(/^Approved, .* sees it now\.$/)).toBeVisible();
  await page.goto(`/requests/${requestId}`);

  await withPolicy(databases.owner, { approvals: { sensitive: 2, rules: [] } }, async () => {
    await page.getByRole("button", { name: /^Start / }).click();
    const refused = page.getByRole("alert").filter({ hasText: "The policy became stricter" });
    await expect(refused).toBeVisible();
    await expectAccessible(page, "refused, to ask again");
    await refused.getByRole("link", { name: "Ask again" }).click();
    await expect(page.getByLabel("In a sentence")).toHaveValue(
      "The reminders go out on the wrong day.",
    );
    await expect(page.getByText(/You may start/)).toBeHidden();
    await page.getByRole("button", { name: "Send to approvers" }).click();
    await expect(page.getByRole("heading", { name: /^Waiting for / })).toBeVisible();
  });
  expect(await sessionsOf(databases.owner, agent.person.id)).toBe(0);
});
