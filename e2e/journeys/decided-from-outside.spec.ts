import { transaction } from "#db/client.ts";
import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { bring, inSlack, messageTo, press, submission } from "#e2e/fixtures/slack.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { approvalLink } from "#lib/requests/links.ts";

test("a manager follows the link of a message, signs in on the way, and decides there", async ({
  newcomer,
  signedIn,
  somebody,
  databases: { db, owner },
}) => {
  const agent = await newcomer();
  const requestId = await asked(agent, await subjectOf(owner, "aino@quennell.test"));
  const path = await transaction(db, (tx) => approvalLink(tx, { requestId, approverId: runa.id }));
  const page = await somebody();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(path);
  await expect(page).toHaveURL(/\/sign-in\?from=/);
  await page.getByRole("button", { name: /^Runa Castellane Manager/ }).click();
  await expect(page).toHaveURL(path);
  const title = page.getByRole("heading", { name: new RegExp(`^${agent.person.name} asks to`) });
  await expect(title).toBeVisible();
  await expect(page.getByText("The reminders go out on the wrong day.")).toBeVisible();
  await expectAccessibleInBoth(page, "behind a link");

  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page.getByText("Say why, so that they know what to do now.")).toBeVisible();
  await page.getByRole("radio", { name: "15" }).check();
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText(/Approved, 15\smin\./)).toBeVisible();
  const decision = page.getByRole("region", { name: "Decision" });
  await expect(decision).toContainText("You approved 15 min");
  await expectAccessibleInBoth(page, "behind a link, decided");

  // Again, later: told what was decided, and nothing to press.
  await page.goto(path);
  await expect(decision).toContainText("You approved 15 min");
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);

  const other = await signedIn((await newcomer(["manager"])).person);
  await other.page.goto(path);
  await expect(
    other.page.getByRole("heading", { name: "This link opens nothing for you" }),
  ).toBeVisible();
  await expect(other.page.getByText(agent.person.name)).toHaveCount(0);
  await expectAccessibleInBoth(other.page, "somebody else's link");
});

test("a manager links Slack, and denies there; the agent reads why", async ({
  newcomer,
  databases: { owner },
}) => {
  const [agent, manager] = [await newcomer(), await newcomer(["manager"])];
  // Their own manager is asked first, however many others are at work.
  await owner.query("update staff set manager_id = $1 where id = $2", [
    manager.person.id,
    agent.person.id,
  ]);
  const member = `U0${agent.person.id.slice(-8).toUpperCase()}`;
  const { page } = manager;
  await page.goto("/me/notices");
  const card = page.getByRole("region", { name: "Slack" });
  await card.getByLabel("Your member ID in Slack").fill("runa");
  await card.getByRole("button", { name: "Ask me in Slack" }).click();
  await expect(card.getByText("A member ID looks like U012AB3CD.")).toBeVisible();
  await expectAccessibleInBoth(page, "Slack, not linked");
  await card.getByLabel("Your member ID in Slack").fill(member.toLowerCase());
  await card.getByRole("button", { name: "Ask me in Slack" }).click();
  const shown = card.getByText(/^Yes, my page shows \d{3}$/);
  await expect(shown).toBeVisible();
  await expectAccessibleInBoth(page, "Slack, asked");
  const question = await messageTo(member, (await shown.textContent()) ?? "");
  const [yes] = question.buttons;
  if (!yes) throw new Error("There is no button");
  expect((await bring(press(member, yes))).status).toBe(200);
  await card.getByRole("button", { name: "I have pressed it" }).click();
  await expect(card.getByText(`You are ${member} in Slack`)).toBeVisible();
  await expectAccessibleInBoth(page, "Slack, linked");

  const requestId = await asked(agent, await subjectOf(owner, "aino@quennell.test"));
  await agent.page.goto(`/requests/${requestId}`);
  const asks = await messageTo(member, agent.person.name);
  expect(asks.said).toContain("The reminders go out on the wrong day.");
  const deny = asks.buttons.find(({ action_id }) => action_id === "deny");
  const approve = asks.buttons.find(({ url }) => url?.includes("/requests/decide/"));
  if (!deny || !approve) throw new Error("The buttons are missing");
  expect((await bring(press(member, deny))).status).toBe(200);
  const form = (await inSlack()).views.at(-1);
  expect(JSON.stringify(form?.view)).toContain(agent.person.name);
  const sent = await bring(submission(member, form?.view ?? {}, "Ask the owner first."));
  expect(sent).toMatchObject({ status: 200, text: "" });

  await expect(
    agent.page.getByRole("heading", { name: `${manager.person.name} denied` }),
  ).toBeVisible();
  await expect(agent.page.getByText("Ask the owner first.")).toBeVisible();
  // The message says so too, and leads to no decision any more.
  const after = await messageTo(member, "Ask the owner first.");
  expect(after.buttons.map(({ action_id }) => action_id)).not.toContain("deny");

  await page.reload();
  await card.getByRole("button", { name: "Unlink Slack" }).click();
  await expect(card.getByRole("button", { name: "Ask me in Slack" })).toBeVisible();
  await bring(press(member, deny));
  // Said after the answer, which does not wait for Slack.
  await expect
    .poll(async () => (await inSlack()).ephemerals.at(-1)?.text)
    .toContain("does not know this Slack account");
});
