import { ordinaryPeople, standInForEach } from "#e2e/fixtures/limits.ts";
import { sessionsOf } from "#e2e/fixtures/record.ts";
import { started } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { end } from "#lib/impersonation/end.ts";

test("an agent cannot stand in for one customer after another; the same again they can", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page, person } = agent;
  const { owner } = databases;
  const people = await ordinaryPeople(owner, 21);
  const [first, last] = [people[0], people.at(-1)];
  if (!first || !last) throw new Error("There are too few people");
  await page.goto(`/customers/${last.id}/start`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(last.name);
  await standInForEach(agent, people.slice(0, 20));

  // The form was opened while there was room.
  await page.getByRole("radio", { name: /Check a configuration/ }).check();
  await page.getByLabel("In a sentence").fill("The reminders go out late.");
  await page.getByRole("radio", { name: /Called back/ }).check();
  await page.getByRole("button", { name: /^Start/ }).click();
  const refusal = page.getByRole("alert").filter({ hasText: "You cannot start" });
  await expect(refusal).toContainText("you stood in for 20 people within an hour");
  await expect(refusal).toContainText("can lift this for a day");
  await expect(page.getByLabel("In a sentence")).toHaveValue("The reminders go out late.");
  expect(await sessionsOf(owner, person.id)).toBe(20);
  const { rows } = await owner.query(
    `select body::jsonb ->> 'refused' as refused from audit_payload join audit_entry e on e.id = entry_id
      where e.actor_id = $1 and e.event = 'request.refused'`,
    [person.id],
  );
  expect(rows).toEqual([{ refused: "breadth" }]);

  await page.reload();
  await expect(
    page.getByRole("heading", { name: "You cannot start for one more person now" }),
  ).toBeVisible();
  const sessionId = await started(agent, first.id);
  await end(agent.ctx, { sessionId });
});
