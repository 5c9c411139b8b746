import type { Page } from "@playwright/test";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stack } from "#e2e/support/stack.ts";
import { hookSecret, hookServer, mailServer } from "#lib/notices/testing.ts";

const jane = "jane.ashdown@tallowfield.test";
const inbox = (page: Page) => page.getByRole("region", { name: /Unread|All/ });

test("a request arrives by mail, its link leads to the decision, and who asked reads it in the inbox", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const mail = await mailServer(stack().mailPort);
  try {
    const requestId = await asked(agent, await subjectOf(databases.owner, jane));
    const ours = () =>
      mail.mails.filter(
        ({ to, subject }) =>
          [to].flat().some((one) => one?.text === runa.email) &&
          subject?.includes(agent.person.name),
      );
    await expect.poll(() => ours().length).toBe(1);
    const link = /Approve: (\S+)/.exec(ours()[0]?.text ?? "")?.[1] ?? "";
    expect(link).toContain(`${stack().panelUrl}/requests/decide/`);

    await manager.page.goto("/inbox");
    const title = new RegExp(`^${agent.person.name} asks to look as a user of Tallowfield`);
    const notice = inbox(manager.page).getByRole("listitem").filter({ hasText: agent.person.name });
    await expect(notice.getByRole("link", { name: title })).toBeVisible();
    await expect(notice).toContainText("Jane Ashdown");
    await expectAccessibleInBoth(manager.page, "inbox with a request");

    await manager.page.goto(link);
    await expect(
      manager.page.getByRole("heading", { name: `${agent.person.name} asks to look as` }),
    ).toBeVisible();
    await manager.page.getByRole("button", { name: "Approve" }).click();
    await expect(manager.page.getByText(/Approved, \d+\smin\./)).toBeVisible();

    await agent.page.goto("/inbox");
    await expect(inbox(agent.page)).toContainText("Runa Castellane approved it.");
    await expect(inbox(agent.page).getByRole("link", { name: /^Approved: R-\d+/ })).toHaveAttribute(
      "href",
      `/requests/${requestId}`,
    );
    await inbox(agent.page)
      .getByRole("button", { name: /^Mark as read/ })
      .click();
    await expect(
      agent.page.getByRole("heading", { name: "You have read everything" }),
    ).toBeVisible();
    await expectAccessible(agent.page, "inbox, all read");
    await agent.page.getByRole("link", { name: "All", exact: true }).click();
    await expect(inbox(agent.page)).toContainText("Runa Castellane approved it.");

    await manager.page.goto("/inbox?show=all");
    await expect(
      inbox(manager.page).getByRole("listitem").filter({ hasText: agent.person.name }).first(),
    ).toContainText("Runa Castellane approved it.");
    const { rows } = await databases.owner.query(
      "select count(*)::integer as votes from approvals where request_id = $1",
      [requestId],
    );
    expect(rows).toEqual([{ votes: 1 }]);
  } finally {
    await mail.close();
  }
});

test("somebody chooses how they are told, and tries it", async ({ newcomer }) => {
  const { page, person } = await newcomer();
  const mail = await mailServer(stack().mailPort);
  try {
    await page.goto("/inbox");
    await page.getByRole("link", { name: "Choose what you are told" }).click();
    await expect(page.getByRole("heading", { name: "What you are told, and how" })).toBeVisible();
    await expect(page.getByText("Slack: off, because")).toBeVisible();
    await expectAccessibleInBoth(page, "how one is told");
    await page.getByRole("checkbox", { name: "Mail: Your own requests" }).uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { name: "Saved" })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("checkbox", { name: "Mail: Your own requests" })).not.toBeChecked();
    await expect(
      page.getByRole("checkbox", { name: "Inbox: Your own requests, always" }),
    ).toBeDisabled();

    await page.getByRole("button", { name: "Send me one by mail" }).click();
    await expect(page.getByRole("heading", { name: "Sent by mail" })).toBeVisible();
    await expect
      .poll(() => mail.mails.filter(({ text }) => text?.includes(person.name)).length)
      .toBe(1);
  } finally {
    await mail.close();
  }
  await page.getByRole("button", { name: "Send me one by mail" }).click();
  await expect(page.getByText("Mail did not take it: nobody answered.")).toBeVisible();
});

test("an admin names a webhook, whose secret is shown once, and takes it away", async ({
  newcomer,
}) => {
  const { page } = await newcomer(["admin"]);
  const hooks = await hookServer(hookSecret);
  try {
    await page.goto("/settings/notices");
    await expectAccessibleInBoth(page, "notices, settings");
    await page.getByRole("link", { name: "Add a channel" }).click();
    await page.getByRole("button", { name: "Add it" }).click();
    await expect(page.getByRole("heading", { name: /answers need another look/ })).toBeVisible();
    await expectAccessibleInBoth(page, "a channel refused");
    await page.getByLabel("What do you call it?").fill("On-call");
    await page.getByLabel("Where is it?").fill(hooks.url);
    await page.getByRole("button", { name: "Add it" }).click();
    await expect(
      page.getByRole("heading", { name: "The secret of On-call, shown this once" }),
    ).toBeVisible();
    await expect(page.getByText(/^whsec_/)).toBeVisible();
    await expectAccessible(page, "a webhook's secret");

    await page.goto("/me/notices");
    await page.getByRole("button", { name: "Send me one by webhook" }).click();
    await expect(page.getByRole("heading", { name: "Sent by webhook" })).toBeVisible();
    // Signed with a secret of its own: one that knows another takes it for forged.
    expect(hooks.received).toHaveLength(0);
    expect(hooks.forged).toHaveLength(1);

    await page.goto("/settings/notices");
    await page.getByRole("link", { name: "On-call" }).click();
    await expectAccessibleInBoth(page, "one channel");
    await page.getByLabel("Name").fill("On-call, new");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { name: "Saved" })).toBeVisible();
    await page.getByRole("button", { name: "Remove it" }).click();
    await page.waitForURL(/\/settings\/notices$/);
    await expect(page.getByText("On-call, new")).toBeHidden();
  } finally {
    await hooks.close();
  }
});
