import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import type { Databases } from "#e2e/fixtures/databases.ts";
import { ordinaryPeople, standInForEach } from "#e2e/fixtures/limits.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { quarterWith } from "#lib/usage/period.ts";
import { rollUp } from "#lib/usage/roll-up.ts";

/** Counts what is on record, by us or by the stack's own worker. */
async function untilCounted({ db, owner }: Databases, actor: string, sessions: number) {
  const worker = { kind: "system", part: "worker" } as const;
  for (;;) {
    await rollUp({ db, actor: worker, ip: null, userAgent: null, requestId: "a test" });
    const { rows } = await owner.query<{ n: number }>(
      "select coalesce(sum(ended), 0)::integer as n from usage_days where actor_id = $1",
      [actor],
    );
    if (rows[0]?.n === sessions) return;
  }
}

/** "2026-q4", of today in the company's zone. */
async function slugOfToday({ owner }: Databases): Promise<string> {
  const { rows } = await owner.query<{ day: string }>(
    "select (now() at time zone zone)::date::text as day from usage_zone",
  );
  const { firstDay } = quarterWith(rows[0]?.day ?? "");
  return `${firstDay.slice(0, 4)}-q${(Number(firstDay.slice(5, 7)) + 2) / 3}`;
}

test("compliance reads the plots, their tables, and the sessions behind a bar", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  await standInForEach(agent, await ordinaryPeople(databases.owner, 3));
  await untilCounted(databases, agent.person.id, 3);
  const { page } = await newcomer(["compliance"]);
  await page.goto(`/reviews/${await slugOfToday(databases)}`);

  const weeks = page.getByRole("figure", { name: "Sessions a week, by tier and scope" });
  await expect(weeks.getByText(/is not over/)).toBeVisible();
  await expectAccessibleInBoth(page, "the figures of a quarter");
  for (const name of [
    "Accounts per agent, against the team",
    "Hours of the actor’s own day",
    "Who approves whom",
    "Reads against writes",
  ])
    await expect(page.getByRole("figure", { name })).toBeVisible();
  await weeks.getByText("Table").click();
  await expect(weeks.getByRole("columnheader", { name: "Standard, looking" })).toBeVisible();
  await expectAccessibleInBoth(page, "the figures of a quarter, a table open");

  // The last bar of those of standard accounts is that of this week.
  await weeks
    .getByRole("link", { name: /: Standard, W\d+/ })
    .last()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Past sessions" })).toBeVisible();
  await expect(page.getByRole("link", { name: agent.person.name }).first()).toBeVisible();
  await expect(page.getByText("Standard").first()).toBeVisible();
  await expectAccessibleInBoth(page, "past sessions of a bar");
});

test("each sees their own figures, and not another's", async ({ newcomer, databases }) => {
  const [agent, other] = [await newcomer(), await newcomer()];
  await standInForEach(agent, await ordinaryPeople(databases.owner, 2));
  await untilCounted(databases, agent.person.id, 2);
  await agent.page.goto("/sessions");
  await agent.page.getByRole("link", { name: "Your figures" }).click();
  await expect(agent.page.getByRole("row", { name: /^Sessions 2 0/ })).toBeVisible();
  await expectAccessibleInBoth(agent.page, "one's own figures");
  const { rows } = await databases.owner.query(
    "select count(*)::integer as n from audit_entry where event = 'figures.read' and actor_id = $1",
    [agent.person.id],
  );
  expect(rows).toEqual([{ n: 1 }]);

  const answer = await other.page.goto(`/sessions/figures?person=${agent.person.id}`);
  expect(answer?.status()).toBe(404);
});
