import { runa } from "#e2e/fixtures/staff.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { stack } from "#e2e/support/stack.ts";
import { mailServer } from "#lib/notices/testing.ts";
import { pushOne } from "../fixtures/pushed.ts";
import { expect, test } from "./shoot.ts";
import { tour } from "./tour.ts";

/** What is only on a page while something is under way, or after it was refused. */

test("what is decided by a link", async ({ newcomer, signedIn, databases: { owner }, shoot }) => {
  const agent = await newcomer();
  const { page } = await signedIn(runa);
  const mail = await mailServer(stack().mailPort);
  try {
    await asked(agent, await subjectOf(owner, "jane.ashdown@tallowfield.test"));
    const link = () => {
      const ours = mail.mails.find(({ text }) => text?.includes(agent.person.name));
      return /Approve: (\S+)/.exec(ours?.text ?? "")?.[1] ?? "";
    };
    await expect.poll(link).not.toBe("");
    await page.goto(link());
  } finally {
    await mail.close();
  }
  await shoot(page, "Request", "by the link of a message");
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page.getByText("Say why, so that they know what to do now.")).toBeVisible();
  await shoot(page, "Request", "denied without a comment");
  await tour(page, shoot, [
    ["Request", "a link that opens nothing", `/requests/decide/${"x".repeat(43)}`],
  ]);
});

test("an export", async ({ newcomer, shoot }) => {
  const { page } = await newcomer(["compliance"]);
  await page.goto("/audit/export?event=session.started");
  await page.getByLabel("What is it for?").fill("short");
  await page.getByRole("button", { name: "Start the export" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await shoot(page, "Exports", "the form, refused");
  await page.getByLabel("What is it for?").fill("External audit, request 7");
  const handed = page.waitForEvent("download");
  await page.getByRole("button", { name: "Start the export" }).click();
  await (await handed).path();
  await expect(page.getByRole("heading", { name: "The whole file was handed over" })).toBeVisible();
  await shoot(page, "Exports", "one, complete");
  await tour(page, shoot, [["Exports", "one was made", "/audit/exports"]]);
});

test("a flag and its proposal", async ({ newcomer, signedIn, databases: { owner }, shoot }) => {
  const { subject } = await pushOne(owner, {
    account: "Marrowby Textiles",
    name: "Ines Falk",
    email: "ines@marrowby.test",
    role: "admin",
    title: "The export stops half-way",
  });
  if (!subject) throw new Error("It was not taken");
  const second = await newcomer(["manager"]);
  const { page } = await signedIn(runa);
  await page.goto(`/customers/accounts/${subject.account_id}`);
  const flags = page.getByRole("region", { name: "Flags" });
  await flags.getByText("Change the tier…").click();
  await flags.getByRole("button", { name: "Change it" }).first().click();
  await expect(flags.getByText("Choose what it is to be.")).toBeVisible();
  await shoot(page, "Account", "a flag, nothing chosen");
  const change = async (tier: RegExp, why: string) => {
    await flags.getByRole("radio", { name: tier }).check();
    await flags.getByLabel("Why").first().fill(why);
    await flags.getByRole("button", { name: "Change it" }).first().click();
  };
  await change(/^Enterprise/, "They have signed the enterprise contract.");
  await expect(flags).toContainText(`Set by ${runa.name}`);
  await shoot(page, "Account", "a flag, set");
  await page.reload();
  await flags.getByText("Change the tier…").click();
  await change(/^Standard/, "They went back to the standard contract.");
  const made = flags.getByRole("link", { name: /^See P-\d+$/ });
  await expect(made).toBeVisible();
  const number = /P-(\d+)/.exec((await made.textContent()) ?? "")?.[1];
  await tour(page, shoot, [["Proposals", "one, its proposer", `/proposals/${number}`]]);
  await tour(second.page, shoot, [
    ["Proposals", "one, who decides", `/proposals/${number}`],
    ["Proposals", "one waits", "/proposals"],
  ]);
});

test("signing in again", async ({ newcomer, shoot }) => {
  const { page } = await newcomer();
  await tour(page, shoot, [
    ["Sign in", "again", "/sign-in/again?from=%2Faudit"],
    ["Sign in", "again, for a download", "/sign-in/again?from=%2Faudit&for=download"],
    ["Sign in", "again, done", "/sign-in/again/done"],
  ]);
});

test("a form with nothing in it", async ({ newcomer, databases: { owner }, shoot }) => {
  const { page } = await newcomer();
  await page.goto(`/customers/${await subjectOf(owner, "olu@pebblewick.test")}/start`);
  await page.getByRole("button", { name: /^Start looking/ }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeFocused();
  await shoot(page, "Start", "sent with nothing in it");
});
