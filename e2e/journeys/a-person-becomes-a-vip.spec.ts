import { addAccount, addSubject } from "#db/testing/people.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { anotherProduct } from "#e2e/fixtures/products.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("a manager makes a person a VIP at once, with a reason, and whoever asks next needs an approval", async ({
  newcomer,
  databases: { owner },
}) => {
  const [agent, manager] = [await newcomer(), await newcomer(["manager"])];
  const { clientId } = await anotherProduct(owner);
  const { rows } = await owner.query<{ id: string }>(
    "select id from products where client_id = $1",
    [clientId],
  );
  const product = rows[0]?.id ?? "";
  const account = await addAccount(owner, product, "standard", { name: "Quarry Lane" });
  const { id } = await addSubject(owner, product, account, { name: "Ottilie Brandt" });

  await agent.page.goto(`/customers/${id}/start`);
  await expect(agent.page.getByRole("button", { name: "Start looking as Ottilie" })).toBeVisible();
  await agent.page.goto(`/customers/${id}`);
  await expect(agent.page.getByText("Change whether they are a VIP…")).toHaveCount(0);

  const { page } = manager;
  await page.goto(`/customers/${id}`);
  const flags = page.getByRole("region", { name: "Flags" });
  await expect(flags).toContainText("As Shop says");
  await expectAccessibleInBoth(page, "a person with flags");
  await flags.getByText("Change whether they are a VIP…").click();
  await flags.getByRole("button", { name: "Change it" }).click();
  await expect(flags.getByText("Choose what it is to be.")).toBeVisible();
  await flags.getByRole("radio", { name: /^A VIP/ }).check();
  await flags.getByLabel("Why").fill("Yes");
  await flags.getByRole("button", { name: "Change it" }).click();
  await expect(flags.getByLabel("Why")).toHaveAccessibleDescription(/at least/);
  await expect(flags.getByLabel("Why")).toHaveValue("Yes");
  await expect(flags.getByRole("radio", { name: /^A VIP/ })).toBeChecked();
  await expectAccessible(page, "a person, a flag refused");
  await flags.getByLabel("Why").fill("She is on the board of the customer.");
  await flags.getByRole("button", { name: "Change it" }).click();
  await expect(flags).toContainText(`Set by ${manager.person.name}`);
  await expectAccessibleInBoth(page, "a person whose flag was set");

  await agent.page.goto(`/customers/${id}/start`);
  await expect(agent.page.getByRole("button", { name: "Send to approvers" })).toBeVisible();
  const after = await owner.query(
    `select s.is_vip as vip, e.event, e.actor_id as by from subjects s
       join audit_entry e on e.subject_id = s.id and e.event like 'flag.%' where s.id = $1 order by e.occurred_at`,
    [id],
  );
  expect(after.rows).toEqual([{ vip: true, event: "flag.tightened", by: manager.person.id }]);
});
