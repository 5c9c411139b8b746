import { itemOf } from "#db/testing/review.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { withCompany } from "#e2e/fixtures/company.ts";
import { givePolicy } from "#e2e/fixtures/policy.ts";
import { reviewOf } from "#e2e/fixtures/reviews.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const why = "The other admin is enough for a desk of this size.";

test("no review takes the right of the last admin; it is refused with words, and the item is kept", async ({
  somebody,
}) => {
  // Everybody's last admin: a company of its own.
  await withCompany({}, async ({ owner, hire, signIn, at }) => {
    await givePolicy(owner);
    const [ada, bo] = [await hire("Ada", ["admin"]), await hire("Bo", ["admin"])];
    const manager = await hire("Max", ["manager"]);
    const review = await reviewOf(owner, { [ada.id]: manager.id });
    const item = await itemOf(owner, review, ada.id, "admin");
    const page = await somebody();
    await signIn(page, manager.email, `/reviews/${review.slug}/items/${item.number}`);
    await page.getByRole("radio", { name: /^Revoke/ }).check();
    await page.getByLabel("Justification").fill(why);

    // Two were there when the page was drawn.
    await owner.query(
      "update staff set status = 'deactivated', deactivated_at = clock_timestamp() where id = $1",
      [bo.id],
    );
    await page.getByRole("button", { name: /^Decide and next/ }).click();
    await expect(
      page.getByRole("alert").filter({ hasText: "This is the last active admin" }),
    ).toContainText("Make somebody else an admin first.");
    await expect(page.getByLabel("Justification")).toHaveValue(why);
    await expectAccessibleInBoth(page, "the last admin, not revoked");
    const state = async () => {
      const { rows } = await owner.query(
        `select i.decision, g.revoked_at, (select count(*)::int from review_decisions where item_id = i.id) as decisions
           from review_items i join staff_roles g on g.id = i.grant_id where i.id = $1`,
        [item.id],
      );
      return rows[0];
    };
    expect(await state()).toEqual({ decision: null, revoked_at: null, decisions: 0 });

    await page.goto(at(`/reviews/${review.slug}/items/${item.number}`));
    await expect(
      page.getByText(/^Revoke is not offered: Ada is the only active admin/),
    ).toBeVisible();
    await expect(page.getByRole("radio", { name: /^Revoke/ })).toHaveCount(0);
    await expectAccessible(page, "the last admin, as it is offered");
    await page.getByRole("radio", { name: /^Keep/ }).check();
    await page.getByLabel("Justification").fill(why);
    await page.getByRole("button", { name: /^Decide and next/ }).click();
    await expect(page.getByRole("heading", { name: "All of yours are decided" })).toBeVisible();
    expect(await state()).toEqual({ decision: "keep", revoked_at: null, decisions: 1 });
  });
});
