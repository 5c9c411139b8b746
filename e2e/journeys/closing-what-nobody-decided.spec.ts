import type { Page } from "@playwright/test";
import { giveRole } from "#db/testing/people.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { type Company, withCompany } from "#e2e/fixtures/company.ts";
import { yielding } from "#e2e/fixtures/databases.ts";
import { inDays } from "#e2e/fixtures/days.ts";
import { givePolicy } from "#e2e/fixtures/policy.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { makeLate } from "#lib/reviews/testing.ts";
import type { Role } from "#lib/vocabulary.ts";

const year = new Date().getUTCFullYear() - 2;
const statement = "Each right was looked at by somebody who has no part in it.";

/** A company with a lead, an agent and an admin since years, and who closes and who answers since one. */
async function peopleOf({ hire, owner }: Company) {
  const since = async (name: string, role: Role) => {
    const person = await hire(name, []);
    await giveRole(owner, person.id, role, "3 years");
    return person;
  };
  const [lead, agent] = [await since("Lena", "manager"), await since("Olivier", "agent")];
  const admin = await since("Ada", "admin");
  await owner.query("update staff set manager_id = $1 where id = any($2)", [
    lead.id,
    [agent.id, admin.id],
  ]);
  const [closer, answers] = [await hire("Clem", ["compliance"]), await hire("Ansel", ["manager"])];
  return { lead, agent, admin, closer, answers };
}

/** Opens the review of a quarter in which only those since years held something, and lets its day pass. */
async function lateReview(page: Page, { at, owner, ownerUrl }: Company): Promise<string> {
  await page.goto(at("/reviews/new"));
  await page.getByLabel("First day").fill(`${year}-01-01`);
  await page.getByLabel("Last day").fill(`${year}-03-31`);
  await page.getByRole("button", { name: "Open the review" }).click();
  await expect(page.getByRole("region", { name: "Decided" })).toContainText("0 of 3");
  const slug = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const { rows } = await owner.query("select id from campaigns where slug = $1", [slug]);
  await yielding(ownerUrl, (pool) => makeLate({ owner: pool }, rows[0].id));
  return slug;
}

test("by a policy of exceptions, what nobody decided stays for a time on somebody’s account", async ({
  somebody,
}) => {
  await withCompany({}, async (company) => {
    const { owner, at } = company;
    await givePolicy(owner, "exception");
    const { agent, closer, answers } = await peopleOf(company);
    const day = inDays(10);
    const page = await somebody();
    await company.signIn(page, closer.email, "/reviews");
    const slug = await lateReview(page, company);
    await page.goto(at(`/reviews/${slug}/close`));
    await expect(page.getByRole("region", { name: "What nobody decided" })).toContainText(
      "By the policy each of these stays as it is for a time, 14 days at most",
    );
    await expectAccessibleInBoth(page, "close a review by exceptions");

    const [whom, until] = [
      page.getByLabel("Who answers for what nobody decided"),
      page.getByLabel("Until when"),
    ];
    const close = page.getByRole("button", { name: "Except 3 and close" });
    await page.getByLabel("Your statement").fill(statement);
    await close.click();
    await expect(page.locator("#ownerEmail-error")).toContainText("Give the e-mail");
    await expect(page.getByLabel("Your statement")).toHaveValue(statement);
    await expectAccessible(page, "close a review by exceptions, nobody named");
    await whom.fill(closer.email);
    await until.fill(inDays(20));
    await close.click();
    await expect(page.locator("#ownerEmail-error")).toContainText("Nobody answers for their own");
    await whom.fill(answers.email);
    await close.click();
    await expect(page.locator("#expiresOn-error")).toContainText("Choose a day after today");
    await expect(whom).toHaveValue(answers.email);
    await expectAccessible(page, "close a review by exceptions, too long");
    await until.fill(day);
    await close.click();
    await expect(page.getByRole("region", { name: "Signed off" })).toContainText(statement);
    await expect(page.getByRole("region", { name: "Decided" })).toContainText("3 excepted");
    await expectAccessibleInBoth(page, "a review closed by exceptions");

    await page.goto(at(`/reviews/${slug}/list?state=excepted`));
    const items = page.getByRole("table", { name: "Items of the review" });
    await expect(items.getByRole("row")).toHaveCount(4);
    await items
      .getByRole("row", { name: new RegExp(agent.name) })
      .getByRole("link")
      .first()
      .click();
    const exception = page.getByRole("region", { name: "An exception" });
    await expect(exception).toContainText(`${answers.name} answers for it`);
    await expect(exception).toContainText("Nobody decided it before the review was closed");
    await expect(page.getByText("The review is closed", { exact: true })).toBeVisible();
    await expectAccessibleInBoth(page, "an item that was excepted by rule");
    const { rows } = await owner.query(
      `select x.owner_id, x.expires_on::text as until, x.kind, g.revoked_at, i.decision from review_exceptions x
         join review_items i on i.id = x.item_id join staff_roles g on g.id = i.grant_id`,
    );
    const excepted = { owner_id: answers.id, until: day, kind: "rule" };
    expect(rows).toEqual(Array(3).fill({ ...excepted, revoked_at: null, decision: null }));
  });
});

