import { itemOf, revoke } from "#db/testing/review.ts";
import { inTransaction } from "#db/testing/scene.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { inDays } from "#e2e/fixtures/days.ts";
import { reviewOf } from "#e2e/fixtures/reviews.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const group = "Take them out of the group support-eu at the issuer.";

test("what is to be done elsewhere has an owner and a day, and counts once somebody else has looked; what stays is excepted", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const until = inDays(21);
  const manager = await newcomer(["manager"]);
  const [gone, colleague] = [await newcomer(), await newcomer()];
  const compliance = await newcomer(["compliance"]);
  const review = await reviewOf(owner, { [gone.person.id]: manager.person.id });
  const item = await itemOf(owner, review, gone.person.id, "agent");
  await inTransaction(owner, (sql) => revoke(sql, item));
  const address = `/reviews/${review.slug}/items/${item.number}`;

  const { page } = manager;
  await page.goto(address);
  await page.getByText("Set a task elsewhere…").click();
  await page.getByLabel("What, and where").fill(group);
  await page.getByLabel("Who does it, by e-mail").fill(gone.person.email);
  await page.getByLabel("Until").fill(inDays(5));
  await page.getByRole("button", { name: "Set the task" }).click();
  await expect(page.getByText("Nobody answers for their own right")).toBeVisible();
  await expect(page.getByLabel("What, and where")).toHaveValue(group);
  await expectAccessible(page, "a task, refused");
  await page.getByLabel("Who does it, by e-mail").fill(colleague.person.email);
  await page.getByRole("button", { name: "Set the task" }).click();
  const followed = page.getByRole("region", { name: "What followed" });
  const task = followed.getByRole("listitem").filter({ hasText: group });
  await expect(task).toContainText(colleague.person.name);
  await expect(task).toContainText("To be done");

  const owners = colleague.page;
  await owners.goto("/");
  await owners.getByRole("link", { name: "Your tasks 1 waiting for you" }).click();
  const row = owners.getByRole("row", { name: new RegExp(group) });
  await expect(row).toContainText(gone.person.name);
  await expectAccessibleInBoth(owners, "tasks of one's own");
  // The item itself is not theirs to see.
  expect((await owners.request.get(address)).status()).toBe(403);
  await row.getByRole("button", { name: "Mark as done" }).click();
  await expect(row).toContainText("Done, to be looked at");
  await expect(owners.getByRole("link", { name: /^Your tasks/ })).toHaveCount(0);

  await page.reload();
  await expect(task).toContainText("Done, to be looked at");
  await task.getByRole("radio", { name: "Still there" }).check();
  await task
    .getByRole("textbox", { name: "How you looked" })
    .fill("The list of the group names them.");
  await task.getByRole("button", { name: "Record it" }).click();
  await expect(followed.getByRole("alert")).toContainText("Still there elsewhere.");
  await expect(page.getByRole("heading", { name: "Decided, and not settled yet" })).toBeVisible();
  await expectAccessibleInBoth(page, "a task, looked at and not done");

  const runs = compliance.page;
  await runs.goto(address);
  await runs.getByText("Make an exception…").click();
  await runs.getByLabel("Who answers for it, by e-mail").fill(manager.person.email);
  await runs.getByLabel("Until").and(runs.locator("[name=expiresOn]")).fill(inDays(400));
  const why = runs.getByLabel("Why").and(runs.locator("#except-reason"));
  await why.fill("The group goes with the old tool, in three weeks.");
  await runs.getByRole("button", { name: "Make the exception" }).click();
  await expect(runs.getByText(/Choose a day after today, until/)).toBeVisible();
  await expectAccessible(runs, "an exception, refused");
  await runs.getByLabel("Until").and(runs.locator("[name=expiresOn]")).fill(until);
  await runs.getByRole("button", { name: "Make the exception" }).click();
  const exception = runs.getByRole("region", { name: "An exception" });
  await expect(exception).toContainText(manager.person.name);
  await expect(exception).toContainText("The group goes with the old tool");
  await expect(runs.getByRole("heading", { name: "Decided, with an exception" })).toBeVisible();
  await expectAccessibleInBoth(runs, "an item with an exception");

  await page.reload();
  await task.getByRole("radio", { name: "Gone" }).check();
  await task
    .getByRole("textbox", { name: "How you looked" })
    .fill("The list of the group does not name them.");
  await task.getByRole("button", { name: "Record it" }).click();
  await expect(task).toContainText("Gone");
  await expect(followed.getByRole("alert")).toHaveCount(0);

  const { rows } = await owner.query(
    `select r.result, r.owner_id, r.done_by, x.kind, x.owner_id as answers, x.expires_on::text as until
       from review_remediations r join review_exceptions x on x.item_id = r.item_id
       where r.item_id = $1 and r.kind = 'outside'`,
    [item.id],
  );
  expect(rows).toEqual([
    {
      ...{ result: "refused", owner_id: colleague.person.id, done_by: colleague.person.id },
      ...{ kind: "unproved", answers: manager.person.id, until },
    },
  ]);
});
