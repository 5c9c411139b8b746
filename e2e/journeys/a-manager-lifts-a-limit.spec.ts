import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { ordinaryPeople, standInForEach } from "#e2e/fixtures/limits.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const reason = "An outage at Pebblewick: forty people call at once.";

test("an agent near the limit is warned, on record", async ({ newcomer, databases }) => {
  const agent = await newcomer();
  const people = await ordinaryPeople(databases.owner, 17);
  await standInForEach(agent, people.slice(0, 16));
  await agent.page.goto(`/customers/${people[16]?.id}/start`);
  await expect(
    agent.page.getByRole("heading", { name: "You stood in for 16 of 20 people within an hour" }),
  ).toBeVisible();
  await expectAccessibleInBoth(agent.page, "start form, near the limit of people");
  const { rowCount } = await databases.owner.query(
    "select 1 from audit_entry where event = 'breadth.warned' and actor_id = $1",
    [agent.person.id],
  );
  expect(rowCount).toBe(1);
});

test("a manager lifts the limit for a day, with a reason", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const { name, id } = agent.person;
  const people = await ordinaryPeople(databases.owner, 17);
  await standInForEach(agent, people.slice(0, 16));

  const { page } = await signedIn(runa);
  await page.goto("/requests");
  await page.getByRole("link", { name: /limit of people/ }).click();
  const card = page.getByRole("region", { name });
  await expect(card).toContainText("16 of 20 people within an hour");
  await expectAccessibleInBoth(page, "how many people, one to lift");
  await card.getByLabel(/Why does .* need to stand in for more people/).fill("busy");
  await card.getByRole("button", { name: "Lift for a day" }).click();
  await expect(card).toContainText("Too short: 4 characters of at least 10");
  await expect(card.getByRole("textbox")).toHaveValue("busy");
  await expectAccessible(page, "how many people, refused");
  await card.getByRole("textbox").fill(reason);
  await card.getByRole("button", { name: "Lift for a day" }).click();
  await expect(card.getByRole("heading", { name: `Lifted by ${runa.name}` })).toBeVisible();
  await expect(card).toContainText(reason);
  await expectAccessibleInBoth(page, "how many people, lifted");

  const { rows } = await databases.owner.query(
    `select l.lifted_by, l.reason, e.event, e.actor_id from breadth_lifts l join audit_entry e on e.id = l.entry_id
      where l.actor_id = $1`,
    [id],
  );
  expect(rows).toEqual([
    { lifted_by: runa.id, reason, event: "breadth.lifted", actor_id: runa.id },
  ]);
  await agent.page.goto(`/customers/${people[16]?.id}/start`);
  await expect(
    agent.page.getByRole("heading", { name: "Your limit of people is lifted" }),
  ).toBeVisible();
});

test("without script the form works too, and what is refused is said beside it", async ({
  newcomer,
  signedIn,
  databases,
  browser,
  urls,
}) => {
  const agent = await newcomer();
  await standInForEach(agent, await ordinaryPeople(databases.owner, 16));
  const manager = await signedIn(runa);
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies(await manager.context.cookies(urls.panel));
  const page = await context.newPage();
  await page.goto("/requests/breadth");
  const card = page.getByRole("region", { name: agent.person.name });
  await card.getByRole("textbox").fill("busy");
  await card.getByRole("button", { name: "Lift for a day" }).click();
  await expect(card).toContainText("Too short: 4 characters of at least 10");
  await card.getByRole("textbox").fill(reason);
  await card.getByRole("button", { name: "Lift for a day" }).click();
  await expect(card.getByRole("heading", { name: `Lifted by ${runa.name}` })).toBeVisible();
  await context.close();
});
