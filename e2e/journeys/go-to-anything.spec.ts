import type { Page } from "@playwright/test";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { hireOne, runa } from "#e2e/fixtures/staff.ts";
import { asked, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { requestNumber } from "#lib/kernel/ids.ts";

const jane = "jane.ashdown@tallowfield.test";
const halvor = "halvor@ardentloom.test";

const palette = (page: Page) => page.getByRole("dialog", { name: "Go to" });
const field = (page: Page) => palette(page).getByRole("combobox", { name: "Go to" });
const option = (page: Page, name: RegExp | string) => palette(page).getByRole("option", { name });

/** Before a page has come alive keys do nothing, and while one palette closes none opens. */
async function openPalette(page: Page): Promise<void> {
  await expect(palette(page)).toBeHidden();
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(palette(page)).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(field(page)).toBeFocused();
}

/** Which option the field names as chosen, as a screen reader finds it. */
const chosen = (page: Page) =>
  field(page).evaluate((input) => {
    const id = input.getAttribute("aria-activedescendant");
    return id ? (document.getElementById(id)?.textContent ?? null) : null;
  });

test("one key away an agent has what lives, what is open and whom they met, and by a few letters the rest", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const { owner } = databases;
  const session = await started(agent, await subjectOf(owner, halvor));
  const request = await asked(agent, await subjectOf(owner, jane));
  await page.goto("/requests");
  await openPalette(page);
  const groups = palette(page).getByRole("group");
  await expect(groups.first()).toHaveAccessibleName("Live now");
  for (const name of ["Live now", "Your open requests", "Recent", "Pages"])
    await expect(palette(page).getByRole("group", { name })).toBeVisible();
  await expect(palette(page).getByRole("status")).toHaveText(/^\d+ ways$/);
  await expectAccessibleInBoth(page, "palette, nothing typed");

  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  expect(await chosen(page)).toContain("Jane Ashdown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/requests/${request}`);
  await expect(palette(page)).toBeHidden();

  await openPalette(page);
  await page.keyboard.type("pebblewick");
  await expect(option(page, /Pebblewick Bakery.*acc_/)).toBeVisible();
  await expect(option(page, /^.*Olu Braithe/)).toBeVisible();
  await expectAccessibleInBoth(page, "palette, found");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("my dev");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/me/devices");

  // It leads to where the end is asked for, and ends nothing.
  await openPalette(page);
  await option(page, /End session…/).click();
  await expect(page).toHaveURL(`/sessions/${session}?end=1`);
  const question = page.getByRole("region", { name: "End the session" });
  await expect(question).toBeVisible();
  const { rows } = await owner.query("select ended_at from sessions where id = $1", [session]);
  expect(rows).toEqual([{ ended_at: null }]);
  // The same key closes it and does not answer the question under it.
  await openPalette(page);
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(question).toBeVisible();
});

test("a number goes to its request; for who may not see it there is none", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const request = await asked(agent, await subjectOf(databases.owner, jane));
  const { rows } = await databases.owner.query<{ number: number }>(
    "select number from requests where id = $1",
    [request],
  );
  const number = requestNumber(rows[0]?.number ?? 0);
  const manager = await signedIn(runa);
  await manager.page.goto("/audit");
  await openPalette(manager.page);
  await manager.page.keyboard.type(number);
  // Before the answer is there: it waits for it.
  await manager.page.keyboard.press("Enter");
  await expect(manager.page).toHaveURL(`/requests/${request}`);

  const other = await newcomer();
  await other.page.goto("/requests");
  await openPalette(other.page);
  await other.page.keyboard.type(number);
  await expect(palette(other.page).getByRole("status")).toHaveText(/^Nothing of yours is called/);
  await expect(palette(other.page).getByRole("option")).toHaveCount(1);
  await expectAccessible(other.page, "palette, no match");
});

test("Esc gives the focus back, and letters do nothing in it, in a field, over a menu or while something is composed", async ({
  newcomer,
}) => {
  const { page, person } = await newcomer();
  await page.goto("/sessions");
  await expect(page.getByRole("button", { name: person.name })).toBeEnabled();
  const back = page.getByRole("link", { name: "Audit log" });
  await back.focus();
  await openPalette(page);
  await page.keyboard.press("?");
  await expect(field(page)).toHaveValue("?");
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(back).toBeFocused();

  const keys = page.getByRole("dialog", { name: "Keys" });
  await page.keyboard.press("Control+?");
  await page.keyboard.press("Alt+?");
  await page.evaluate(() => {
    const press = (init: KeyboardEventInit) =>
      document.body.dispatchEvent(
        new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }),
      );
    press({ key: "?", isComposing: true });
    // The keys of these places, of a layout without these letters.
    press({ key: "о", code: "KeyJ" });
    press({ key: ",", code: "Slash", shiftKey: true });
    press({ key: "k", ctrlKey: true, altKey: true });
    press({ key: "k", ctrlKey: true, isComposing: true });
  });
  await expect(keys).toBeHidden();
  await expect(palette(page)).toBeHidden();

  await page.getByRole("button", { name: person.name }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();

  // By its place, where the layout has no Latin letters.
  await page.evaluate(() =>
    document.body.dispatchEvent(
      new KeyboardEvent("keydown", { bubbles: true, key: "л", code: "KeyK", ctrlKey: true }),
    ),
  );
  await expect(palette(page)).toBeVisible();
});

