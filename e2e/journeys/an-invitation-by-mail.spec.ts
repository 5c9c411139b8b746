import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stack } from "#e2e/support/stack.ts";
import { mailServer } from "#lib/notices/testing.ts";
import { addStaff } from "#lib/roster/add.ts";

test("an admin sees whether an invitation arrived, and sends it again", async ({ newcomer }) => {
  const { page, ctx } = await newcomer(["admin"]);
  const email = `invited-${ctx.actor.id}@alongside.test`;
  const added = await addStaff(ctx, {
    ...{ name: "Wanda Invited", email, team: "Support Europe", zone: "Europe/Berlin" },
    ...{ kind: "person", managerEmail: "", roles: ["agent"], lookingOnly: false },
    ...{ reason: "Begins on Monday", invite: true },
  });
  if (!added.ok) throw new Error(added.error.message);
  const here = page.getByRole("region", { name: "Here" });
  await expect(async () => {
    await page.goto(`/settings/staff/${added.value.staffId}`);
    await expect(here).toContainText("the mail was not taken yet", { timeout: 500 });
  }).toPass();
  await expectAccessibleInBoth(page, "somebody whose invitation has not arrived");

  const mail = await mailServer(stack().mailPort);
  try {
    await here.getByRole("button", { name: "Send again" }).click();
    await expect(here.getByRole("status")).toHaveText("On its way.");
    const ours = () =>
      mail.mails.filter(({ to }) => [to].flat().some((one) => one?.text === email)).length;
    await expect.poll(ours).toBeGreaterThan(0);
    await expect(async () => {
      await page.reload();
      await expect(here).toContainText("Invited, mail delivered", { timeout: 500 });
    }).toPass();
  } finally {
    await mail.close();
  }
});
