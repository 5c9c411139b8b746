import { comeEvening, snoop } from "#e2e/fixtures/findings.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { asked, started, strip, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { end } from "#lib/impersonation/end.ts";
import { cancel } from "#lib/requests/cancel.ts";

const halvor = "halvor@ardentloom.test";
const aino = "aino@quennell.test";

test("the palette leads by ⌘↵ too, and decides nothing on the page under it", async ({
  newcomer,
  signedIn,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const { page } = await signedIn(runa);
  const requestId = await asked(agent, await subjectOf(owner, aino));
  await page.goto(`/requests/${requestId}`);
  const approve = page.getByRole("button", { name: "Approve" });
  await expect(async () => {
    await page.keyboard.press("a");
    await expect(approve).toBeFocused({ timeout: 1000 });
  }).toPass();
  await page.keyboard.press("ControlOrMeta+k");
  const field = page.getByRole("combobox", { name: "Go to" });
  await field.fill("audit");
  await expect(page.getByRole("option", { name: /^Audit log/ })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("heading", { name: "Audit log", level: 1 })).toBeVisible();
  const { rows } = await owner.query("select status from requests where id = $1", [requestId]);
  expect(rows).toEqual([{ status: "pending" }]);
  await cancel(agent.ctx, { requestId });
});

test("a decision that is pressed twice is sent once", async ({ newcomer, signedIn, databases }) => {
  const agent = await newcomer();
  const number = await snoop(databases, agent, await subjectOf(databases.owner, halvor));
  await comeEvening(databases, agent.person.zone);
  const { page } = await signedIn(runa);
  await page.goto(`/findings/F-${number}`);
  const triage = page.getByRole("form", { name: "What was it?" });
  await expect(
    triage.getByRole("button", { name: "Record the decision", exact: true }),
  ).toBeVisible();
  await triage.getByRole("radio", { name: "Explained", exact: true }).check();
  await triage.getByLabel("What you found out").fill("They called four times about it.");
  const sent: string[] = [];
  const { promise: pressedTwice, resolve: go } = Promise.withResolvers<void>();
  await page.route(`**/findings/F-${number}`, async (route) => {
    if (route.request().method() === "POST") {
      sent.push(route.request().url());
      await pressedTwice;
    }
    await route.continue();
  });
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(triage.getByRole("button", { name: "Recording…" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Enter");
  go();
  await expect(page.getByRole("region", { name: "What it was" })).toContainText("four times");
  expect(sent).toHaveLength(1);
  await page.unrouteAll({ behavior: "wait" });
});

test("who presses Just look as their session ends is not told that it goes on", async ({
  newcomer,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const sessionId = await started(agent, await subjectOf(owner, halvor), { scope: "write" });
  await page.goto("/requests");
  await expect(strip(page)).toContainText("is acting as");
  await page.route(/\/api\/(pulse|stream)/, (route) => route.abort());
  await end(agent.ctx, { sessionId });
  await strip(page).getByRole("button", { name: "Just look" }).click();
  await expect(strip(page).getByRole("alert")).toBeVisible();
  await page.unroute(/\/api\/(pulse|stream)/);
  await page.getByRole("link", { name: "Search", exact: true }).first().click();
  await expect(strip(page)).toBeHidden();
  await expect(page.getByText(/^You only look as/)).toHaveCount(0);
});
