import { restingTriggers } from "#db/resting-triggers.ts";
import { entry } from "#db/testing/entry.ts";
import { inTransaction } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { givingWay } from "#e2e/fixtures/databases.ts";
import { emptyQuarter } from "#e2e/fixtures/reviews.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { newId } from "#lib/kernel/ids.ts";
import { makeLate } from "#lib/reviews/testing.ts";
import type { Role } from "#lib/vocabulary.ts";

/** A quarter in which nobody held a right but who is hired for it here. */
const year = new Date().getUTCFullYear() - 2;
const quarter = { first: `${year}-04-01`, last: `${year}-06-30` };
const statement = "Each right was looked at by somebody who has no part in it.";

test("a closing that the worker carries on is to be seen, is nobody's to decide in, and ends by itself", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const { owner } = databases;
  await emptyQuarter(owner, quarter);
  const hired = async (role: Role, managerId: string | null) => {
    const person = await hireOne(owner, []);
    await owner.query("update staff set manager_id = $1 where id = $2", [managerId, person.id]);
    const right = { id: newId(), staff_id: person.id, role, granted_at: `${year}-05-01Z` };
    await insert(owner, "staff_roles", right);
    return { ...person, roles: [role] };
  };
  const lead = await hired("manager", null);
  const agent = await hired("agent", lead.id);
  const { page, person } = await newcomer(["compliance"]);
  await page.goto("/reviews/new");
  await page.getByLabel("First day").fill(quarter.first);
  await page.getByLabel("Last day").fill(quarter.last);
  await page.getByRole("button", { name: "Open the review" }).click();
  await expect(page.getByRole("region", { name: "Decided" })).toContainText("0 of 2");
  const address = new URL(page.url()).pathname;
  const { rows } = await owner.query("select id from campaigns where slug = $1", [
    address.split("/").at(-1),
  ]);
  const campaign_id = String(rows[0].id);
  await givingWay(() => makeLate(databases, campaign_id));

  const { rows: policies } = await owner.query(
    "select max(version) as version from policy_versions",
  );
  // As if it were thousands: the worker waits for the review as long as we hold it.
  const holder = await owner.connect();
  try {
    await givingWay(async () => {
      await holder.query("rollback; begin");
      await holder.query("select from campaigns where id = $1 for no key update", [campaign_id]);
    });
    await givingWay(() =>
      inTransaction(owner, async (sql) => {
        const entry_id = await entry(sql, "review.closing", {
          actor: person.id,
          body: { campaign_id, statement, policy: policies[0].version },
        });
        await restingTriggers(sql, "review_closings", () =>
          insert(sql, "review_closings", {
            ...{ id: newId(), campaign_id, closer_id: person.id, statement, entry_id },
          }),
        );
      }),
    );
    await page.reload();
    const underWay = page.getByRole("status").filter({ hasText: "Being closed" });
    await expect(underWay).toContainText(`${person.name} signed it on`);
    await expect(underWay).toContainText("2 rights are still to be taken and tried");
    await expect(page.getByRole("link", { name: "Close the review…" })).toHaveCount(0);
    await expectAccessibleInBoth(page, "a review, being closed");
    await page.goto(`${address}/close`);
    await expect(page.getByRole("main")).toContainText("closes this review already");
    await expect(page.getByLabel("Your statement")).toHaveCount(0);
    const reviewer = await signedIn(lead);
    await reviewer.page.goto(address);
    await expect(
      reviewer.page.getByRole("status").filter({ hasText: "Nobody decides any more" }),
    ).toBeVisible();
    await expectAccessibleInBoth(reviewer.page, "a review, being closed, as its reviewer");
  } finally {
    await holder.query("rollback");
    holder.release();
  }
  await expect
    .poll(
      async () => {
        await page.goto(address);
        return page.getByRole("region", { name: "Signed off" }).count();
      },
      { timeout: 60_000 },
    )
    .toBe(1);
  await expect(page.getByRole("region", { name: "Signed off" })).toContainText(statement);
  await expect(page.getByRole("region", { name: "Decided" })).toContainText("2 of 2");
  const { rows: held } = await owner.query(
    "select id from staff_roles where staff_id = any($1) and revoked_at is null",
    [[lead.id, agent.id]],
  );
  expect(held).toEqual([]);
});
