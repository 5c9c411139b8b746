import { restingTriggers } from "#db/resting-triggers.ts";
import { inTransaction } from "#db/testing/scene.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { givingWay } from "#e2e/fixtures/databases.ts";
import { closedReview, invited } from "#e2e/fixtures/guests.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("an auditor sees one period, nothing of another, and nothing at all once their days are over", async ({
  newcomer,
  somebody,
  databases: { owner },
}) => {
  const compliance = await newcomer(["compliance"]);
  const [own, other] = [
    await closedReview(owner, compliance),
    await closedReview(owner, compliance),
  ];
  const guest = await invited(compliance, own);
  const page = await somebody();
  await page.goto(guest.path);
  await page.getByRole("button", { name: "Look at the evidence" }).click();
  const reviews = page.getByRole("table", { name: "Access reviews of the period" });
  await expect(reviews.getByRole("row")).toHaveCount(2);
  await expect(reviews.getByRole("link")).toHaveAttribute("href", `/auditor/reviews/${own.slug}`);

  const beside = await page.goto(`/auditor/reviews/${other.slug}`);
  expect(beside?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Nothing here that you may see" })).toBeVisible();
  await expectAccessibleInBoth(page, "a review of another period, for an auditor");
  await page.goto(`/auditor/controls/CC6.2?from=${other.from}&to=${other.to}`);
  await expect(page.getByText(own.person).first()).toBeVisible();
  await expect(page.getByText(other.person)).toHaveCount(0);
  await page.getByRole("link", { name: "Evidence" }).first().click();
  await expect(reviews).toBeVisible();

  // Fourteen days pass.
  await givingWay(() =>
    inTransaction(owner, (sql) =>
      restingTriggers(sql, "guests", () =>
        sql.query(
          `update guests set invited_at = invited_at - interval '14 days',
             expires_at = expires_at - interval '14 days' where id = $1`,
          [guest.guestId],
        ),
      ),
    ),
  );
  await reviews.getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Your access is over" })).toBeVisible();
  await expectAccessibleInBoth(page, "an access that is over");
  await page.goto(`/auditor/reviews/${own.slug}`);
  await expect(page.getByRole("heading", { name: "Your access is over" })).toBeVisible();
  await expect(page.getByText(own.person)).toHaveCount(0);
  await page.goto(guest.path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/used before|is over/);

  await compliance.page.goto(`/evidence/guests/${guest.guestId}`);
  await expect(compliance.page.getByRole("main")).toContainText("Over since");
  await expectAccessible(compliance.page, "an auditor whose days are over");
});
