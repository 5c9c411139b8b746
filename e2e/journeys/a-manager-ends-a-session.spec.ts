import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { inLedger, invoiceOf, stateOf } from "#e2e/fixtures/ledger.ts";
import { sessionOf } from "#e2e/fixtures/record.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { enter, readUntilEnded, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const halvor = "halvor@ardentloom.test";
const why = "The customer called: she wants nobody in her books today.";

test("a manager ends a live session with a reason, and its next write is refused at once", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  await manager.page.goto("/sessions/live");
  await expect(
    manager.page.getByRole("heading", { name: "Nobody stands in for anybody now" }),
  ).toBeVisible();
  await expectAccessible(manager.page, "live sessions, none");

  const subjectId = await subjectOf(databases.owner, halvor);
  const returnPath = `/customers/${subjectId}`;
  const sessionId = await started(agent, subjectId, { scope: "write", returnPath });
  await enter(agent.page, sessionId);
  await agent.page.goto(inLedger(`/invoices/${await invoiceOf(databases.ledger, halvor)}`));
  const before = await stateOf(databases.ledger, halvor);
  await agent.page.getByLabel("Note to the client").fill("Paid by instalments, as agreed.");

  const { page } = manager;
  const row = page.getByRole("row", { name: new RegExp(agent.person.name) });
  await expect(row).toContainText("Halvor");
  await expect(row).toContainText("Acting");
  await expectAccessibleInBoth(page, "live sessions");
  await page.goto(`/sessions/${sessionId}`);
  await expect(
    page.getByRole("navigation", { name: "Panel" }).getByRole("link", { name: /^Live sessions/ }),
  ).toHaveAttribute("aria-current", "page");
  await page.goto("/sessions/live");
  await row.getByRole("link", { name: `End ${agent.person.name}’s session…` }).click();
  const comment = page.getByLabel(`Why do you end ${agent.person.name}’s session?`);
  await expect(comment).toBeFocused();
  await expectAccessibleInBoth(page, "live sessions, one about to be ended");
  await comment.fill(why);
  await page.getByRole("button", { name: "End session" }).click();
  await expect(page.getByText(/^S-\d+ is ended\. Its next write is refused\.$/)).toBeVisible();
  await expect(row).toBeHidden();

  await agent.page.getByRole("button", { name: "Save invoice" }).click();
  await expect(
    agent.page.getByRole("heading", { name: /^Your session as Halvor .* has ended$/ }),
  ).toBeVisible();
  await expect(agent.page.getByRole("alert")).toContainText(
    /Runa Castellane ended it at \d\d:\d\d/,
  );
  await expect(agent.page.getByRole("alert")).toContainText(`“${why}”`);
  await expect(agent.page.getByText("Paid by instalments, as agreed.")).toBeVisible();
  expect(await stateOf(databases.ledger, halvor)).toBe(before);
  expect(await sessionOf(databases.owner, agent.person.id)).toMatchObject({
    end_cause: "manager",
    end_comment: why,
    ended_by: runa.id,
  });

  await agent.page.getByRole("link", { name: "Back to Alongside, where you were" }).click();
  await agent.page.waitForURL(returnPath);
});

test("a session that a manager ended shows no further page of the customer's", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = await signedIn(runa);
  const sessionId = await started(agent, await subjectOf(databases.owner, halvor));
  await enter(agent.page, sessionId);
  await page.goto(`/sessions/${sessionId}`);
  await page.getByRole("link", { name: /^End…/ }).click();
  await page.getByRole("button", { name: "End session" }).click();
  expect(await sessionOf(databases.owner, agent.person.id)).toMatchObject({ ended_at: null });
  await page.getByLabel(/^Why do you end/).fill(why);
  await page.getByRole("button", { name: "End session" }).click();
  await expect(page.getByText("Ended by you", { exact: true })).toBeVisible();

  await readUntilEnded(agent.page, inLedger("/clients"), "Halvor Venn-Ruiz");
  await expect(agent.page.getByRole("alert")).toContainText("Runa Castellane ended it at");
});
