import { addAccount, addSubject } from "#db/testing/people.ts";
import { insert } from "#db/testing/sql.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { type Company, expect, withCompany } from "#e2e/fixtures/company.ts";
import { givePolicy } from "#e2e/fixtures/policy.ts";
import { test } from "#e2e/fixtures/test.ts";
import { newId } from "#lib/kernel/ids.ts";

/** Three accounts with a person each: two standard, one regulated. */
async function giveCustomers({ owner }: Company): Promise<void> {
  const product = newId();
  await insert(owner, "products", {
    ...{ id: product, client_id: "shop", name: "Shop", environment: "demo" },
    ...{ origin: "https://shop.example", redirect_uris: ["https://shop.example/cb"] },
    initiate_login_uri: "https://shop.example/login",
  });
  for (const tier of ["standard", "standard", "regulated"] as const)
    await addSubject(owner, product, await addAccount(owner, product, tier));
}
const inForce = async ({ owner }: Company) => {
  const { rows } = await owner.query(
    "select version, (body ->> 'maxMinutes')::int as minutes, (body ->> 'idleMinutes')::int as idle from policy_now",
  );
  return rows[0];
};

test("tighter is in force at once, looser waits for a second person, and a day is kept", async ({
  somebody,
}) => {
  test.slow();
  // The demo's policy is everybody's: a company of its own.
  await withCompany({}, async (company) => {
    const { hire, signIn, at, owner } = company;
    await givePolicy(owner);
    await giveCustomers(company);
    const [ada, cora] = [await hire("Ada", ["admin"]), await hire("Cora", ["compliance"])];
    const admin = await somebody();
    await signIn(admin, ada.email, "/settings/policy");
    await expect(admin.getByRole("heading", { level: 1, name: "Policy" })).toBeVisible();
    await expectAccessibleInBoth(admin, "the policy in force");
    await admin.getByRole("link", { name: "Change the policy" }).click();
    await expectAccessibleInBoth(admin, "the policy, to be changed");

    // A rule more, and fewer minutes. What was typed before is kept, of the form and of the look at it.
    const rules = admin.getByRole("region", { name: "Approvals" });
    await admin.getByLabel("A session lasts at most").fill("44");
    await admin.getByRole("button", { name: "Look at what it comes to" }).click();
    await admin.getByLabel("Why is it changed?").fill("Kept while a rule is added");
    await rules.getByRole("button", { name: "Add a rule" }).click();
    await expect(admin.getByLabel("A session lasts at most")).toHaveValue("44");
    const rule = rules.getByRole("group", { name: "Rule 1 of approval", exact: true });
    await expect(rule).toBeVisible();
    await expect(rule.getByLabel("Votes")).toBeFocused();
    await rule.getByLabel("Votes").selectOption("1");
    await rule.getByLabel("By whom").selectOption("manager");
    await admin.getByLabel("A session lasts at most").fill("61");
    await admin.getByRole("button", { name: "Look at what it comes to" }).click();
    await expect(admin.getByText("Must be at most 60.").first()).toBeVisible();
    await expectAccessible(admin, "the policy, refused");
    await expect(rule.getByLabel("By whom")).toHaveValue("manager");
    await admin.getByLabel("A session lasts at most").fill("45");
    await rule.getByLabel("Looking").check();
    await rule.getByLabel("Standard").check();
    await admin.getByRole("button", { name: "Look at what it comes to" }).click();
    const preview = admin.getByRole("region", { name: "What it comes to" });
    await expect(preview).toContainText("Looking needs an approval: 3 accounts instead of 1.");
    await expect(preview).toContainText("Nothing is looser");
    await expect(preview).toBeFocused();
    await expect(admin.getByLabel("Why is it changed?")).toHaveValue("Kept while a rule is added");
    await expectAccessibleInBoth(admin, "what a tighter policy comes to");
    await admin.getByLabel("Why is it changed?").fill("Shorter, and never without a second look");
    await admin.getByRole("button", { name: "Put it into force" }).click();
    await expect(admin.getByRole("status").filter({ hasText: "is in force" })).toBeVisible();
    await expect(admin.getByRole("heading", { level: 1 })).toBeFocused();
    expect(await inForce(company)).toMatchObject({ minutes: 45 });
    const { rows: asks } = await owner.query(
      `select count(*)::int as n from subject_standing st
       where approval_requirements(policy_body_now(), st.sensitive_because, st.terms_version, 'read') <> '[]'`,
    );
    expect(asks).toEqual([{ n: 3 }]);

    // Longer again: somebody else has to accept.
    await admin.goto(at("/settings/policy/change"));
    await admin.getByLabel("A session lasts at most").fill("50");
    await admin.getByRole("button", { name: "Look at what it comes to" }).click();
    await expect(preview).toContainText("A second person accepts it first");
    await expect(preview).toContainText("Cora can.");
    await admin.getByLabel("Why is it changed?").fill("Forty-five were too few for a migration");
    await admin.getByRole("button", { name: "Propose it" }).click();
    await expect(
      admin.getByRole("status").filter({ hasText: "waits for a second person" }),
    ).toBeVisible();
    expect(await inForce(company)).toMatchObject({ minutes: 45 });
    await admin.getByRole("link", { name: /^Open P-/ }).click();
    await expect(admin.getByText("You proposed it; somebody else decides.")).toBeVisible();
    await expect(admin.getByRole("button", { name: "Accept" })).toHaveCount(0);

    const second = await somebody();
    await signIn(second, cora.email, "/proposals");
    await expectAccessibleInBoth(second, "what waits");
    await second.getByRole("link", { name: "The company’s rules" }).click();
    await expect(second.getByRole("table", { name: "Before and after" })).toContainText("45 min");
    await expect(
      second.getByRole("region", { name: "In your directory, as it is now" }),
    ).toContainText("As many accounts and people need an approval as before: 3 accounts.");
    await expectAccessibleInBoth(second, "a proposal");
    await second.getByRole("button", { name: "Decline" }).click();
    await expect(second.getByText("Say in at least 3 characters why not.")).toBeVisible();
    await expect(second.getByLabel(/^Comment/)).toBeFocused();
    await second.getByLabel(/^Comment/).fill("Seen with the team lead");
    await second.getByRole("button", { name: "Accept" }).click();
    await expect(second.getByRole("heading", { name: "What became of it" })).toBeVisible();
    await expect(second.getByText("Accepted").first()).toBeVisible();
    await expectAccessible(second, "a proposal, accepted");
    expect(await inForce(company)).toMatchObject({ minutes: 50 });
    await second.goto(at("/settings/policy"));
    await expect(second.getByText("Ada, accepted by Cora")).toBeVisible();
    await expect(second.getByRole("link", { name: "Change the policy" })).toHaveCount(0);
    expect((await second.goto(at("/settings/policy/change")))?.status()).toBe(403);

    // From tomorrow on, without script.
    const plain = await admin
      .context()
      .browser()
      ?.newContext({
        javaScriptEnabled: false,
        storageState: await admin.context().storageState(),
      });
    if (!plain) throw new Error("There is a browser");
    const quiet = await plain.newPage();
    await quiet.goto(at("/settings/policy/change"));
    await quiet.getByLabel("An unused session ends after").fill("7");
    const reach = quiet.getByRole("region", { name: "Who may stand in for whom" });
    await reach.getByRole("button", { name: "Add a rule" }).click();
    await reach.getByRole("button", { name: "Take it away rule 1 of reach" }).click();
    await expect(quiet.getByLabel("An unused session ends after")).toHaveValue("7");
    await quiet.getByRole("button", { name: "Look at what it comes to" }).click();
    await quiet.getByLabel("Why is it changed?").fill("Idle screens are the open doors");
    const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await quiet.getByLabel(/From which day on/).fill(soon);
    await quiet.getByRole("button", { name: "Put it into force" }).click();
    await expect(quiet.getByRole("heading", { name: /lies ahead/ }).first()).toBeVisible();
    expect(await inForce(company)).toMatchObject({ minutes: 50, idle: 10 });
    await quiet.goto(at("/settings/policy"));
    await expect(quiet.getByRole("region", { name: /lies ahead/ })).toBeVisible();
    await plain.close();
    await owner.query("alter table policy_versions disable trigger append_only");
    await owner.query(
      "update policy_versions set in_force_from = now() where in_force_from > now()",
    );
    await owner.query("alter table policy_versions enable always trigger append_only");
    expect(await inForce(company)).toMatchObject({ minutes: 50, idle: 7 });
    await admin.goto(at("/settings/policy"));
    await expect(admin.getByText(/An unused session ends after/).first()).toBeVisible();
    await expect(admin.getByText("7 min").first()).toBeVisible();
  });
});

