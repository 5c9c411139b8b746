import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { eventsOf } from "#e2e/fixtures/record.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { end } from "#lib/impersonation/end.ts";
import { start } from "#lib/impersonation/start.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { approve } from "#lib/requests/vote.ts";

test("who approved reads in a line what was done, and says that it was as expected", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const requestId = await asked(
    agent,
    await subjectOf(databases.owner, "jane.ashdown@tallowfield.test"),
  );
  const request = await readRequest(manager.ctx, requestId);
  await approve(manager.ctx, { requestId, ask: request?.ask ?? "", minutes: 15 });
  const started = await start(agent.ctx, { requestId });
  if (!started.ok) throw new Error(started.error.message);
  const { sessionId } = started.value;
  await end(agent.ctx, { sessionId });
  await expect.poll(() => eventsOf(databases.owner, sessionId)).toContain("session.review_due");

  const { page } = manager;
  await page.goto("/sessions/to-look-at");
  const item = page.getByRole("listitem").filter({ hasText: agent.person.name });
  await expect(item).toContainText("nothing changed, no export");
  await expect(
    page.getByRole("navigation").getByRole("link", { name: /^To look at \d+\+? waiting for you$/ }),
  ).toBeVisible();
  await expectAccessibleInBoth(page, "sessions to look at");
  await item.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(sessionId));
  await expectAccessibleInBoth(page, "a session to look at");
  await page.getByRole("button", { name: "As expected" }).click();
  const said = page.getByRole("region", { name: "Looked at afterwards" });
  await expect(said).toContainText("Runa Castellane");
  await expect(said).toContainText("As expected");
  await expectAccessible(page, "a session that was as expected");
  await page.goto("/sessions/to-look-at");
  await expect(item).toHaveCount(0);

  // What the actor sees of it: who said what, and nothing to press.
  await agent.page.goto(`/sessions/${sessionId}`);
  await expect(agent.page.getByRole("region", { name: "Looked at afterwards" })).toContainText(
    "Runa Castellane",
  );
  await expect(agent.page.getByRole("button", { name: "As expected" })).toHaveCount(0);
});
