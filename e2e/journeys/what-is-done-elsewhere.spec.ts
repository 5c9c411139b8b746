import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import type pg from "pg";
import { itemOf, type Review } from "#db/testing/review.ts";
import { insert } from "#db/testing/sql.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { inDays } from "#e2e/fixtures/days.ts";
import { reviewOf } from "#e2e/fixtures/reviews.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { expect, type SignedIn, test } from "#e2e/fixtures/test.ts";
import { newId } from "#lib/kernel/ids.ts";
import { decideItem } from "#lib/reviews/decide.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { setTask } from "#lib/reviews/tasks.ts";
import { valueIn } from "#lib/reviews/testing.ts";
import type { Role } from "#lib/vocabulary.ts";

/** A quarter in which nobody held a right but who is hired for it, here and in reviews of earlier ones. */
const year = new Date().getUTCFullYear() - 2;
const group = "Support-EU";
const what = "Take them out of the group at the issuer.";

/** A right that its reviewer revoked, with a task outside for whoever is to do it; gives the item's path. */
async function revokedWithTask(
  owner: pg.Pool,
  review: Review,
  reviewer: SignedIn,
  { person }: SignedIn,
  doer: SignedIn,
): Promise<string> {
  const item = await itemOf(owner, review, person.id, "agent");
  valueIn(
    await decideItem(reviewer.ctx, {
      ...{ itemId: item.id, decision: "revoke" },
      justification: "They moved to another desk in the middle of the quarter.",
    }),
  );
  valueIn(
    await setTask(reviewer.ctx, {
      ...{ itemId: item.id, what, issuerGroup: group },
      ...{ ownerEmail: doer.person.email, dueOn: inDays(5) },
    }),
  );
  return `/reviews/${review.slug}/items/${item.number}`;
}

const taskOn = (page: Page) =>
  page
    .getByRole("region", { name: "What followed" })
    .getByRole("listitem")
    .filter({ hasText: what });

test("the next roster with groups looks whether a task outside is done: still there, then gone", async ({
  newcomer,
  signedIn,
  databases: { owner },
}) => {
  const hired = async (role: Role, managerId: string | null) => {
    const person = await hireOne(owner, []);
    await owner.query("update staff set manager_id = $1 where id = $2", [managerId, person.id]);
    const right = { id: newId(), staff_id: person.id, role, granted_at: `${year}-08-01Z` };
    await insert(owner, "staff_roles", right);
    return signedIn({ ...person, roles: [role] });
  };
  const manager = await hired("manager", null);
  const [gone, doer] = [
    await hired("agent", manager.person.id),
    await hired("agent", manager.person.id),
  ];
  const compliance = await newcomer(["compliance"]);
  const review = valueIn(
    await openCampaign(compliance.ctx, { firstDay: `${year}-07-01`, lastDay: `${year}-09-30` }),
  );
  const address = await revokedWithTask(owner, review, manager, gone, doer);
  const item = manager.page;
  await item.goto(address);
  await expect(taskOn(item)).toContainText("To be done");

  const { page } = compliance;
  const upload = async (name: string, groupsOf: [SignedIn, string][]) => {
    const lines = groupsOf.map(([{ person }, groups]) => `${person.email},"${groups}",A,active`);
    const buffer = Buffer.from(`email,groups,name,status\n${lines.join("\n")}\n`);
    await page.goto(`/reviews/${review.slug}/population`);
    // Read by the page, once it can: what is sent before would be no file.
    const text = page.locator("textarea[name=roster]");
    await expect(text).toBeAttached();
    await page
      .getByLabel("The company’s roster", { exact: true })
      .setInputFiles({ name, mimeType: "text/csv", buffer });
    await expect(text).not.toHaveValue("");
    await page.getByRole("button", { name: "Compare" }).click();
    await expect(page.getByText(/3 lines: 3 in both/)).toBeVisible();
    await expect(page.getByText(`compared it with ${name}`)).toBeVisible();
    return createHash("sha256").update(buffer).digest("hex");
  };
  const said = page.getByRole("status").filter({ hasText: "Compared" });

  // Nobody says yet that it is done, so there is nothing to look at.
  await upload("before.csv", [
    [gone, "support-eu"],
    [doer, ""],
    [manager, ""],
  ]);
  await expect(said).toBeVisible();
  await expect(said).not.toContainText("looked at again");

  await doer.page.goto("/reviews/tasks");
  await doer.page.getByRole("button", { name: "Mark as done" }).click();
  await expect(doer.page.getByText("Done, to be looked at")).toBeVisible();
  const first = await upload("first.csv", [
    [gone, "Lunch; support-eu"],
    [doer, "Lunch"],
    [manager, ""],
  ]);
  await expect(said).toContainText("One task outside was looked at again.");
  await expectAccessibleInBoth(page, "population, compared by groups");

  await item.reload();
  await expect(taskOn(item)).toContainText("Still there");
  await expect(taskOn(item)).toContainText(
    `The roster first.csv still lists ${gone.person.name} in the group ${group}.`,
  );
  await expect(taskOn(item)).toContainText(first);
  await expect(item.getByRole("heading", { name: "Decided, and not settled yet" })).toBeVisible();
  await expectAccessibleInBoth(item, "a task that a roster contradicts");

  const second = await upload("second.csv", [
    [gone, "Lunch"],
    [doer, "Lunch; Support-EU"],
    [manager, ""],
  ]);
  await item.reload();
  await expect(taskOn(item)).toContainText("Gone");
  await expect(taskOn(item)).toContainText(
    `The roster second.csv no longer lists ${gone.person.name} in the group ${group}.`,
  );
  await expect(taskOn(item)).toContainText(second);
  await expect(item.getByRole("heading", { name: "Decided, and carried out" })).toBeVisible();
  await expectAccessible(item, "a task that a roster proves");

  const { rows } = await owner.query(
    `select e.actor_id, p.body::jsonb ->> 'result' as result from audit_entry e join audit_payload p on p.entry_id = e.id
       where e.event = 'review.task_checked' and p.body::jsonb ? 'roster' and p.body::jsonb ->> 'campaign' = $1
       order by e.occurred_at, e.id`,
    [review.slug],
  );
  expect(rows).toEqual([
    { actor_id: compliance.person.id, result: "still_possible" },
    { actor_id: compliance.person.id, result: "refused" },
  ]);
});

