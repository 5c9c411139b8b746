import { readFile } from "node:fs/promises";
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

const looksOf = async ({ owner }: Databases, reader: string): Promise<number> => {
  const { rows } = await owner.query<{ n: number }>(
    "select count(*)::integer as n from audit_entry where event = 'figures.read' and actor_id = $1",
    [reader],
  );
  return rows[0]?.n ?? 0;
};

test("compliance reads the plots, their tables, and the sessions behind a bar", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  await standInForEach(agent, await ordinaryPeople(databases.owner, 3));
  await untilCounted(databases, agent.person.id, 3);
  const { page, person } = await newcomer(["compliance"]);
  const address = `/reviews/${await slugOfToday(databases)}`;
  await page.goto(address);

  const weeks = page.getByRole("figure", { name: "Sessions a week, by tier and scope" });
  await expect(weeks.getByText(/is not over/)).toBeVisible();
  await expectAccessibleInBoth(page, "the figures of a quarter");
  for (const name of [
    "Accounts per agent, against the team",
    "Hours of the actor’s own day",
    "Approvals by approver",
    "Reads against writes",
    /^Against Q\d 20\d\d$/,
  ])
    await expect(page.getByRole("figure", { name })).toBeVisible();
  // Nobody is named in them, so that to look at them is no look at a person.
  const figures = page.getByRole("region", { name: "Figures of the period" });
  await expect(figures).not.toContainText(agent.person.name);
  expect(await looksOf(databases, person.id)).toBe(0);

  const coming = page.waitForEvent("download");
  await weeks.getByRole("button", { name: /^Picture/ }).click();
  const picture = await coming;
  expect(picture.suggestedFilename()).toBe("Sessions a week, by tier and scope.svg");
  const drawn = await readFile(await picture.path(), "utf8");
  expect(drawn).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  // Its colours go with it: no style sheet of ours is where it goes.
  expect(drawn).toMatch(/<rect[^>]* fill="(rgb|oklch|oklab|color|lab)/);
  expect(drawn).not.toContain(" class=");

  await weeks.getByRole("link", { name: /^Table/ }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: "Figures and their tables" }),
  ).toBeVisible();
  const table = page.getByRole("table", { name: "Sessions a week, by tier and scope" });
  await expect(table.getByRole("columnheader", { name: "Standard, looking" })).toBeVisible();
  await expectAccessibleInBoth(page, "the figures of a quarter with their tables");
  const counted = table.getByRole("row").last().getByRole("link").first();
  await expect(counted).toHaveAttribute("href", /^\/sessions\?from=.*&tier=.*&scope=/);
  await page.emulateMedia({ media: "print" });
  await expect(table).toBeVisible();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  await page.emulateMedia({ media: null });

  // The last bar of those of standard accounts is that of this week.
  await page.goto(address);
  await weeks
    .getByRole("link", { name: /: Standard, W\d+/ })
    .last()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Past sessions" })).toBeVisible();
  await expect(page.getByRole("link", { name: agent.person.name }).first()).toBeVisible();
  await expect(page.getByText("Standard").first()).toBeVisible();
  await expectAccessibleInBoth(page, "past sessions of a bar");
});

test("names are a page of their own: each look is on record, and an admin sees none", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  await standInForEach(agent, await ordinaryPeople(databases.owner, 1));
  await untilCounted(databases, agent.person.id, 1);
  const address = `/reviews/${await slugOfToday(databases)}`;
  const compliance = await newcomer(["compliance"]);
  await compliance.page.goto(address);
  await compliance.page.getByRole("link", { name: /^Who approves whom/ }).click();
  await expect(
    compliance.page.getByRole("heading", { level: 1, name: "Figures on people" }),
  ).toBeVisible();
  await expectAccessibleInBoth(compliance.page, "figures on people");
  // Where nobody decided or stands out yet, no name is shown.
  const names = await compliance.page.getByRole("main").getByRole("row").count();
  expect((await looksOf(databases, compliance.person.id)) > 0).toBe(names > 0);

  const admin = await newcomer(["admin"]);
  await admin.page.goto(address);
  await expect(admin.page.getByRole("figure", { name: "Approvals by approver" })).toBeVisible();
  await expect(admin.page.getByRole("link", { name: /^Who approves whom/ })).toHaveCount(0);
  await admin.page.goto(`${address}/people`);
  await expect(
    admin.page.getByRole("heading", { name: "Names are for managers and compliance" }),
  ).toBeVisible();
  await expectAccessibleInBoth(admin.page, "figures on people, an admin");
  expect(await looksOf(databases, admin.person.id)).toBe(0);
});

test("each sees their own figures, and not another's", async ({ newcomer, databases }) => {
  const [agent, other] = [await newcomer(), await newcomer()];
  await standInForEach(agent, await ordinaryPeople(databases.owner, 2));
  await untilCounted(databases, agent.person.id, 2);
  await agent.page.goto("/sessions");
  await agent.page.getByRole("link", { name: "Your figures" }).click();
  await expect(agent.page.getByRole("row", { name: /^Sessions 2 0/ })).toBeVisible();
  await expectAccessibleInBoth(agent.page, "one's own figures");
  expect(await looksOf(databases, agent.person.id)).toBe(1);

  const answer = await other.page.goto(`/sessions/figures?person=${agent.person.id}`);
  expect(answer?.status()).toBe(404);
});
