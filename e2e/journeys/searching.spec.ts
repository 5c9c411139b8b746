import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { end } from "#lib/impersonation/end.ts";

test("the search finds namesakes by account, other scripts and ids, and keeps its question in the address", async ({
  newcomer,
}) => {
  const { page } = await newcomer();
  await page.goto("/audit");
  // There once the page has come alive, and with it its keys.
  await expect(page.getByRole("region", { name: "Notifications" })).toBeAttached();
  await page.keyboard.press("/");
  const field = page.getByRole("combobox", { name: "Search customers’ users" });
  await expect(field).toBeFocused();
  await expectAccessibleInBoth(page, "search, nothing asked");

  await page.keyboard.type("jane ashdown");
  await expect(page.getByRole("row", { name: /Tallowfield Clinics/ })).toContainText(
    "Needs approval",
  );
  await expect(page.getByRole("row", { name: /Pebblewick Bakery/ })).toContainText("Ready");
  await expect(page.getByRole("row", { name: /Corvale Mutual/ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expect(page.getByText("check the account before you go on")).toBeVisible();
  await expect(page).toHaveURL("/?q=jane%20ashdown");
  await expectAccessibleInBoth(page, "search, results");
  await page.reload();
  await expect(field).toHaveValue("jane ashdown");
  await expect(page.getByRole("row", { name: /Tallowfield Clinics/ })).toBeVisible();

  for (const [typed, found] of [
    ["эшдаун", /Oxbow Tannery/],
    ["杉本", /Sundermere Trust/],
    ["usr_7QK2M9", /Tallowfield Clinics/],
  ] as const) {
    await field.fill(typed);
    await expect(page.getByRole("row", { name: found }).first()).toBeVisible();
  }
  await field.fill("jnae ashdown");
  await expect(page.getByText("Nobody matches “jnae ashdown”.")).toBeVisible();
  await expect(page.getByText("With one typo undone, “jane ashdown”")).toBeVisible();
  await expect(
    page
      .getByRole("row", { name: /Pebblewick Bakery/ })
      .locator("mark")
      .first(),
  ).toHaveText("Jane Ashdown");
  await expectAccessibleInBoth(page, "search, one typo forgiven");
  await field.fill("nobody is called this");
  await expect(
    page.getByRole("heading", { name: "Nobody matches “nobody is called this”" }),
  ).toBeVisible();
  await expectAccessible(page, "search, no match");
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect(field).toBeFocused();
  await expect(page).toHaveURL("/");
});

test("the search knows swapped names, initials, Latin letters and what was pasted, and marks why", async ({
  newcomer,
}) => {
  const { page } = await newcomer();
  await page.goto("/");
  const field = page.getByRole("combobox", { name: "Search customers’ users" });
  const said = page.getByRole("status").filter({ hasText: "Olu Braithe" });
  for (const [typed, found, marked, why] of [
    ["ashdown jane", /Pebblewick Bakery/, "Jane", null],
    ["J. Ashdown", /Pebblewick Bakery/, "J", "by initials"],
    ["dzheyn eshd", /Oxbow Tannery/, "Джейн", "as typed in Latin: dzheyn eshd"],
    ["Olu Braithe <olu@pebblewick.test>", /Olu Braithe/, "olu@pebblewick.test", "found by e-mail"],
    ["mailto:olu@pebblewick.test", /Olu Braithe/, "olu@pebblewick.test", "found by e-mail"],
    ["oxbow tan", /Oxbow Tannery/, "Oxbow Tan", "found by account"],
    ["usr_7QK2M9", /Tallowfield Clinics/, "usr_7QK2M9", "found by product id"],
  ] as const) {
    await field.fill(typed);
    const row = page.getByRole("row", { name: found }).first();
    await expect(row.locator("mark").filter({ hasText: marked }).first()).toBeVisible();
    if (why) await expect(row).toContainText(why);
    if (typed === "J. Ashdown") await expectAccessible(page, "search, found by initials");
  }
  await field.fill("olu braithe");
  await expect(said).toHaveText("1 person, Olu Braithe, Pebblewick Bakery");
  await expectAccessibleInBoth(page, "search, the reason in the row");
});

test("what is pressed at once after typing is not lost", async ({ newcomer, databases }) => {
  const { page } = await newcomer();
  const olu = await subjectOf(databases.owner, "olu@pebblewick.test");
  const form = new RegExp(`/customers/${olu}/start`);
  const field = page.getByRole("combobox", { name: "Search customers’ users" });
  const row = page.getByRole("row", { name: /Olu Braithe/ });

  await page.goto("/");
  await field.pressSequentially("olu braithe");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(form);

  // A key that slips in after it does not call it back.
  await page.goto("/?q=olu");
  await expect(row).toBeVisible();
  await field.press("Enter");
  await page.keyboard.type("x");
  await expect(page).toHaveURL(form);
  await expect(page.getByRole("heading", { name: /Olu/, level: 1 })).toBeVisible();

  await page.goto("/?q=olu");
  await expect(row).toBeVisible();
  await field.press("End");
  await page.keyboard.type(" b");
  await row.getByRole("link").click();
  await expect(page).toHaveURL(form);

  // And Back comes to what had been typed.
  await page.goBack();
  await expect(page).toHaveURL("/?q=olu%20b");
  await expect(field).toHaveValue("olu b");
});

test("a person, an account and past sessions can be read by all who stand in", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  await page.goto("/sessions");
  await expect(page.getByRole("heading", { name: "No past sessions yet" })).toBeVisible();
  await expectAccessible(page, "past sessions, none");

  const subjectId = await subjectOf(databases.owner, "olu@pebblewick.test");
  const sessionId = await started(agent, subjectId);
  await end(agent.ctx, { sessionId });

  await page.goto(`/customers/${subjectId}`);
  await expect(page.getByRole("heading", { name: "Olu Braithe", level: 1 })).toBeVisible();
  await expect(page.getByRole("row", { name: /SUP-4837/ })).toBeVisible();
  await expectAccessibleInBoth(page, "person");
  await page
    .getByRole("navigation", { name: "Where you are" })
    .getByRole("link", { name: "Pebblewick Bakery" })
    .click();
  await expect(page.getByRole("heading", { name: "Pebblewick Bakery", level: 1 })).toBeVisible();
  await expect(page.getByRole("row", { name: /Ruta Bellweather/ })).toBeVisible();
  await expectAccessibleInBoth(page, "account");

  await page.goto("/sessions");
  await page
    .getByRole("row", { name: /Olu Braithe/ })
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByRole("heading", { name: /Olu Braithe/, level: 1 })).toBeVisible();
  await expect(page.getByText("Session started")).toBeVisible();
  await expectAccessibleInBoth(page, "a past session's page");
  await page.goto("/sessions");
  await expectAccessibleInBoth(page, "past sessions");
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Recent" })).toBeVisible();
  await expectAccessible(page, "search, recent people");
});
