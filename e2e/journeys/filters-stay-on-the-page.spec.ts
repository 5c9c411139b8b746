import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "#e2e/fixtures/axe.ts";
import { tabTo } from "#e2e/fixtures/keyboard.ts";
import { reviewOf } from "#e2e/fixtures/reviews.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

/** Whether all of it is beside nothing: between the start and the end of the page as it is shown. */
async function expectWithin(page: Page, form: Locator, what: string): Promise<void> {
  const box = await form.boundingBox();
  if (!box) throw new Error(`${what} is not shown`);
  const { width } = page.viewportSize() ?? { width: 0 };
  expect(box.x, `${what}, its start`).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width, `${what}, its end`).toBeLessThanOrEqual(width);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    `${what}, the page beside it`,
  ).toBeLessThanOrEqual(0);
}

for (const width of [390, 1440])
  test(`every filter's menu unfolds within a page of ${width}, and is used by keyboard`, async ({
    newcomer,
    databases: { owner },
  }) => {
    const { page } = await newcomer(["compliance"]);
    const manager = await hireOne(owner, ["manager"]);
    const review = await reviewOf(owner, { [(await hireOne(owner)).id]: manager.id });
    await page.setViewportSize({ width, height: 844 });
    for (const path of ["/audit", "/sessions", "/findings", `/reviews/${review.slug}/list`]) {
      await page.goto(path);
      const menus = page.locator("details.filter");
      await expect(menus.first()).toBeVisible();
      for (const menu of await menus.all()) {
        const summary = menu.locator("summary");
        const form = menu.getByRole("form");
        const what = `${path}, ${(await summary.textContent())?.trim()}`;
        await summary.focus();
        await page.keyboard.press("Enter");
        await expect(form, what).toBeVisible();
        await expectWithin(page, form, what);
        await expect(form.locator("input:not([type=hidden]), select").first()).toBeFocused();
        await page.keyboard.press("Escape");
        await expect(form, what).toBeHidden();
        await expect(summary, what).toBeFocused();
      }
    }

    // The last one of a row is nearest to the edge.
    await page.goto("/audit");
    const last = page.locator("details.filter").last();
    await tabTo(page, last.locator("summary"));
    await page.keyboard.press("Enter");
    await expect(last.getByRole("form")).toBeVisible();
    await expectAccessible(page, `the last filter's menu, ${width}`);

    await page.goto(`/audit?event=sign_in.started`);
    const actor = page.getByRole("form", { name: "Filter by actor" });
    const field = actor.getByRole("combobox", { name: "Who stands in" });
    await tabTo(page, page.locator("details.filter > summary").filter({ hasText: "Actor" }));
    await page.keyboard.press("Enter");
    await expect(field).toBeFocused();
    await expect(actor.getByRole("option").first()).toBeVisible();
    await expectAccessible(page, `the filter by actor, ${width}`);
    await page.keyboard.type(manager.email);
    const option = actor.getByRole("option", { name: manager.name });
    await expect(option).toHaveAttribute("aria-selected", "true");
    await expect(field).toHaveAttribute(
      "aria-activedescendant",
      (await option.getAttribute("id")) ?? "",
    );
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`actor=${manager.id}`));
    await expect(page).toHaveURL(/event=sign_in\.started/);
    await expect(page.getByText(manager.name).first()).toBeVisible();
  });

test("somebody is chosen by a name that is typed, with script or without, and nobody of another team", async ({
  newcomer,
  browser,
  databases: { owner },
}) => {
  const { page, context } = await newcomer(["manager"]);
  const [own, other] = [await hireOne(owner), await hireOne(owner)];
  await owner.query("update staff set team = 'Support, far away' where id = $1", [other.id]);
  await owner.query(
    "update staff set team = (select team from staff where id = $2) where id = $1",
    [own.id, (await newcomer(["manager"])).person.id],
  );
  await page.goto("/sessions");
  await page.locator("details.filter > summary").filter({ hasText: "Actor" }).click();
  const field = page.getByRole("combobox", { name: "Who stands in" });
  await field.fill(other.email);
  await expect(page.getByRole("status").filter({ hasText: "No match" })).toBeVisible();
  await field.fill(own.email);
  await page.getByRole("option", { name: own.name }).click();
  await expect(page).toHaveURL(new RegExp(`actor=${own.id}`));

  const quiet = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await context.storageState(),
  });
  try {
    const plain = await quiet.newPage();
    for (const path of ["/sessions", "/audit", "/findings"]) {
      await plain.goto(path);
      await plain.locator("details.filter > summary").filter({ hasText: "Actor" }).click();
      await plain.getByLabel("Who stands in").fill(other.email);
      await plain
        .getByRole("form", { name: "Filter by actor" })
        .getByRole("button", { name: "Filter" })
        .click();
      await expect(
        plain.getByRole("heading", { name: `Nobody of the staff matches “${other.email}”` }),
      ).toBeVisible();
      await plain.goto(`${path}?actor=${encodeURIComponent(own.email)}`);
      await expect(plain).toHaveURL(new RegExp(`${path}\\?actor=${own.id}`));
    }
  } finally {
    await quiet.close();
  }
});

test("a menu that would reach beyond the edge opens towards the other side", async ({
  newcomer,
}) => {
  const { page } = await newcomer(["compliance"]);
  await page.setViewportSize({ width: 1440, height: 844 });
  await page.goto("/audit");
  const last = page.locator("details.filter").last();
  const summary = last.locator("summary");
  // Until the chip ends at the page's own end.
  const room = await last.evaluate((chip) => {
    const row = chip.parentElement;
    if (!row) throw new Error("A chip in no row");
    return row.getBoundingClientRect().right - chip.getBoundingClientRect().right;
  });
  await last.evaluate(
    (chip, by) => {
      chip.style.marginInlineStart = `${by}px`;
    },
    Math.max(0, room),
  );
  await summary.click();
  const form = last.getByRole("form");
  await expectWithin(page, form, "the last menu");
  const [of, menu] = [await summary.boundingBox(), await form.boundingBox()];
  if (!of || !menu) throw new Error("Not shown");
  expect(menu.x).toBeLessThan(of.x);
  expect(menu.x + menu.width).toBeCloseTo(of.x + of.width, 0);
});

test("a customer's page leads to their sessions and entries, and Time to a quarter of them", async ({
  newcomer,
  databases: { owner },
}) => {
  const { page } = await newcomer(["compliance"]);
  const subject = await subjectOf(owner, "olu@pebblewick.test");
  for (const [way, path] of [
    ["Past sessions", "/sessions"],
    ["Audit log", "/audit"],
  ] as const) {
    await page.goto(`/customers/${subject}`);
    await page.getByRole("main").getByRole("link", { name: way, exact: true }).click();
    await expect(page).toHaveURL(`${path}?subject=${subject}`);
    await page.locator("details.filter > summary").filter({ hasText: "Time" }).click();
    await page.getByRole("link", { name: "Last quarter" }).click();
    await expect(page).toHaveURL(/from=\d{4}-(01|04|07|10)-01&to=\d{4}-(03-31|06-30|09-30|12-31)/);
    await expect(page).toHaveURL(new RegExp(`^[^?]*${path}\\?.*subject=${subject}`));
    await expect(page.getByRole("link", { name: "Remove filter Time" })).toBeVisible();
  }
});
