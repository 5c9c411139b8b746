import type { BrowserContext, Page } from "@playwright/test";
import { inOwnTab } from "#e2e/fixtures/own-tab.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { asked, started, strip, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const jane = "jane.ashdown@tallowfield.test";

/** Streams of a browser that were opened and are not over. */
function streamsOf(context: BrowserContext): Set<object> {
  const open = new Set<object>();
  context.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/stream") open.add(request);
  });
  context.on("requestfailed", (request) => open.delete(request));
  context.on("requestfinished", (request) => open.delete(request));
  return open;
}

/** From now on nothing of this page happens by its own timers: no poll is made. */
async function withoutPolls(page: Page): Promise<void> {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60 * 60_000);
}

/** As a browser does with a tab behind another: this one's own pages never are. */
const hide = (page: Page, hidden: boolean) =>
  page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { configurable: true, value });
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      value: value ? "hidden" : "visible",
    });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);

test("the agent sees who has opened the request and who approved, by the stream alone", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const streams = streamsOf(agent.context);
  const requestId = await asked(agent, await subjectOf(databases.owner, jane));
  const { page } = agent;
  await page.goto(`/requests/${requestId}`);
  const stands = page.getByRole("region", { name: "How it stands" });
  const runas = stands.getByRole("listitem").filter({ hasText: "Runa Castellane" });
  await expect(runas).toContainText("not opened yet");
  await expect(page).toHaveTitle(/Waiting/);
  // What changes in it is read out when there is a pause.
  await expect(stands).toHaveAttribute("aria-live", "polite");
  await expect.poll(() => streams.size).toBe(1);
  await withoutPolls(page);

  await manager.page.goto(`/requests/${requestId}`);
  await expect(runas).toContainText("Opened it");
  await manager.page.getByRole("button", { name: "Approve" }).click();
  await expect(stands.getByRole("heading", { name: "Runa Castellane approved" })).toBeVisible();
  await expect(page).toHaveTitle(/✓ Granted/);
});

test("a manager's queue and the live list follow, by the stream alone", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const queue = await signedIn(runa);
  const live = await queue.context.newPage();
  await queue.page.goto("/requests");
  await live.goto("/sessions/live");
  await expect(live.getByText("This list follows by itself")).toBeVisible();
  for (const page of [queue.page, live]) await withoutPolls(page);

  await agent.page.goto("/customers/usr_7QK2M9/start");
  await agent.page.getByRole("radio", { name: /Check a configuration/ }).check();
  await agent.page.getByLabel("In a sentence").fill("The reminders go out on the wrong day.");
  await agent.page.getByRole("radio", { name: /Called back/ }).check();
  await agent.page.getByRole("button", { name: "Send to approvers" }).click();
  await expect(agent.page.getByRole("heading", { name: "Waiting for a manager" })).toBeVisible();
  const waiting = queue.page.getByRole("link", { name: new RegExp(agent.person.name) });
  await expect(waiting).toBeVisible();

  const other = await newcomer();
  const halvor = await subjectOf(databases.owner, "halvor@ardentloom.test");
  await other.page.goto(`/customers/${halvor}/start`);
  await expect(other.page.getByRole("button", { name: /^Start/ })).toBeVisible();
  await other.page.getByRole("radio", { name: /Check a configuration/ }).check();
  await other.page.getByLabel("In a sentence").fill("The reminders go out on the wrong day.");
  await other.page.getByRole("radio", { name: /Called back/ }).check();
  await inOwnTab(other.page, () => other.page.getByRole("button", { name: /^Start/ }).click());
  await expect(live.getByRole("row", { name: new RegExp(other.person.name) })).toBeVisible();
});

test("of many tabs one holds the stream and tells the others; hidden, it hands it over, and none is held where none is seen", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const streams = streamsOf(agent.context);
  const tabs = [agent.page, await agent.context.newPage(), await agent.context.newPage()];
  for (const tab of tabs) await tab.goto("/requests");
  await expect.poll(() => streams.size).toBe(1);

  const [first, second, third] = tabs;
  if (!first || !second || !third) throw new Error("Three tabs were opened");
  await hide(first, true);
  await expect.poll(() => streams.size).toBe(1);
  await hide(second, true);
  await expect.poll(() => streams.size).toBe(1);
  await hide(third, true);
  await expect.poll(() => streams.size).toBe(0);
  await hide(second, false);
  await hide(first, false);
  await expect.poll(() => streams.size).toBe(1);

  // Seven tabs would take all connections that a browser makes to a host, were each to hold one.
  for (let n = 0; n < 5; n += 1) tabs.push(await agent.context.newPage());
  for (const tab of tabs.slice(3)) await tab.goto("/requests");
  await started(agent, await subjectOf(databases.owner, "halvor@ardentloom.test"));
  for (const tab of tabs.slice(3)) await expect(strip(tab)).toBeVisible();
  expect(streams.size).toBe(1);
});

test("where the stream is refused, pages go on by polling, and say nothing", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  await agent.context.route("**/api/stream", (route) => route.fulfill({ status: 503 }));
  await agent.page.goto("/requests");
  await started(agent, await subjectOf(databases.owner, "halvor@ardentloom.test"));
  await expect(strip(agent.page)).toBeVisible();
  await expect(agent.page.getByText("stopped following")).toHaveCount(0);
});
