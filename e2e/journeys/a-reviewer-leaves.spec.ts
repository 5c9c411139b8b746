import { decide, itemOf } from "#db/testing/review.ts";
import { inTransaction } from "#db/testing/scene.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import type { Databases } from "#e2e/fixtures/databases.ts";
import { reviewOf } from "#e2e/fixtures/reviews.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { newId } from "#lib/kernel/ids.ts";
import { passOnDue } from "#lib/reviews/pass-on.ts";

/** A round of the worker, by us or by the stack's own, whichever comes first. */
const round = ({ db }: Databases) =>
  passOnDue({
    ...{ db, actor: { kind: "system", part: "worker" }, ip: null, userAgent: null },
    requestId: newId(),
  });

test("what a reviewer who left had still to decide goes on by rule, and the pages say so", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const [leaver, next] = [await newcomer(["manager"]), await newcomer(["manager"])];
  const [compliance, admin] = [await newcomer(["compliance"]), await newcomer(["admin"])];
  const [left, kept] = [await hireOne(owner), await hireOne(owner)];
  await owner.query("update staff set manager_id = $1 where id = any($2)", [
    next.person.id,
    [left.id, kept.id],
  ]);
  const review = await reviewOf(owner, {
    [left.id]: leaver.person.id,
    [kept.id]: leaver.person.id,
  });
  const [item, decided] = [
    await itemOf(owner, review, left.id, "agent"),
    await itemOf(owner, review, kept.id, "agent"),
  ];
  await inTransaction(owner, (sql) => decide(sql, decided));
  const address = `/reviews/${review.slug}/items/${item.number}`;
  expect((await leaver.page.goto(address))?.status()).toBe(200);
  await next.page.goto(address);
  const whoDecides = { name: "Who decides" };
  await expect(next.page.getByRole("region", whoDecides)).toContainText(
    `${leaver.person.name} decides`,
  );

  await admin.page.goto(`/settings/staff/${leaver.person.id}`);
  await admin.page.getByLabel(/^Why is .* suspended\?$/).fill("Their last day was yesterday.");
  await admin.page.getByRole("button", { name: "Suspend" }).click();
  await expect(admin.page.getByRole("heading", { name: "Let in again" })).toBeVisible();
  await expect
    .poll(async () => {
      await round(databases);
      const { rows } = await owner.query("select reviewer_id from review_items where id = $1", [
        item.id,
      ]);
      return rows[0]?.reviewer_id;
    })
    .toBe(next.person.id);

  const { page } = compliance;
  await page.goto(address);
  const who = page.getByRole("region", whoDecides);
  await expect(who).toContainText(`${next.person.name} decides`);
  await expect(who).toContainText(`handed on by rule. ${leaver.person.name} was deactivated.`);
  await expectAccessibleInBoth(page, "an item that went on by rule");
  // What they decided stays theirs.
  await page.goto(`/reviews/${review.slug}/items/${decided.number}`);
  await expect(page.getByRole("region", { name: "The decision" })).toContainText(
    leaver.person.name,
  );
  await page.goto(`/reviews/${review.slug}/list?reviewer=${next.person.id}`);
  const items = page.getByRole("table", { name: "Items of the review" });
  await expect(items.getByRole("row")).toHaveCount(2);
  await expect(items.getByRole("row", { name: new RegExp(left.name) })).toContainText(
    next.person.name,
  );

  const theirs = next.page;
  await theirs.goto(address);
  await expect(theirs.getByText("Item 1 of your 1")).toBeVisible();
  await expect(
    theirs.getByText(`handed on by rule. ${leaver.person.name} was deactivated.`),
  ).toBeVisible();
  await expectAccessible(theirs, "an item that came by rule");
  await theirs.getByRole("radio", { name: /^Keep/ }).check();
  await theirs.getByLabel("Justification").fill("Works on the desk every day, within their hours.");
  await theirs.getByRole("button", { name: /^Decide and next/ }).click();
  await expect(theirs.getByRole("heading", { name: "All of yours are decided" })).toBeVisible();

  await leaver.page.goto(address);
  await expect(leaver.page.getByRole("heading", { name: "You are deactivated" })).toBeVisible();
  const { rows } = await owner.query(
    `select a.reviewer_id as to, a.assigned_by as by, a.reason, e.event from review_assignments a
       join audit_entry e on e.id = a.entry_id where a.item_id = any($1) and a.reason is not null`,
    [[item.id, decided.id]],
  );
  expect(rows).toEqual([
    {
      ...{ to: next.person.id, by: null, event: "review.assigned" },
      reason: `${leaver.person.name} was deactivated.`,
    },
  ]);
});
