import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { sessionsOf } from "#e2e/fixtures/record.ts";
import { persona, runa } from "#e2e/fixtures/staff.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const olu = "olu@pebblewick.test";

test("compliance reads everybody's entries and sessions, and can start nothing", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const { owner } = databases;
  const subjectId = await subjectOf(owner, olu);
  const sessionId = await started(agent, subjectId);
  const { page, person } = await signedIn(persona("Mirela Osthoff"));

  await page.goto("/?q=olu+braithe");
  const row = page.getByRole("row", { name: /Olu Braithe/ });
  await expect(row.getByRole("link", { name: "Olu Braithe" })).toHaveAttribute(
    "href",
    `/customers/${subjectId}`,
  );
  await expect(page.getByRole("link", { name: /Stand in/ })).toHaveCount(0);
  await row.getByRole("link", { name: "Olu Braithe" }).click();
  await expect(page.getByRole("heading", { name: "Olu Braithe", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: /[Ss]tand in for/ })).toHaveCount(0);

  const answer = await page.goto(`/customers/${subjectId}/start`);
  expect(answer?.status()).toBe(403);
  await expect(
    page.getByRole("heading", { name: "Your roles do not open this page" }),
  ).toBeVisible();
  await expectAccessibleInBoth(page, "403");
  await page.goto(`/sessions/${sessionId}/enter`);
  await expect(page).toHaveURL(`/sessions/${sessionId}`);
  expect(await sessionsOf(owner, person.id)).toBe(0);

  await page.goto("/sessions/live");
  const live = page.getByRole("row", { name: new RegExp(agent.person.name) });
  await expect(live).toContainText("Olu Braithe");
  await expect(live.getByRole("link", { name: /^End/ })).toHaveCount(0);
  await page.goto(`/sessions/${sessionId}`);
  await expect(page.getByRole("link", { name: /^End…/ })).toHaveCount(0);
  await expectAccessibleInBoth(page, "a live session's page");

  await page.goto(`/audit?actor=${agent.person.id}`);
  const entries = page.getByRole("table", { name: "Audit log, newest first" });
  const start = entries.getByRole("row", { name: /session\.started/ });
  await expect(start).toContainText(agent.person.name);
  await expect(start).toContainText("Olu Braithe");
  await page.goto(`/audit?actor=${agent.person.id}&event=request.asked`);
  await expect(entries.getByRole("row")).toHaveCount(2);
  await entries.getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Who, for whom, why" })).toBeVisible();
  await expect(page).toHaveURL(/actor=.*event=request\.asked.*open=/);
  await expect(entries).toContainText("The reminders go out on the wrong day.");
  await expectAccessibleInBoth(page, "audit log, an entry open");

  await page.goto("/audit?event=page.refused");
  await expect(entries.getByRole("row", { name: /Mirela Osthoff/ }).first()).toContainText(
    "needs the permission start",
  );
});

test("an agent's audit log holds their own entries alone", async ({ newcomer, databases }) => {
  const one = await newcomer();
  const other = await newcomer();
  const subjectId = await subjectOf(databases.owner, olu);
  await started(one, subjectId);
  await started(other, subjectId);
  await one.page.goto("/audit");
  const entries = one.page.getByRole("table", { name: "Audit log, newest first" });
  await expect(entries.getByRole("row", { name: /session\.started/ })).toHaveCount(1);
  await expect(entries).toContainText(one.person.name);
  await expect(entries).not.toContainText(other.person.name);
  await one.page.goto(`/audit?actor=${other.person.id}`);
  await expect(
    one.page.getByRole("heading", { name: "The audit log of others is not yours to read" }),
  ).toBeVisible();
  await expectAccessible(one.page, "audit log, not allowed");

  const theirs = await databases.owner.query("select id from sessions where actor_id = $1", [
    other.person.id,
  ]);
  expect((await one.page.goto(`/sessions/${theirs.rows[0].id}`))?.status()).toBe(404);
  await expect(
    one.page.getByRole("heading", { name: "Nothing here that you may see" }),
  ).toBeVisible();
  await expectAccessibleInBoth(one.page, "404");
});

test("a manager reads the entries of the own team and not of another", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  await started(agent, await subjectOf(databases.owner, olu));
  const address = `/audit?actor=${agent.person.id}`;

  const own = await signedIn(runa);
  await own.page.goto(address);
  await expect(own.page.getByRole("row", { name: /session\.started/ })).toBeVisible();
  const another = await signedIn(persona("Ansel Dray"));
  await another.page.goto(address);
  await expect(
    another.page.getByRole("heading", {
      name: "The audit log of other teams is not yours to read",
    }),
  ).toBeVisible();
});
