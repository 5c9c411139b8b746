import type { Page } from "@playwright/test";
import { tabTo } from "#e2e/fixtures/keyboard.ts";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { inOwnTab } from "#e2e/fixtures/own-tab.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { banner } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const reason = "The reminders go out on the wrong day.";

/** `G` and a letter, once the page has come alive. Not again while the first still leads there: what is pressed then is lost. */
async function go(page: Page, letter: string, heading: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press(letter);
    await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible({
      timeout: 10_000,
    });
  }).toPass();
}

/** From the field of the search, which has the focus, to the form of whoever is found first. */
async function toForm(page: Page, typed: string, name: string): Promise<void> {
  await expect(page.getByRole("combobox", { name: "Search customers’ users" })).toBeFocused();
  await page.keyboard.type(typed);
  const row = page.getByRole("row", { name: new RegExp(name) }).first();
  await expect(row).toHaveAttribute("aria-selected", "true");
  await expect(page).toHaveURL(`/?q=${typed.replaceAll(" ", "%20")}`);
  await expect(page.getByRole("region", { name: "Results" })).not.toHaveAttribute("aria-busy");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: `Stand in for ${name}` })).toBeVisible();
}

async function fillIn(page: Page, button: RegExp): Promise<void> {
  await tabTo(page, page.getByRole("radio", { name: /Carry out what they asked for/ }));
  // What needs no ticket.
  const check = page.getByRole("radio", { name: /Check a configuration/ });
  while (!(await check.isChecked())) await page.keyboard.press("ArrowDown");
  await tabTo(page, page.getByLabel("In a sentence"));
  await page.keyboard.type(reason);
  const called = page.getByRole("radio", { name: /Called back/ });
  if (!(await page.locator("input[name=callerCheck]:checked").count())) {
    await tabTo(page, page.locator("input[name=callerCheck]").first());
    while (!(await called.isChecked())) await page.keyboard.press("ArrowDown");
  }
  await tabTo(page, page.getByRole("button", { name: button }));
  await page.keyboard.press("Enter");
}

test("an agent's and a manager's day, with no mouse at all", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const { page } = agent;

  // A call that needs nobody's approval: into the product, and out of it.
  await page.goto("/");
  await toForm(page, "halvor", "Halvor Venn-Ruiz");
  const tab = await inOwnTab(page, () => fillIn(page, /^Start looking as Halvor/));
  await expect(tab).toHaveURL(inLedger("/invoices"));
  await tabTo(tab, banner(tab).getByRole("button", { name: "End session" }));
  await tab.keyboard.press("Enter");
  await tab.waitForURL((url) => url.host !== new URL(inLedger("/")).host);
  await tab.close();

  // What was done, looked at afterwards.
  await go(page, "p", "My sessions");
  await expect(page.locator("main").getByRole("link", { name: /Halvor Venn-Ruiz/ })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Halvor Venn-Ruiz");

  // The next: somebody sensitive, found by the palette.
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Go to" });
  await expect(field).toBeFocused();
  await page.keyboard.type("usr_7QK2M9");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Jane Ashdown", level: 1 })).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: /^(Ask to stand in|Stand in)/ }).first());
  await page.keyboard.press("Enter");
  await fillIn(page, /^Send to approvers/);
  await expect(page.getByRole("heading", { name: "Waiting for a manager" })).toBeVisible();

  // The manager: the queue, the request, the reason read, yes.
  await manager.page.goto("/sessions/live");
  await go(manager.page, "r", /Requests|asks/);
  const row = manager.page
    .getByRole("region", { name: "Requests" })
    .getByRole("link", { name: new RegExp(agent.person.name) });
  await expect(row).toBeVisible();
  for (let n = 0; n < 40; n += 1) {
    if (await row.evaluate((link) => link === document.activeElement)) break;
    await manager.page.keyboard.press("j");
  }
  await expect(row).toBeFocused();
  await manager.page.keyboard.press("Enter");
  const approve = manager.page.getByRole("button", { name: "Approve" });
  await expect(manager.page.getByText(reason).first()).toBeVisible();
  await expect(async () => {
    await manager.page.keyboard.press("a");
    await expect(approve).toBeFocused({ timeout: 1000 });
  }).toPass();
  await manager.page.keyboard.press("Enter");
  await expect(manager.page.getByText(/^Approved, 30\smin/)).toBeVisible();

  await expect(page).toHaveTitle(/✓ Granted/);
  await tabTo(page, page.getByRole("button", { name: "Start looking as Jane" }));
  const second = await inOwnTab(page, () => page.keyboard.press("Enter"));
  await expect(second).toHaveURL(inLedger("/invoices"));

  // And an end by the manager, asked for and then said why.
  await go(manager.page, "l", "Live sessions");
  const live = manager.page.getByRole("row", { name: new RegExp(agent.person.name) });
  await expect(live).toBeVisible();
  for (let n = 0; n < 40; n += 1) {
    if (await live.evaluate((one) => one.contains(document.activeElement))) break;
    await manager.page.keyboard.press("j");
  }
  await manager.page.keyboard.press("e");
  await manager.page.keyboard.press("Enter");
  await expect(manager.page.getByLabel(/^Why do you end/)).toBeFocused();
  await manager.page.keyboard.type("Enough for today.");
  await manager.page.keyboard.press("Enter");
  await expect(live).toHaveCount(0);
  const { rows } = await databases.owner.query(
    "select end_cause from sessions where actor_id = $1 order by started_at",
    [agent.person.id],
  );
  expect(rows).toEqual([{ end_cause: "actor" }, { end_cause: "manager" }]);
});

test("J, K and arrows go along rows that no page marked, and X chooses in them", async ({
  newcomer,
}) => {
  const { page } = await newcomer();
  await page.goto("/me/notices");
  const boxes = page.locator("tbody input[type=checkbox]:enabled");
  const first = boxes.first();
  await expect(first).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(page.locator("tbody :focus")).toHaveCount(1, { timeout: 1000 });
  }).toPass();
  const before = await page.locator("tbody :focus").evaluate((box) => box.matches(":checked"));
  await page.keyboard.press("x");
  const focused = page.locator("tbody :focus");
  expect(await focused.evaluate((box) => box.matches(":checked"))).toBe(!before);
  const at = await focused.getAttribute("aria-label");
  await page.keyboard.press("ArrowDown");
  expect(await focused.getAttribute("aria-label")).not.toBe(at);
  await page.keyboard.press("k");
  expect(await focused.getAttribute("aria-label")).toBe(at);
});