test("by a policy of revoking, what nobody decided is taken and proved, but never the last admin", async ({
  somebody,
}) => {
  await withCompany({}, async (company) => {
    const { owner, at } = company;
    await givePolicy(owner, "revoke");
    const { lead, agent, admin, closer, answers } = await peopleOf(company);
    const page = await somebody();
    await company.signIn(page, closer.email, "/reviews");
    const slug = await lateReview(page, company);
    await page.goto(at(`/reviews/${slug}/close`));
    const undecided = page.getByRole("region", { name: "What nobody decided" });
    await expect(undecided).toContainText(lead.name);
    await expect(undecided).toContainText("Afterwards nobody active is agent.");
    await expect(page.getByRole("region", { name: "The last admins" })).toContainText(admin.name);
    await expectAccessibleInBoth(page, "close a review by revoking, the last admin among them");
    await page.getByLabel("Who answers for what nobody decided").fill(answers.email);
    await page.getByLabel("Until when").fill(inDays(7));
    await page.getByLabel("Your statement").fill(statement);
    await page.getByRole("button", { name: "Revoke 2, except 1 and close" }).click();
    await expect(page.getByRole("region", { name: "Signed off" })).toContainText(statement);
    const decided = page.getByRole("region", { name: "Decided" });
    await expect(decided).toContainText("2 revoke");
    await expect(decided).toContainText("2 of 2 taken and proved");
    await expect(decided).toContainText("1 excepted");
    await expectAccessibleInBoth(page, "a review closed by revoking");

    await page.goto(at(`/reviews/${slug}/list?state=revoke`));
    const row = page.getByRole("row", { name: new RegExp(agent.name) });
    await row.getByRole("link").first().click();
    await expect(page.getByRole("region", { name: "The decision" })).toContainText("By policy");
    await expect(page.getByRole("region", { name: "What followed" })).toContainText(
      "Refused, proved",
    );
    await expectAccessibleInBoth(page, "an item that the policy revoked");
    const { rows } = await owner.query(
      `select s.name, g.revoked_at is not null as taken, i.remediated_at is not null as proved, x.owner_id as answers
         from review_items i join staff s on s.id = i.staff_id join staff_roles g on g.id = i.grant_id
         left join review_exceptions x on x.item_id = i.id order by s.name`,
    );
    expect(rows).toEqual([
      { name: admin.name, taken: false, proved: false, answers: answers.id },
      { name: lead.name, taken: true, proved: true, answers: null },
      { name: agent.name, taken: true, proved: true, answers: null },
    ]);
  });
});