test("? lists the keys of this page, and the switch turns letters off but not ⌘K", async ({
  signedIn,
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const request = await asked(agent, await subjectOf(databases.owner, jane));
  const { page } = await signedIn(runa);
  await page.goto(`/requests/${request}`);
  await expect(page.getByRole("button", { name: "Approve" })).toBeVisible();
  const keys = page.getByRole("dialog", { name: "Keys" });
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(keys).toBeVisible({ timeout: 1000 });
  }).toPass();
  const here = keys.getByRole("region", { name: "On this page" });
  await expect(here).toContainText("Approve: moves to the button");
  await expect(here).toContainText("Minutes");
  await expect(here).toContainText("Decide, and go on to the next");
  await expect(here).not.toContainText("Add a filter");
  await expectAccessibleInBoth(page, "keys of a request");
  await keys.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.keyboard.press("a");
  await expect(page.getByRole("button", { name: "Approve" })).not.toBeFocused();
  await expect(keys).toBeHidden();
  await openPalette(page);
  await page.keyboard.press("Escape");

  await page.goto("/me/devices");
  await expect(page.getByRole("heading", { name: "My devices", level: 1 })).toBeVisible();
  await page.evaluate(() => localStorage.clear());
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(keys).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(keys).not.toContainText("Approve");
});

test("E leads to the end of one's own session from any page, and to the row's where rows have one", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  await started(agent, await subjectOf(databases.owner, halvor));
  const strip = page.getByRole("complementary", { name: "You are standing in" });
  await page.goto("/requests");
  await expect(async () => {
    await page.keyboard.press("e");
    await expect(strip.getByRole("button", { name: "End session" })).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toContainText(
    "End session: moves to the button",
  );
  await page.keyboard.press("Escape");

  await page.goto("/sessions/live");
  await expect(async () => {
    await page.keyboard.press("e");
    await expect(page.getByRole("main").getByRole("link", { name: /^End/ })).toBeFocused({
      timeout: 500,
    });
  }).toPass();
});

test("what goes wrong is said in it, and pages are there all the same", async ({
  newcomer,
  databases,
}) => {
  const { page, context, ctx } = await newcomer();
  await page.goto("/requests");
  await openPalette(page);
  const told = palette(page).getByRole("status");
  await context.route("**/api/palette?q=j*", (route) =>
    route.fulfill({ status: 429, headers: { "retry-after": "42" } }),
  );
  await page.keyboard.type("jane");
  await expect(told).toHaveText(
    "You searched too often. People and accounts again in 42 s; pages are here.",
  );
  await expectAccessible(page, "palette, too often");
  await context.unroute("**/api/palette?q=j*");
  await context.route("**/api/palette?q=audi*", (route) => route.abort());
  await field(page).fill("audit");
  await expect(told).toHaveText(/could not be looked up/);
  await expect(option(page, /Audit log/)).toBeVisible();
  await expectAccessible(page, "palette, failed");
  await context.unroute("**/api/palette?q=audi*");
  await palette(page).getByRole("button", { name: "Try again" }).click();
  await expect(told).toHaveText(/way/);
  await databases.owner.query(
    "update staff_sign_ins set ended_at = clock_timestamp(), end_cause = 'signed_out' where id = $1",
    [ctx.actor.signInId],
  );
  await field(page).fill("jan");
  await expect(told.or(page.getByRole("heading", { name: "You were signed out" }))).toHaveText(
    /You (are|were) signed out/,
  );
});

test("on a phone it is a sheet as wide as the screen", async ({ newcomer, databases }) => {
  const agent = await newcomer();
  const { page } = agent;
  await started(agent, await subjectOf(databases.owner, halvor));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/requests");
  await expect(async () => {
    await page.getByRole("button", { name: "Go to…" }).first().click();
    await expect(palette(page)).toBeVisible({ timeout: 1000 });
  }).toPass();
  const box = await palette(page).boundingBox();
  expect(box).toMatchObject({ x: 0, y: 0, width: 390 });
  await expect(option(page, /Halvor/).first()).toBeVisible();
  await expectAccessibleInBoth(page, "palette on a phone");
  await palette(page).getByRole("button", { name: "Close" }).click();
  await expect(palette(page)).toBeHidden();
});

test("an admin finds the pages of settings that are not in the navigation", async ({
  signedIn,
  databases,
}) => {
  const { page } = await signedIn(await hireOne(databases.owner, ["admin"]));
  await page.goto("/audit");
  await openPalette(page);
  await page.keyboard.type("add a person");
  await expect(option(page, /Add a person to the staff…/)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/settings/staff/new");
});
