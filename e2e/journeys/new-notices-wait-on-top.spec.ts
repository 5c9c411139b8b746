import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("what comes in while the inbox is open waits on top until it is asked for", async ({
  newcomer,
  caller,
  databases,
}) => {
  const { page, ctx } = await newcomer(["manager"]);
  const jane = await subjectOf(databases.owner, "jane.ashdown@tallowfield.test");
  const noticed = async () => {
    const { rows } = await databases.owner.query(
      "select count(*)::integer as n from notices where staff_id = $1",
      [ctx.actor.id],
    );
    return rows[0]?.n;
  };
  const agents = [await caller(), await caller(), await caller()];
  // Of all who are at work, an agent's own manager is asked first.
  await databases.owner.query("update staff set manager_id = $1 where id = any($2)", [
    ctx.actor.id,
    agents.map(({ person }) => person.id),
  ]);
  const asks = async (which: number) => {
    const agent = agents[which];
    if (!agent) throw new Error("There is no such agent");
    await asked(agent, jane);
    await expect.poll(noticed).toBe(which + 1);
    return agent.person.name;
  };
  const list = page.getByRole("region", { name: "Unread" }).getByRole("listitem");
  const of = (name: string) => list.filter({ has: page.getByRole("link", { name }) });

  const first = await asks(0);
  await page.goto("/inbox");
  await expect(of(first)).toBeVisible();

  const second = await asks(1);
  const news = page.getByRole("status").getByRole("button", { name: "1 new" });
  await expect(news).toBeVisible();
  await expect(of(second)).toHaveCount(0);
  await expectAccessibleInBoth(page, "inbox with something new");
  // All that is shown: what waits above it was not seen.
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(of(first)).toHaveCount(0);
  await expect(of(second)).toBeVisible();

  const third = await asks(2);
  await news.focus();
  await page.keyboard.press("Enter");
  await expect(of(third).getByRole("link", { name: third })).toBeFocused();
  await page.keyboard.press("j");
  await expect(of(second).getByRole("link", { name: second })).toBeFocused();
  await expect(news).toHaveCount(0);
});