test("who loses a race reads what is different, keeps what was typed, and undoes nothing of it", async ({
  somebody,
}) => {
  await withCompany({}, async (company) => {
    const { hire, signIn, at, owner } = company;
    await givePolicy(owner);
    const [ada, bo] = [await hire("Ada", ["admin"]), await hire("Bo", ["admin"])];
    const [one, other] = [await somebody(), await somebody()];
    await signIn(one, ada.email, "/settings/policy/change");
    await signIn(other, bo.email, "/settings/policy/change");
    const tighten = async (page: typeof one, label: string, to: string) => {
      await page.getByLabel(label).fill(to);
      await page.getByRole("button", { name: "Look at what it comes to" }).click();
      await page.getByLabel("Why is it changed?").fill("Because of a look at the figures");
    };
    const save = (page: typeof one) =>
      page.getByRole("button", { name: "Put it into force" }).click();
    await tighten(one, "A session lasts at most", "40");
    await tighten(other, "An unused session ends after", "8");
    await save(other);
    await expect(other.getByRole("status").filter({ hasText: "is in force" })).toBeVisible();
    await save(one);
    const told = one.getByRole("alert").filter({ hasText: "came into force while you wrote" });
    await expect(told).toContainText("An unused session ends after: 10 min → 8 min.");
    await expect(one.getByLabel("A session lasts at most")).toHaveValue("40");
    await expectAccessible(one, "a policy that somebody else changed");
    await one.getByRole("button", { name: "Look at what it comes to" }).click();
    await one.getByLabel("Why is it changed?").fill("Because of a look at the figures");
    await save(one);
    await expect(one.getByRole("status").filter({ hasText: "is in force" })).toBeVisible();
    expect(await inForce(company)).toMatchObject({ minutes: 40, idle: 8 });

    await one.goto(at("/settings/basis"));
    await expect(one.getByRole("table", { name: "Reasons with their lawful basis" })).toBeVisible();
    await expectAccessibleInBoth(one, "the lawful basis");
    await one.getByRole("link", { name: "Change it" }).click();
    await expectAccessible(one, "the lawful basis, to be changed");
    await one
      .getByRole("group", { name: "Reason 1 to stand in", exact: true })
      .getByLabel("Lawful basis")
      .selectOption("legitimate_interest");
    await one.getByRole("button", { name: "Look at what it comes to" }).click();
    await expect(one.getByText("A second person accepts it first")).toBeVisible();
    await expect(one.getByText("Bo can.")).toBeVisible();
  });
});
