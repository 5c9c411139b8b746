import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { inLedger, invoiceOf, stateOf } from "#e2e/fixtures/ledger.ts";
import { actionsOf, eventsOf } from "#e2e/fixtures/record.ts";
import { banner, enter, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const halvor = "halvor@ardentloom.test";

test("while looking, a change is refused before it happens, is on record, and leads to asking for acting", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page, person } = agent;
  const { owner, ledger } = databases;
  const sessionId = await started(agent, await subjectOf(owner, halvor), { ticket: "SUP-4833" });
  const invoice = await invoiceOf(ledger, halvor);
  const before = await stateOf(ledger, halvor);
  await enter(page, sessionId);
  await page.goto(inLedger(`/invoices/${invoice}`));
  await page.getByLabel("Note to the client").fill("This must never arrive.");
  await page.getByRole("button", { name: "Save invoice" }).click();

  await expect(page.getByRole("heading", { name: "Nothing was changed" })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText(
    `You asked to change invoice ${invoice}. ${person.name}’s session is for looking only`,
  );
  await expect(banner(page)).toContainText("every change is refused");
  await expectAccessibleInBoth(page, "Ledger, refused");
  expect(await stateOf(ledger, halvor)).toBe(before);
  expect(await actionsOf(owner, sessionId)).toContainEqual({
    phase: "refused",
    effect: "data",
    route: expect.stringContaining("/invoices/"),
    refusal: "scope",
  });
  expect(await eventsOf(owner, sessionId)).toContain("action.refused");

  await page.getByRole("link", { name: "Ask for acting in Alongside" }).click();
  await expect(page.getByRole("heading", { name: "Act as Halvor Venn-Ruiz" })).toBeVisible();
  await expect(page.getByRole("region", { name: "As before" })).toContainText("SUP-4833");
  await page.getByLabel("Why do you need to").fill("The note has to be corrected with him.");
  await page.getByRole("button", { name: "Start acting as Halvor" }).click();
  await page.waitForURL(inLedger(`/invoices/${invoice}`));
  await expect(banner(page)).toContainText("is acting as Halvor Venn-Ruiz");
  // What was typed before it was refused is not lost.
  await banner(page).getByRole("button", { name: "Put it back" }).click();
  await expect(page.getByLabel("Note to the client")).toHaveValue("This must never arrive.");
  const { rows } = await owner.query("select end_cause from sessions where id = $1", [sessionId]);
  expect(rows[0]).toEqual({ end_cause: "upgraded" });
});

test("while looking, nothing is handed out in bulk", async ({ newcomer, databases }) => {
  const agent = await newcomer();
  const { page } = agent;
  const sessionId = await started(agent, await subjectOf(databases.owner, halvor));
  await enter(page, sessionId);
  await page.goto(inLedger("/reports"));
  await page.getByRole("link", { name: "Download all invoices" }).click();
  await expect(page.getByRole("heading", { name: "Nothing was handed out" })).toBeVisible();
  await expect
    .poll(() => actionsOf(databases.owner, sessionId))
    .toContainEqual(expect.objectContaining({ phase: "refused", effect: "export" }));
});

test("nobody changes a password for somebody else, not even while acting", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const { owner, ledger } = databases;
  const sessionId = await started(agent, await subjectOf(owner, halvor), { scope: "write" });
  await enter(page, sessionId);
  const before = await stateOf(ledger, halvor);
  await page.goto(inLedger("/settings"));
  await page.getByRole("link", { name: "Change your password" }).click();
  await expect(page.getByRole("alert")).toContainText(
    "Nobody can change a password for somebody else. Halvor Venn-Ruiz has to do this in their own session.",
  );
  await expect(page.getByLabel("New password")).toHaveCount(0);

  const answer = await page.request.post(inLedger("/settings/password"), {
    headers: { origin: inLedger("") },
    form: { current: "ledger-demo", new: "another-password", password: "another-password" },
  });
  expect(answer.status()).toBe(403);
  expect(await stateOf(ledger, halvor)).toBe(before);
  const denied = (await actionsOf(owner, sessionId)).filter(({ phase }) => phase === "refused");
  expect(denied.length).toBeGreaterThanOrEqual(2);
  expect(new Set(denied.map(({ refusal }) => refusal))).toEqual(new Set(["denied_route"]));
});
