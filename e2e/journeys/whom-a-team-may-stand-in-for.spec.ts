import { addAccount, addSubject } from "#db/testing/people.ts";
import { insert } from "#db/testing/sql.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { expect, test } from "#e2e/fixtures/company.ts";
import { givePolicyOf } from "#e2e/fixtures/policy.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { newId } from "#lib/kernel/ids.ts";

test("an agent for Europe neither opens nor starts a customer elsewhere, and is asked for anew where theirs gets stricter", async ({
  company,
  somebody,
}) => {
  const { owner, db, at, hire, signIn } = company;
  await givePolicyOf(owner, {
    reach: [
      { team: "Care Europe", regions: ["Europe"] },
      { team: "Care Americas", regions: ["Americas"] },
    ],
    becomesSensitive: "ask",
    reviews: {
      ...{ opensByItself: false, dueDays: 30, undecided: "revoke", exceptionDays: 14 },
      ...{ sampleShare: 0.1, rushedDecisions: 40 },
    },
  });
  const product = newId();
  await insert(owner, "products", {
    id: product,
    client_id: `desk-${product.slice(-8)}`,
    name: "Desk",
    environment: "staging",
    origin: "http://desk.test",
    redirect_uris: ["http://desk.test/callback"],
    initiate_login_uri: "http://desk.test/login",
  });
  const person = async (name: string, email: string, region: string, account: string) =>
    addSubject(
      owner,
      product,
      await addAccount(owner, product, "standard", { name: account, region }),
      { name, email },
    );
  const near = await person("Ingrid Vollan", "ingrid@fjordkraft.test", "Europe", "Fjord Kraft");
  const far = await person("Hector Ruy", "hector@altiplano.test", "Americas", "Altiplano Freight");
  const agent = await hire("Ulla", ["agent"]);
  const manager = await hire("Petra", ["manager"]);
  await owner.query("update staff set team = 'Care Europe' where id = $1", [agent.id]);

  const page = await somebody();
  await signIn(page, agent.email);
  await page.goto(at("/?q=hector"));
  const row = page.getByRole("row", { name: /Hector Ruy/ });
  await expect(row).toContainText("Altiplano Freight");
  await expect(row).toContainText("Americas");
  await expect(row).toContainText("Not yours");
  await expect(page.getByText("hector@altiplano.test")).toHaveCount(0);
  await expect(page.getByText(/Care Americas can/).first()).toBeVisible();
  await expectAccessibleInBoth(page, "a search that finds another team's customer");
  for (const path of [
    `/customers/${far.id}`,
    `/customers/${far.id}/start`,
    `/customers/accounts/${far.account}`,
  ]) {
    await page.goto(at(path));
    await expect(
      page.getByRole("heading", { name: "You cannot open this customer" }),
    ).toBeVisible();
    await expect(
      page.getByText(
        "Care Europe stands in for customers in Europe. Altiplano Freight is in Americas: Care Americas can.",
      ),
    ).toBeVisible();
    await expect(page.getByText("hector@altiplano.test")).toHaveCount(0);
  }
  await expectAccessible(page, "a customer whom another team has");

  const { rows } = await owner.query("select id from staff_sign_ins where staff_id = $1", [
    agent.id,
  ]);
  const ctx = {
    ...{ db, ip: null, userAgent: null, requestId: newId() },
    actor: {
      ...{ kind: "staff" as const, id: agent.id, name: agent.name, email: agent.email },
      ...{ roles: ["agent"] as const, team: "Care Europe", zone: "Europe/Lisbon" },
      ...{ signInId: String(rows[0]?.id), authTime: new Date(), acr: null },
    },
  };
  const question = {
    ...({
      reasonCategory: "configuration_check",
      callerCheck: "call_back",
      scope: "write",
    } as const),
    ...{ reason: "The reminders go out on the wrong day.", minutes: 30 },
  };
  expect(await standIn(ctx, { ...question, subjectId: far.id })).toMatchObject({
    ok: false,
    error: { code: "out_of_your_reach" },
  });
  const begun = await standIn(ctx, { ...question, subjectId: near.id });
  expect(begun).toMatchObject({ ok: true, value: { kind: "started" } });

  const boss = await somebody();
  await signIn(boss, manager.email);
  await boss.goto(at(`/customers/accounts/${near.account}`));
  const flags = boss.getByRole("region", { name: "Flags" });
  await flags.getByText("Change standing in…").click();
  await flags.getByRole("radio", { name: /^Opted out/ }).check();
  await flags.getByLabel("Why").last().fill("They wrote that they want to be asked first.");
  await flags.getByRole("button", { name: "Change it" }).last().click();
  await expect(flags.getByText("Set, and one session ended")).toBeVisible();
  const anew = await owner.query(
    "select r.id, r.number, r.status from requests r join sessions s on s.id = r.carried_from where s.actor_id = $1",
    [agent.id],
  );
  expect(anew.rows).toMatchObject([{ status: "pending" }]);
  await page.goto(at(`/requests/${anew.rows[0]?.id}`));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Ingrid Vollan");
  await expect(page.getByText(/S-\d+ ended when the account became stricter/)).toBeVisible();
});
