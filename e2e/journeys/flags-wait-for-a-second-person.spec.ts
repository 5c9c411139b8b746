import type pg from "pg";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { inLedger, invoiceOf, stateOf } from "#e2e/fixtures/ledger.ts";
import { anotherProduct } from "#e2e/fixtures/products.ts";
import { sessionOf } from "#e2e/fixtures/record.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { enter, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stack } from "#e2e/support/stack.ts";

const halvor = "halvor@ardentloom.test";
const why = "They signed the enterprise contract today.";

const accountOf = async (owner: pg.Pool, subjectId: string) => {
  const { rows } = await owner.query<{ id: string; tier: string }>(
    "select a.id, a.tier from accounts a join subjects s on s.account_id = a.id where s.id = $1",
    [subjectId],
  );
  const [account] = rows;
  if (!account) throw new Error("The subject has an account");
  return account;
};

test("a manager makes an account stricter while an agent is in, and another manager lets it be loosened", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const { owner } = databases;
  const agent = await newcomer();
  const second = await newcomer(["manager"]);
  const { page } = await signedIn(runa);
  const subjectId = await subjectOf(owner, halvor);
  const account = await accountOf(owner, subjectId);
  const sessionId = await started(agent, subjectId, { scope: "write" });
  await enter(agent.page, sessionId);
  await agent.page.goto(inLedger(`/invoices/${await invoiceOf(databases.ledger, halvor)}`));
  const before = await stateOf(databases.ledger, halvor);
  await agent.page.getByLabel("Note to the client").fill("Paid by instalments, as agreed.");

  await page.goto(`/customers/accounts/${account.id}`);
  const flags = page.getByRole("region", { name: "Flags" });
  await expect(flags).toContainText("As Ledger says");
  await expectAccessibleInBoth(page, "an account with its flags");
  await flags.getByText("Change the tier…").click();
  await flags.getByRole("button", { name: "Change it" }).first().click();
  await expect(flags.getByText("Choose what it is to be.")).toBeVisible();
  await flags.getByRole("radio", { name: /^Enterprise/ }).check();
  await flags.getByLabel("Why").first().fill(why);
  await expectAccessible(page, "an account, a flag about to be set");
  await flags.getByRole("button", { name: "Change it" }).first().click();
  await expect(flags.getByText("Set, and one session ended")).toBeVisible();
  await expect(flags).toContainText(`Set by ${runa.name}`);
  await expect(flags).toContainText(why);

  await agent.page.getByRole("button", { name: "Save invoice" }).click();
  await expect(
    agent.page.getByRole("heading", { name: /^Your session as Halvor .* has ended$/ }),
  ).toBeVisible();
  await expect(agent.page.getByRole("alert")).toContainText(
    /The account became stricter at \d\d:\d\d/,
  );
  expect(await stateOf(databases.ledger, halvor)).toBe(before);
  expect(await sessionOf(owner, agent.person.id)).toMatchObject({ end_cause: "account_stricter" });

  await page.reload();
  await flags.getByText("Change the tier…").click();
  await flags.getByRole("radio", { name: /^Standard/ }).check();
  await flags.getByLabel("Why").first().fill("They went back to the standard contract.");
  await flags.getByRole("button", { name: "Change it" }).first().click();
  const made = flags.getByRole("link", { name: /^See P-\d+$/ });
  await expect(made).toBeVisible();
  const number = /P-(\d+)/.exec((await made.textContent()) ?? "")?.[1];
  await expect(flags).toContainText("waits for a second person");
  expect((await accountOf(owner, subjectId)).tier).toBe("enterprise");
  await page.goto(`/proposals/${number}`);
  await expect(page.getByText(/You proposed it; somebody else decides/)).toBeVisible();

  await second.page.goto(`/proposals/${number}`);
  await expect(second.page.getByRole("heading", { level: 1 })).toContainText("Ardent Loom");
  await expectAccessible(second.page, "a looser flag, to be decided");
  await second.page.getByRole("button", { name: "Accept" }).click();
  await expect(second.page.getByRole("heading", { name: "What became of it" })).toBeVisible();
  expect((await accountOf(owner, subjectId)).tier).toBe("standard");
  await second.page.goto(`/customers/accounts/${account.id}`);
  await expect(second.page.getByRole("region", { name: "Flags" })).toContainText(
    `Set by ${second.person.name}`,
  );
  await owner.query("update accounts set tier_entry_id = null where id = $1", [account.id]);
});

