import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { type Did, did } from "#e2e/fixtures/deeds.ts";
import { chooseFromOwnMenu } from "#e2e/fixtures/own-menu.ts";
import { persona, runa } from "#e2e/fixtures/staff.ts";
import { asked, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { end } from "#lib/impersonation/end.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { deny } from "#lib/requests/vote.ts";

const olu = "olu@pebblewick.test";
const write: Did = { phase: "attempt", method: "POST", effect: "data", route: "/invoices/:number" };
const deeds: Did[] = [
  { route: "/invoices", data: ["invoice", "client"] },
  { route: "/invoices/:number", data: ["invoice", "client"] },
  {
    ...write,
    resource: "INV-2207",
    changes: [{ field: "Due", before: "14 days", after: "30 days" }],
  },
  { ...write, resource: "INV-2208", status: 500 },
];

test("what an agent did somewhere stands on the person's page, and goes into the ticket as text", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page, context } = agent;
  const subjectId = await subjectOf(databases.owner, olu);
  await page.goto(`/customers/${subjectId}`);
  await expect(page.getByRole("region", { name: "When you stood in for Olu" })).toContainText(
    "You have not stood in for Olu yet.",
  );
  await page.getByRole("link", { name: "Changes" }).click();
  await expect(
    page.getByRole("heading", { name: "You have changed nothing as Olu" }),
  ).toBeVisible();
  await expectAccessible(page, "what was changed, nothing yet");

  const sessionId = await started(agent, subjectId, { scope: "write" });
  await did(databases, sessionId, deeds);
  await page.goto(`/sessions/${sessionId}`);
  const summary = page.getByRole("textbox", { name: "Summary" });
  await expect(summary).toHaveValue(
    /^Acted as Olu Braithe, Pebblewick Bakery \(Ledger\) · .* so far/,
  );
  await end(agent.ctx, { sessionId });

  // From the person's page: why, how many writes, and what they were.
  await page.goto(`/customers/${subjectId}`);
  const row = page
    .getByRole("table", { name: "When you stood in for Olu" })
    .getByRole("row", { name: /2 writes/ });
  await expect(row).toContainText("“The reminders go out on the wrong day.”");
  const changed = page.getByRole("region", { name: "What you changed as Olu" });
  await expect(changed).toContainText(/Change data INV-2207.*Due 14 days 30 days/);
  await expect(
    changed
      .getByRole("listitem")
      .filter({ hasText: /^.*INV-2208/ })
      .last(),
  ).toContainText("Failed (500)");
  await expectAccessibleInBoth(page, "a person with a past");
  await changed.getByRole("link", { name: "Entry: Change data INV-2207" }).click();
  await expect(page.getByRole("heading", { name: "Who, for whom, why" })).toBeVisible();

  // One press on: the note, with the agent's own words above what was done.
  await page.goBack();
  await row.getByRole("link").click();
  await expect(summary).toHaveValue(
    new RegExp(
      [
        "Pages: 2 \\(invoices, invoice\\)",
        "Writes: 2 data; 1 failed",
        "Changed:",
        "- INV-2207: Due “14 days” → “30 days”",
        "- INV-2208: data changed \\(failed\\)",
        `Session S-\\d+, .*/sessions/${sessionId}$`,
      ].join("\n"),
    ),
  );
  await expectAccessibleInBoth(page, "the note for a ticket");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByLabel("What you found").fill("The wrong day was set for reminders.");
  await page.getByRole("button", { name: "Copy for the ticket" }).click();
  await expect(page.getByText("Copied", { exact: true })).toBeVisible();
  const pasted = await page.evaluate(() => navigator.clipboard.readText());
  expect(pasted).toBe(`The wrong day was set for reminders.\n\n${await summary.inputValue()}`);

  // A reload costs nobody their words; after the sign-out they are nobody's.
  await page.reload();
  await expect(page.getByLabel("What you found")).toHaveValue(
    "The wrong day was set for reminders.",
  );
  await chooseFromOwnMenu(page, agent.person.name, "Sign out");
  await expect(page.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => JSON.stringify(sessionStorage)))
    .not.toContain("reminders");
});

test("without script the summary stands there all the same", async ({
  newcomer,
  browser,
  databases,
}) => {
  const agent = await newcomer();
  const sessionId = await started(agent, await subjectOf(databases.owner, olu));
  await end(agent.ctx, { sessionId });
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await agent.context.storageState(),
  });
  const page = await context.newPage();
  await page.goto(`/sessions/${sessionId}`);
  await expect(page.getByRole("textbox", { name: "Summary" })).toHaveValue(/Writes: none/);
  await context.close();
});

test("a request that was denied stands there with why, for the agent and for the team's manager", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const subjectId = await subjectOf(databases.owner, "aino@quennell.test");
  const requestId = await asked(agent, subjectId);
  const request = await readRequest(manager.ctx, requestId);
  await deny(manager.ctx, { requestId, ask: request?.ask ?? "", comment: "Ask the owner first." });
  for (const { page } of [agent, manager]) {
    await page.goto(`/customers/${subjectId}?show=requests`);
    const row = page.getByRole("row", { name: new RegExp(String(request?.number)) });
    await expect(row).toContainText("Denied");
    await expect(row).toContainText("“Ask the owner first.”");
  }
  await expectAccessibleInBoth(agent.page, "requests that came to nothing");
  await manager.page.goto(`/customers/accounts/${request?.account.id}?show=requests`);
  await expect(
    manager.page.getByRole("row", { name: new RegExp(String(request?.number)) }),
  ).toContainText(`${agent.person.name} asked to look as Aino`);
  await expectAccessibleInBoth(manager.page, "an account's requests that came to nothing");
});

test("a manager sees what their team changed at an account, one of another team does not", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const { owner } = databases;
  const subjectId = await subjectOf(owner, olu);
  const sessionId = await started(agent, subjectId, { scope: "write" });
  await did(databases, sessionId, deeds);
  await end(agent.ctx, { sessionId });
  const { rows } = await owner.query<{ account_id: string }>(
    "select account_id from subjects where id = $1",
    [subjectId],
  );
  const path = `/customers/accounts/${rows[0]?.account_id}`;

  const own = await signedIn(runa);
  await own.page.goto(path);
  await own.page.getByRole("link", { name: "Changes" }).click();
  const item = own.page.getByRole("listitem").filter({ hasText: agent.person.name }).first();
  await expect(item).toContainText("as Olu Braithe");
  await expect(item).toContainText("INV-2207");
  await expectAccessibleInBoth(own.page, "what was changed at an account");
  await own.page.getByRole("link", { name: "Who stood in" }).click();
  await expect(
    own.page.getByRole("row", { name: new RegExp(`${agent.person.name}.*acted as Olu Braithe`) }),
  ).toBeVisible();
  await expectAccessibleInBoth(own.page, "who stood in at an account");

  const another = await signedIn(persona("Ansel Dray"));
  for (const show of ["sessions", "changes", "requests"]) {
    await another.page.goto(`${path}?show=${show}`);
    await expect(
      another.page.getByRole("heading", { name: "Pebblewick Bakery", level: 1 }),
    ).toBeVisible();
    await expect(another.page.getByText(agent.person.name)).toHaveCount(0);
  }
});
