import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("two accounts of one person do not decide for one another, until two admins take them apart", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const [admin, second] = [await newcomer(["admin"]), await newcomer(["admin"])];
  const [agent, manager] = [await newcomer(["agent"]), await newcomer(["manager"])];
  const aino = await subjectOf(owner, "aino@quennell.test");
  const request = await asked(agent, aino);
  const approve = manager.page.getByRole("button", { name: /^Approve/ });
  await manager.page.goto(`/requests/${request}`);
  await expect(approve).toBeVisible();

  const { page } = admin;
  await page.goto(`/settings/staff/${agent.person.id}`);
  const card = page.getByRole("region", { name: "One person, more accounts" });
  await card.getByLabel(/^Another account of/).fill(manager.person.email);
  await card.getByRole("button", { name: "They are one person" }).click();
  await expect(card.getByText("Say in at least 10 characters how you know.")).toBeVisible();
  await expect(card.getByLabel(/^Another account of/)).toHaveValue(manager.person.email);
  await card.getByLabel("How do you know?").fill("Both are on the same badge at the desk.");
  await card.getByRole("button", { name: "They are one person" }).click();
  await expect(page.getByRole("status").filter({ hasText: "one person now" })).toBeVisible();
  const same = page.getByRole("region", { name: "Same person as" });
  await expect(same.getByRole("link", { name: manager.person.name })).toBeVisible();
  await expectAccessibleInBoth(page, "one person of two accounts");

  await manager.page.goto(`/requests/${request}`);
  await expect(manager.page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(approve).toHaveCount(0);

  await same.getByText("Take apart…").click();
  await same.getByRole("button", { name: "Propose it" }).click();
  await expect(same.getByText("read by who decides")).toBeVisible();
  await same
    .getByLabel("How do you know that they are two people?")
    .fill("The badge was shared; they are sisters.");
  await same.getByRole("button", { name: "Propose it" }).click();
  await expect(page.getByRole("status").filter({ hasText: "another admin accepts" })).toBeVisible();
  await expect(
    page.getByRole("heading", { name: /P-\d+ proposes that this account of .* of its own$/ }),
  ).toBeVisible();
  await page.getByRole("link", { name: "Open the proposal" }).click();
  await expect(page.getByText(/You proposed it; somebody else decides/).first()).toBeVisible();

  await second.page.goto(page.url());
  await expect(second.page.getByRole("row", { name: /Who it is/ })).toContainText(
    `One person with ${manager.person.name} (${manager.person.email})`,
  );
  await expectAccessibleInBoth(second.page, "two accounts to be taken apart");
  await second.page.getByRole("button", { name: "Accept" }).click();
  await expect(second.page.getByRole("heading", { name: "What became of it" })).toBeVisible();
  const { rows } = await owner.query(
    `select e.event, e.actor_id from audit_entry e join audit_payload p on p.entry_id = e.id
      where p.body::jsonb ->> 'person' = $1 and e.event like 'person.%' order by e.occurred_at, e.id`,
    [agent.person.id],
  );
  expect(rows).toEqual([
    { event: "person.linked", actor_id: admin.person.id },
    { event: "person.unlinked", actor_id: second.person.id },
  ]);
  await page.goto(`/settings/staff/${agent.person.id}`);
  await expect(card.getByText(/^No other account of/)).toBeVisible();
  await manager.page.goto(`/requests/${request}`);
  await expect(approve).toBeVisible();
});

test("an admin changes no other account of their own", async ({ newcomer, databases }) => {
  const { owner } = databases;
  const { page, person } = await newcomer(["admin"]);
  const other = await hireOne(owner, ["agent"]);
  await owner.query("update staff set person_id = $1 where id = $2", [person.id, other.id]);
  await page.goto(`/settings/staff/${other.id}`);
  await expect(page.getByText("This is you, by another account")).toBeVisible();
  await expect(page.getByRole("button", { name: "Suspend" })).toHaveCount(0);
  await expect(page.getByText("Take apart…")).toHaveCount(0);
});
