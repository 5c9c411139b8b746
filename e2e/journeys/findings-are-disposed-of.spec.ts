import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { comeEvening, snoop } from "#e2e/fixtures/findings.ts";
import { hireOne, persona, runa } from "#e2e/fixtures/staff.ts";
import { subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const olu = "olu@pebblewick.test";
const why = "They called four times about their reminders; I forgot the ticket.";
const note = "Called Olu Braithe, who had asked each time. Ticket added.";

test("an agent is asked, answers; their manager reads it and decides, on record", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const agent = await newcomer();
  const { name, id } = agent.person;
  await agent.page.goto("/findings/mine");
  await expect(
    agent.page.getByRole("heading", { name: "Nobody has asked you anything" }),
  ).toBeVisible();
  await expectAccessibleInBoth(agent.page, "questions to me, none");

  const number = await snoop(databases, agent, await subjectOf(databases.owner, olu));
  await comeEvening(databases, agent.person.zone);
  await agent.page.goto("/findings/mine");
  // There may be more: a weekend is outside of working hours.
  const question = agent.page.getByRole("region").filter({ hasText: `F-${number}` });
  await expect(question).toContainText("You looked as Olu Braithe");
  await expect(question.getByRole("link", { name: /^S-\d+$/ })).toHaveCount(4);
  await expectAccessibleInBoth(agent.page, "questions to me, one");
  await question.getByLabel(/^Why was it/).fill("Because");
  await question.getByRole("button", { name: "Send the answer" }).click();
  await expect(question).toContainText("Too short: 7 characters of at least 10");
  await expect(question.getByLabel(/^Why was it/)).toHaveValue("Because");
  await expectAccessible(agent.page, "questions to me, refused");
  await question.getByLabel(/^Why was it/).fill(why);
  await question.getByRole("button", { name: "Send the answer" }).click();
  await expect(question).toContainText(why);
  await expectAccessible(agent.page, "questions to me, answered");

  const { page } = await signedIn(runa);
  await page.goto(`/findings?actor=${id}&detector=same_subject`);
  const list = page.getByRole("table", { name: "Open findings by deadline" });
  const row = list.getByRole("row", { name: new RegExp(name) });
  await expect(row).toContainText("4 sessions as Olu Braithe");
  await expect(row).toContainText("Answered");
  await expectAccessibleInBoth(page, "findings, one");
  await row.getByRole("link").click();
  await expect(page).toHaveURL(`/findings/F-${number}`);
  await expect(page.getByText(why)).toBeVisible();
  await expect(page.getByRole("table", { name: "What the finding is about" })).toContainText("S-");
  await expectAccessibleInBoth(page, "a finding, open");

  const triage = page.getByRole("form", { name: "What was it?" });
  await triage.getByRole("button", { name: "Record the decision" }).click();
  await expect(triage).toContainText("Choose what it was.");
  await expectAccessible(page, "a finding, refused");
  await expect(triage.getByRole("radio").first()).toBeFocused();
  await page.keyboard.press("1");
  await expect(triage.getByRole("radio", { name: /Explained/ })).toBeChecked();
  await triage.getByLabel("What you found out").fill(note);
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("region", { name: "What it was" })).toContainText(note);
  await expectAccessibleInBoth(page, "a finding, disposed of");

  await page.goto(`/findings?status=disposed&actor=${id}`);
  await expect(page.getByRole("table", { name: /Findings disposed of/ })).toContainText(
    "Explained",
  );
  await expectAccessibleInBoth(page, "findings, disposed of");
  const { rows } = await databases.owner.query(
    `select f.status, f.answer, f.note, f.disposed_by, e.event, e.actor_id from findings f
       join audit_entry e on e.id = f.disposed_entry_id where f.number = $1`,
    [number],
  );
  expect(rows).toEqual([
    {
      status: "explained",
      answer: why,
      note,
      disposed_by: runa.id,
      event: "finding.disposed",
      actor_id: runa.id,
    },
  ]);
  await agent.page.goto("/findings/mine");
  await expect(agent.page.getByText("Explained").first()).toBeVisible();
  await expect(agent.page.getByText(note)).toHaveCount(0);
});

test("nobody sees or decides what is not theirs", async ({ newcomer, signedIn, databases }) => {
  const agent = await newcomer();
  const number = await snoop(databases, agent, await subjectOf(databases.owner, olu));
  const answer = await agent.page.goto(`/findings/F-${number}`);
  expect(answer?.status()).toBe(403);

  const other = await signedIn({
    ...(await hireOne(databases.owner, ["manager"])),
    team: "Support elsewhere",
  });
  await databases.owner.query("update staff set team = 'Support elsewhere' where id = $1", [
    other.person.id,
  ]);
  expect((await other.page.goto(`/findings/F-${number}`))?.status()).toBe(404);
  await other.page.goto(`/findings?actor=${agent.person.id}`);
  await expect(
    other.page.getByRole("heading", { name: "Findings about other teams are not yours to read" }),
  ).toBeVisible();
  await expectAccessibleInBoth(other.page, "findings, not allowed");
  await other.page.goto("/findings?detector=look_closer");
  await expect(other.page.getByRole("heading", { name: "No finding matches" })).toBeVisible();
  await expectAccessible(other.page, "findings, no match");
  await other.page.goto("/findings");
  await expect(other.page.getByRole("heading", { name: "Nothing to dispose of" })).toBeVisible();
  await expectAccessible(other.page, "findings, none");

  const admin = await newcomer(["admin"]);
  await admin.page.goto(`/findings/F-${number}`);
  await expect(admin.page.getByRole("region", { name: "Open" })).toContainText(
    "Only their manager or compliance disposes of a finding.",
  );
  await expect(admin.page.getByRole("form", { name: "What was it?" })).toHaveCount(0);
  await expectAccessible(admin.page, "a finding, not yours to dispose of");

  const { page } = await signedIn(persona("Mirela Osthoff"));
  await page.goto(`/findings/F-${number}`);
  await expect(page.getByRole("form", { name: "What was it?" })).toBeVisible();
});
