import { ageSession } from "#db/testing/age.ts";
import { givingWay } from "#e2e/fixtures/databases.ts";
import { inLedger, invoiceOf, stateOf } from "#e2e/fixtures/ledger.ts";
import { sessionOf } from "#e2e/fixtures/record.ts";
import {
  enter,
  readUntilEnded,
  runDown,
  started,
  strip,
  subjectOf,
} from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const halvor = "halvor@ardentloom.test";
const name = "Halvor Venn-Ruiz";

test("when the time is over the product says so, the panel forgets the session, and the next one may start", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page, context, person } = agent;
  const { owner } = databases;
  const subjectId = await subjectOf(owner, halvor);
  const sessionId = await started(agent, subjectId, { minutes: 15 });
  await enter(page, sessionId);
  const panel = await context.newPage();
  await panel.goto("/audit");
  await expect(strip(panel)).toBeVisible();

  await runDown(databases, { id: sessionId, minutes: 15 });
  await readUntilEnded(page, inLedger("/clients"), name);
  await expect(page.getByRole("alert")).toContainText("Its 15 minutes are over.");
  await expect(strip(panel)).toBeHidden();
  expect(await sessionOf(owner, person.id)).toMatchObject({ end_cause: "time", ended_by: null });

  const next = await started(agent, subjectId);
  await enter(page, next);
  await expect(page.getByRole("heading", { name: "Invoices", exact: true })).toBeVisible();
});

test("a page of the product leads out by itself when the time is over", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const sessionId = await started(agent, await subjectOf(databases.owner, halvor), { minutes: 15 });
  // As long as a slow machine needs to come in; the page knows from then on when it is over.
  const left = 30;
  await runDown(databases, { id: sessionId, minutes: 15 }, left);
  await enter(page, sessionId);
  await expect(
    page.getByRole("heading", { name: `Your session as ${name} has ended` }),
  ).toBeVisible({ timeout: 3 * left * 1000 });
  await expect(page.getByRole("alert")).toContainText("Its 15 minutes are over.");
});

test("what was typed when the time ran out is not saved, and is there to be copied", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const { owner, ledger } = databases;
  const sessionId = await started(agent, await subjectOf(owner, halvor), { scope: "write" });
  await enter(page, sessionId);
  await page.goto(inLedger(`/invoices/${await invoiceOf(ledger, halvor)}`));
  await page.getByLabel("Note to the client").fill("Two pallets are still missing.");
  const before = await stateOf(ledger, halvor);
  await runDown(databases, { id: sessionId, minutes: 30 });
  await page.getByRole("button", { name: "Save invoice" }).click();
  await expect(page.getByRole("alert")).toContainText("Its 30 minutes are over.");
  await expect(page.getByText("Not saved: what you had typed.")).toBeVisible();
  await expect(page.getByText("Two pallets are still missing.")).toBeVisible();
  expect(await stateOf(ledger, halvor)).toBe(before);
});

test("a session that nobody uses ends by itself", async ({ newcomer, databases }) => {
  const agent = await newcomer();
  const { page, person } = agent;
  const sessionId = await started(agent, await subjectOf(databases.owner, halvor));
  await enter(page, sessionId);
  await givingWay(() => ageSession(databases.owner, sessionId, "10 minutes"));
  await readUntilEnded(page, inLedger("/clients"), name);
  await expect(page.getByRole("alert")).toContainText("Nothing was done in it for too long");
  expect(await sessionOf(databases.owner, person.id)).toMatchObject({ end_cause: "idle" });
});