test("a task goes to another owner with a reason, and who had it stays on the page", async ({
  newcomer,
  databases: { owner },
}) => {
  const manager = await newcomer(["manager"]);
  const [gone, first, second] = [await newcomer(), await newcomer(), await newcomer()];
  const compliance = await newcomer(["compliance"]);
  const review = await reviewOf(owner, { [gone.person.id]: manager.person.id });
  const address = await revokedWithTask(owner, review, manager, gone, first);
  const reason = "They are on leave until the review is over.";
  const due = inDays(9);

  // To set a task is the reviewer's; to give it on is not.
  await manager.page.goto(address);
  await expect(taskOn(manager.page)).toContainText(first.person.name);
  await expect(manager.page.getByText("Give it to somebody else…")).toHaveCount(0);

  const { page } = compliance;
  await page.goto(address);
  const task = taskOn(page);
  await task.getByText("Give it to somebody else…").click();
  const [whom, until, why] = [
    task.getByLabel("Who does it instead, by e-mail"),
    task.getByLabel("Until"),
    task.getByLabel("Why"),
  ];
  const give = task.getByRole("button", { name: "Give it on" });
  await whom.fill(first.person.email);
  await until.fill(inDays(-2));
  await why.fill("On leave");
  await give.click();
  await expect(task.getByText("Too short: 8 characters of at least 10")).toBeVisible();
  await why.fill(reason);
  await give.click();
  await expect(task.getByText("They have it already.")).toBeVisible();
  await expect(task.getByText("Choose today or a later day.")).toBeVisible();
  await expect(whom).toHaveValue(first.person.email);
  await expect(why).toHaveValue(reason);
  await expectAccessibleInBoth(page, "a task given on, refused");
  await whom.fill(gone.person.email);
  await until.fill(due);
  await give.click();
  await expect(task.getByText("Nobody answers for their own right")).toBeVisible();
  await whom.fill(second.person.email);
  await give.click();

  await expect(task).toContainText(`${first.person.name} had it until`);
  await expect(task).toContainText(`${compliance.person.name} gave it on`);
  await expect(task).toContainText(`“${reason}”`);
  await expectAccessibleInBoth(page, "a task given on");
  await first.page.goto("/reviews/tasks");
  await expect(first.page.getByRole("heading", { name: "Nothing for you to do" })).toBeVisible();
  await expectAccessible(first.page, "tasks of one's own, none");
  await second.page.goto("/reviews/tasks");
  await second.page
    .getByRole("row", { name: new RegExp(what) })
    .getByRole("button")
    .click();
  await expect(second.page.getByText("Done, to be looked at")).toBeVisible();
  await page.reload();
  await expect(task).toContainText("Done, to be looked at");
  await expect(task.getByText("Give it to somebody else…")).toHaveCount(0);

  const { rows } = await owner.query(
    `select g.from_id, g.owner_id, g.due_on::text as due, g.reason, g.given_by, e.event
       from review_tasks_given_on g join audit_entry e on e.id = g.entry_id
       join review_remediations r on r.id = g.task_id join review_items i on i.id = r.item_id
       where i.campaign_id = $1`,
    [review.id],
  );
  expect(rows).toEqual([
    {
      ...{ from_id: first.person.id, owner_id: second.person.id, due, reason },
      ...{ given_by: compliance.person.id, event: "review.task_set" },
    },
  ]);
});