test("what a product's sync says looser waits, and is in force once a manager accepted", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const { proof, clientId } = await anotherProduct(owner);
  const push = async (tier: string, vip: boolean) => {
    const lines = [
      { type: "account", id: "a", name: "Tallow & Wick", tier, impersonation: "allowed" },
      {
        ...{ type: "user", id: "u", account_id: "a", name: "Ida Marl", email: "ida@tallow.test" },
        ...{ role: "member", owner: false, vip, status: "active", kind: "person" },
        ...{ last_seen_at: null, lang: null },
      },
    ];
    const answer = await fetch(`${stack().panelUrl}/api/v1/directory`, {
      method: "PUT",
      headers: { ...proof, "content-type": "application/x-ndjson" },
      body: lines.map((line) => JSON.stringify(line)).join("\n"),
    });
    expect(await answer.json()).toMatchObject({ accounts: 1, users: 1, rejected: 0 });
  };
  const inForce = async () => {
    const { rows } = await owner.query(
      `select s.id as person, a.id as account, a.tier, s.is_vip as vip from subjects s join accounts a on a.id = s.account_id
       join products p on p.id = s.product_id where p.client_id = $1`,
      [clientId],
    );
    return rows[0];
  };
  await push("enterprise", true);
  await push("standard", false);
  const { person } = await inForce();
  expect(await inForce()).toMatchObject({ tier: "enterprise", vip: true });

  const { page } = await newcomer(["manager"]);
  await page.goto(`/customers/${person}`);
  const flags = page.getByRole("region", { name: "Flags" });
  await expect(flags).toContainText("Shop says no VIP, which is looser and not in force");
  await expect(flags).toContainText("Shop proposed from a VIP to no VIP");
  await expectAccessibleInBoth(page, "a person whose flag waits");
  await flags.getByRole("link", { name: "Look at it" }).click();
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByRole("heading", { name: "What became of it" })).toBeVisible();
  expect(await inForce()).toMatchObject({ tier: "enterprise", vip: false });
});

test("whom a product moves to a laxer account is there at once, and treated as before until a manager accepts", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const { proof, clientId } = await anotherProduct(owner);
  const push = async (account: string, isOwner: boolean) => {
    const accounts = [
      { id: "strict", name: "Harrow Mutual", tier: "regulated" },
      { id: "lax", name: "Tansy & Rue", tier: "standard" },
    ].map((one) => ({ type: "account", impersonation: "allowed", ...one }));
    const user = {
      ...{ type: "user", id: "u", account_id: account, name: "Oda Finch", email: "oda@finch.test" },
      ...{ role: "member", owner: isOwner, vip: false, status: "active", kind: "person" },
      ...{ last_seen_at: null, lang: null },
    };
    const answer = await fetch(`${stack().panelUrl}/api/v1/directory`, {
      method: "PUT",
      headers: { ...proof, "content-type": "application/x-ndjson" },
      body: [...accounts, user].map((line) => JSON.stringify(line)).join("\n"),
    });
    expect(await answer.json()).toMatchObject({ users: 1, rejected: 0 });
  };
  await push("strict", true);
  await push("lax", false);
  const { rows } = await owner.query<{ id: string }>(
    "select s.id from subjects s join products p on p.id = s.product_id where p.client_id = $1",
    [clientId],
  );
  const path = `/customers/${rows[0]?.id}`;

  const agent = await newcomer();
  await agent.page.goto(path);
  await expect(agent.page.getByText("Member at Tansy & Rue").first()).toBeVisible();
  await expect(agent.page.getByRole("link", { name: "Ask to stand in for Oda" })).toBeVisible();
  const [first, second] = [await newcomer(["manager"]), await newcomer(["manager"])];
  await first.page.goto(path);
  const held = first.page.getByRole("region", { name: "Treated as before" });
  await expect(held).toContainText("As of a regulated account and an owner.");
  await expectAccessibleInBoth(first.page, "a person who is treated as before");
  await held.getByRole("link", { name: "Look at it" }).click();
  await expect(first.page.getByRole("row", { name: /Treated as/ })).toContainText(
    "What they are now at Tansy & Rue",
  );
  await first.page.getByLabel(/^Comment/).fill("They still sign for the other company");
  await first.page.getByRole("button", { name: "Decline" }).click();
  await expect(first.page.getByRole("heading", { name: "What became of it" })).toBeVisible();

  await first.page.goto(path);
  await held.getByText("Treat Oda as they are now…").click();
  await held.getByLabel("Why").fill("They left that company; it wrote to us");
  await held.getByRole("button", { name: "Propose it" }).click();
  await expect(held).toContainText("waits for a second person");
  const waits = await held.getByRole("link", { name: "Look at it" }).getAttribute("href");
  await second.page.goto(waits ?? "");
  await second.page.getByRole("button", { name: "Accept" }).click();
  await expect(second.page.getByRole("heading", { name: "What became of it" })).toBeVisible();
  await second.page.goto(path);
  await expect(second.page.getByRole("region", { name: "Treated as before" })).toHaveCount(0);
  await agent.page.goto(path);
  await expect(agent.page.getByRole("link", { name: "Stand in for Oda" })).toBeVisible();
});
