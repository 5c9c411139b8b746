import type { Page } from "@playwright/test";
import { ageDelegation } from "#db/testing/age.ts";
import { takeRole } from "#db/testing/people.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { givingWay } from "#e2e/fixtures/databases.ts";
import { withPolicy } from "#e2e/fixtures/policy.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const jane = "jane.ashdown@tallowfield.test";
const ownManager = { approvals: { sensitive: 1, rules: [{ votes: 1, by: "own_manager" }] } };
const day = (inDays: number) =>
  new Date(Date.now() + inDays * 86_400_000).toISOString().slice(0, 10);
/** By their whole name: "for Elin" in another's row is not a row of Elin's. */
const rowOf = (page: Page, name: string) =>
  page
    .getByRole("region", { name: "Who was asked" })
    .getByRole("listitem")
    .filter({ has: page.getByText(name, { exact: true }) });

test("a manager hands over for some days: the delegate is asked, decides for them, and it ends by its day", async ({
  newcomer,
  databases: { owner },
}) => {
  const [boss, delegate, agent] = [
    await newcomer(["manager"]),
    await newcomer(["manager"]),
    await newcomer(),
  ];
  await owner.query("update staff set manager_id = $1 where id = $2", [
    boss.person.id,
    agent.person.id,
  ]);
  const subject = await subjectOf(owner, jane);

  const { page } = boss;
  await page.goto("/requests");
  await page.getByRole("link", { name: "Going away?" }).click();
  await expect(page.getByRole("heading", { name: "When you are away", level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: "You were never away" })).toBeVisible();
  await expectAccessibleInBoth(page, "away, never yet");
  await page.getByLabel("First day").fill(day(0));
  await page.getByLabel("Last day").fill(day(2));
  await page.getByLabel("Who decides meanwhile").selectOption(delegate.person.id);
  await page.getByLabel("Why").fill("On leave");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  const absence = page.getByRole("row", { name: /You Away now/ });
  await expect(absence).toContainText(delegate.person.name);
  await expectAccessibleInBoth(page, "away now");

  await withPolicy(owner, ownManager, async () => {
    const requestId = await asked(agent, subject);
    await agent.page.goto(`/requests/${requestId}`);
    await expect(rowOf(agent.page, delegate.person.name)).toContainText(
      `for ${boss.person.name}, away`,
    );
    await expect(rowOf(agent.page, boss.person.name)).toHaveCount(0);
    await expectAccessible(agent.page, "a delegate was asked");

    await delegate.page.goto("/requests");
    await delegate.page.waitForURL(new RegExp(requestId));
    await expect(
      delegate.page.getByText(`You decide for ${boss.person.name}, who is away until`),
    ).toBeVisible();
    await expectAccessibleInBoth(delegate.page, "a decision for somebody who is away");
    await delegate.page.getByRole("button", { name: "Approve" }).click();
    await expect(
      agent.page.getByRole("heading", {
        name: `${delegate.person.name}, for ${boss.person.name}, approved`,
      }),
    ).toBeVisible();
    await delegate.page.goto(`/requests/${requestId}`);
    await expect(delegate.page.getByRole("region", { name: "Decision" })).toContainText(
      `You, for ${boss.person.name}, approved 30 min`,
    );
    const { rows } = await owner.query(
      `select v.approver_id as by, r.status from approvals v join requests r on r.id = v.request_id where r.id = $1`,
      [requestId],
    );
    expect(rows).toEqual([{ by: delegate.person.id, status: "granted" }]);

    // Its last day is over: nobody ended it, and the next one is asked of the manager again.
    await givingWay(() => ageDelegation(owner, boss.person.id, "4 days"));
    const next = await asked(agent, subject);
    await agent.page.goto(`/requests/${next}`);
    await expect(rowOf(agent.page, boss.person.name)).toBeVisible();
    await expect(agent.page.getByText(/for .*, away/)).toHaveCount(0);
  });
  await page.goto("/me/away");
  await expect(page.getByRole("row", { name: /^You/ })).toBeVisible();
  await expect(page.getByText("Away now")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^End/ })).toHaveCount(0);
});

test("who may decide meanwhile is offered by name, what is refused stands at its field, and what was typed is kept", async ({
  newcomer,
  databases: { owner },
}) => {
  const [boss, delegate, agent] = [
    await newcomer(["manager"]),
    await newcomer(["manager"]),
    await newcomer(),
  ];
  const compliance = await newcomer(["compliance"]);
  const { page } = boss;
  const [first, last, whom, why] = [
    page.getByLabel("First day"),
    page.getByLabel("Last day"),
    page.getByLabel("Who decides meanwhile"),
    page.getByLabel("Why"),
  ];
  const save = page.getByRole("button", { name: "Save" });
  await page.goto("/me/away");
  const names = await whom.getByRole("option").allTextContents();
  expect(names).toContain(delegate.person.name);
  for (const { person } of [boss, agent, compliance]) expect(names).not.toContain(person.name);

  await first.fill(day(5));
  await last.fill(day(3));
  await whom.selectOption(delegate.person.id);
  await why.fill("On leave");
  await save.click();
  await expect(last).toHaveAccessibleDescription(/The last day comes before the first\./);
  await expect(first).toHaveValue(day(5));
  await expect(whom).toHaveValue(delegate.person.id);
  await expect(why).toHaveValue("On leave");
  await expectAccessibleInBoth(page, "away, refused");

  await last.fill(day(90));
  await save.click();
  await expect(last).toHaveAccessibleDescription(/At most 60 days\. Say it again after that\./);
  await takeRole(owner, delegate.person.id, "manager");
  await last.fill(day(8));
  await save.click();
  await expect(whom).toHaveAccessibleDescription(/Choose an active manager\./);
  await expect(last).toHaveValue(day(8));
  await expect(why).toHaveValue("On leave");

  await whom.selectOption("");
  await save.click();
  await expect(page.getByRole("row", { name: /^You/ })).toContainText("Other managers");
  await first.fill(day(6));
  await last.fill(day(9));
  await why.fill("Still on leave");
  await save.click();
  await expect(
    page.getByRole("alert").filter({ hasText: "Another absence is on record" }),
  ).toBeVisible();
  await expect(why).toHaveValue("Still on leave");
  await page.getByRole("button", { name: "End the absence of you" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Ended." })).toBeVisible();
  const { rows } = await owner.query(
    `select event, count(*)::int as n from audit_entry where actor_id = $1 and event like 'delegation.%' group by 1 order by 1`,
    [boss.person.id],
  );
  expect(rows).toEqual([
    { event: "delegation.ended", n: 1 },
    { event: "delegation.given", n: 1 },
    { event: "delegation.refused", n: 4 },
  ]);
});
