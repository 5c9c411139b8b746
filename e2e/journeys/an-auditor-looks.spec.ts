import { readFile } from "node:fs/promises";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { closedReview } from "#e2e/fixtures/guests.ts";
import { watch } from "#e2e/fixtures/record.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { unzipped } from "#lib/files/testing.ts";

test("compliance draws a sample in front of an auditor, lets them look, and ends it", async ({
  newcomer,
  somebody,
  databases: { owner },
}) => {
  const compliance = await newcomer(["compliance"]);
  const { page } = compliance;
  const review = await closedReview(owner, compliance);

  await page.goto("/evidence");
  await page.getByLabel("From").fill(review.from);
  await page.getByLabel("To", { exact: true }).fill(review.to);
  await page.getByRole("button", { name: "Show this period" }).click();
  await expect(page.getByRole("row", { name: /CC6\.2/ })).toContainText("1 to explain");
  await expectAccessibleInBoth(page, "controls of a period");

  await page.getByRole("link", { name: /^CC6\.2/ }).click();
  const drawn = await watch(owner, "sample.drawn");
  await page.getByRole("spinbutton", { name: "Lines" }).fill("3");
  await page.getByRole("textbox", { name: "Seed" }).fill("4711");
  await page.getByRole("button", { name: "Draw the sample" }).click();
  const sample = page.getByRole("region", { name: "one line of 1, seed 4711" });
  await expect(sample).toContainText(review.person);
  await expect(sample).toContainText("no giver on record");
  await expectAccessibleInBoth(page, "a control with a sample");
  expect((await drawn()).map(({ body }) => body)).toMatchObject([{ n: 3, seed: "4711", drawn: 1 }]);
  const csv = page.waitForEvent("download");
  await sample.getByRole("link", { name: "Download as CSV" }).click();
  expect(await readFile(await (await csv).path(), "utf8")).toContain(`,grant,${review.person},`);
  await page.getByRole("textbox", { name: "Seed" }).fill("");
  await page.getByRole("button", { name: "Draw the sample" }).click();
  await expect(page).toHaveURL(/seed=(?!4711\b)\d+/);

  await page.goto("/evidence/guests");
  await expectAccessible(page, "auditors");
  await page.getByRole("link", { name: "Invite an auditor" }).click();
  await page.getByLabel("From which day").fill(review.from);
  await page.getByLabel("Up to which day").fill(review.to);
  await page.getByLabel("For how many days").fill("31");
  await page.getByLabel("What is the auditor called?").fill("Astrid Vale");
  await page.getByLabel("From which firm?").fill("Vale & Partners");
  await page.getByLabel("What is their e-mail?").fill("astrid@vale.test");
  await page.getByLabel("What do they audit?").fill("The SOC 2 examination of the quarter");
  await page.getByRole("button", { name: "Invite and show the link" }).click();
  await expect(page.locator("#days-error")).toContainText("At most 30 days");
  await expect(page.getByLabel("What is the auditor called?")).toHaveValue("Astrid Vale");
  await expectAccessible(page, "an invitation, refused");
  await page.getByLabel("For how many days").fill("14");
  await page.getByRole("button", { name: "Invite and show the link" }).click();
  const link = (await page.locator("code").textContent()) ?? "";
  await expectAccessibleInBoth(page, "a link, shown once");
  await page.getByRole("link", { name: "Astrid Vale’s access" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Astrid Vale" })).toBeVisible();
  await expect(page.locator("body")).not.toContainText(link);

  const auditor = await somebody();
  await auditor.goto(link);
  await expect(auditor.getByRole("heading", { name: "Welcome, Astrid Vale" })).toBeVisible();
  await expectAccessibleInBoth(auditor, "behind the link");
  await auditor.getByRole("button", { name: "Look at the evidence" }).click();
  await expect(auditor.getByRole("heading", { level: 1, name: "Evidence" })).toBeVisible();
  await expectAccessibleInBoth(auditor, "an auditor's start");
  await auditor.getByRole("link", { name: /^CC6\.2/ }).click();
  await auditor.getByRole("textbox", { name: "Seed" }).fill("4711");
  await auditor.getByRole("button", { name: "Draw the sample" }).click();
  await auditor
    .getByRole("region", { name: "one line of 1, seed 4711" })
    .getByRole("row", { name: new RegExp(review.person) })
    .getByRole("link")
    .first()
    .click();
  await expect(auditor.getByRole("heading", { level: 1, name: review.person })).toBeVisible();
  await expectAccessible(auditor, "a line's evidence");
  await auditor.getByRole("link", { name: "Evidence" }).first().click();
  await auditor.getByRole("link", { name: /First quarter/ }).click();
  await expect(auditor.getByRole("region", { name: "Items" })).toContainText(review.person);
  await expectAccessibleInBoth(auditor, "a review, for an auditor");
  const pack = auditor.waitForEvent("download");
  await auditor.getByRole("button", { name: "Download the pack" }).click();
  const bytes = await readFile(await (await pack).path());
  expect(unzipped(bytes).map(({ name }) => name)).toContain("manifest.jws");
  await auditor.getByRole("link", { name: review.person }).click();
  await expect(auditor.getByRole("region", { name: "Every field" })).toContainText("ended_at");
  await expectAccessible(auditor, "an item, for an auditor");

  await page.goto(`/reviews/${review.slug}/pack`);
  await expectAccessible(page, "the evidence pack");
  const own = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the pack" }).click();
  expect(await readFile(await (await own).path())).toEqual(bytes);

  await page.goto("/evidence/guests");
  await page.getByRole("link", { name: "Astrid Vale" }).first().click();
  await expect(page.getByRole("region", { name: "What they opened" })).toContainText(
    `item 1 of the review ${review.slug}`,
  );
  await expectAccessibleInBoth(page, "what an auditor opened");
  await page.getByRole("button", { name: "End the access now" }).click();
  await expect(page.getByText("Ended by compliance")).toBeVisible();
  await auditor.getByRole("link", { name: "Evidence" }).first().click();
  await expect(auditor.getByRole("heading", { name: "Your access was ended" })).toBeVisible();
  await expectAccessible(auditor, "an access that was ended");
});
