import { inLedger } from "#e2e/fixtures/ledger.ts";
import { sessionOf } from "#e2e/fixtures/record.ts";
import { banner, enter, started, strip, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const halvor = "halvor@ardentloom.test";

test("the banner stands on every page of the product, in the title too, and comes back when removed", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  await enter(page, await started(agent, await subjectOf(databases.owner, halvor)));
  for (const path of ["/invoices", "/clients", "/settings", "/nothing-of-this-name"]) {
    await page.goto(inLedger(path));
    await expect(banner(page)).toContainText("is looking as Halvor Venn-Ruiz");
    await expect(page).toHaveTitle(/^\(Looking as Halvor Venn-Ruiz\) /);
  }
  await banner(page).evaluate((element) => element.remove());
  await expect(banner(page)).toBeVisible();
  await page.evaluate(() => {
    document.title = "Anything else";
  });
  await expect(page).toHaveTitle("(Looking as Halvor Venn-Ruiz) Anything else");
});

test("banner and strip fit a narrow screen and cover nothing", async ({ newcomer, databases }) => {
  const agent = await newcomer();
  const { page } = agent;
  await page.setViewportSize({ width: 320, height: 640 });
  await enter(page, await started(agent, await subjectOf(databases.owner, halvor)));
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBeLessThanOrEqual(320);
  await page.getByRole("link", { name: "Clients" }).click();
  await expect(page.getByRole("heading", { name: "Clients", exact: true })).toBeVisible();
  await page.goto("/");
  await expect(strip(page)).toBeVisible();
  expect(await width()).toBeLessThanOrEqual(320);
  await page.goto(inLedger("/invoices"));
  await banner(page).getByRole("button", { name: /^End/ }).click();
  await expect(page).not.toHaveURL(inLedger("/invoices"));
  expect(await sessionOf(databases.owner, agent.person.id)).toMatchObject({ end_cause: "actor" });
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("one starts, sees who one is, and ends", async ({ newcomer, databases }) => {
    const { page, person } = await newcomer();
    await page.goto(`/customers/${await subjectOf(databases.owner, halvor)}/start`);
    await page.getByRole("radio", { name: /Check a configuration/ }).check();
    await page.getByLabel("In a sentence").fill("The layout of his invoices looks wrong.");
    await page.getByRole("radio", { name: "Nobody is calling" }).check();
    await page.getByRole("button", { name: "Start looking as Halvor" }).click();
    await expect(page).toHaveURL(inLedger("/invoices"));
    await expect(banner(page)).toContainText(`${person.name} is looking as Halvor Venn-Ruiz`);
    await banner(page).getByRole("button", { name: "End session" }).click();
    await expect(page).not.toHaveURL(inLedger("/invoices"));
    expect(await sessionOf(databases.owner, person.id)).toMatchObject({ end_cause: "actor" });
  });
});
