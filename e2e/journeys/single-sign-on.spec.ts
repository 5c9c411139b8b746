import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { answerIssuer, expect, test } from "#e2e/fixtures/company.ts";
import { tabTo } from "#e2e/fixtures/keyboard.ts";
import { chooseFromOwnMenu } from "#e2e/fixtures/own-menu.ts";

test("an agent signs in by the company's issuer and lands where they wanted to go", async ({
  company,
  somebody,
}) => {
  const agent = await company.hire("Elin", ["agent"]);
  const page = await somebody();
  await page.goto(company.at("/requests?show=own"));
  await expect(page).toHaveURL(/\/sign-in\?from=/);
  await expectAccessibleInBoth(page, "sign-in with an issuer");
  const button = page.getByRole("button", { name: "Sign in with Acme" });
  await tabTo(page, button);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Sign in to Acme" })).toBeVisible();
  await answerIssuer(page, agent.email);
  await expect(page).toHaveURL(company.at("/requests?show=own"));

  const { rows } = await company.owner.query(
    `select i.how, i.issuer, i.subject, i.sid, i.id_token, i.auth_time, i.created_at, b.subject as bound
       from staff_sign_ins i join staff_identities b on b.staff_id = i.staff_id where i.staff_id = $1`,
    [agent.id],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    how: "issuer",
    issuer: company.issuer.url,
    subject: agent.sub,
    bound: agent.sub,
  });
  expect(rows[0].sid).toMatch(/.+/);
  // Encrypted: three parts would be a token that anybody reads.
  expect(rows[0].id_token.split(".")).toHaveLength(5);
  expect(rows[0].auth_time.getTime()).toBeLessThanOrEqual(rows[0].created_at.getTime());
  const { rows: entries } = await company.owner.query(
    `select e.event, p.body from audit_entry e join audit_payload p on p.entry_id = e.id
      where e.actor_id = $1 order by e.occurred_at, e.id`,
    [agent.id],
  );
  expect(entries.map((entry) => entry.event)).toEqual(
    expect.arrayContaining(["identity.bound", "sign_in.started"]),
  );
  expect(JSON.stringify(entries)).not.toContain(rows[0].id_token);
});

test("auth_time is when they proved themselves to the issuer, not when they came here", async ({
  company,
  somebody,
}) => {
  const agent = await company.hire("Tomas", ["agent"]);
  const page = await somebody();
  await company.signIn(page, agent.email);
  await expect(page).toHaveURL(company.at("/"));
  const times = async () => {
    const { rows } = await company.owner.query(
      "select auth_time, created_at from staff_sign_ins where staff_id = $1 order by created_at",
      [agent.id],
    );
    return rows;
  };
  // Signed in there still: the issuer asks nothing and says when it last did.
  await page.goto(company.at("/sign-in"));
  await page.getByRole("button", { name: "Sign in with Acme" }).click();
  await expect(page).toHaveURL(company.at("/"));
  const [first, second] = await times();
  expect(second.auth_time).toEqual(first.auth_time);
  expect(second.created_at.getTime()).toBeGreaterThan(first.created_at.getTime());
});

test("signing out ends the sign-in here and at the issuer, and says so", async ({
  company,
  somebody,
}) => {
  const agent = await company.hire("Ayo", ["agent"]);
  const page = await somebody();
  await company.signIn(page, agent.email);
  await chooseFromOwnMenu(page, agent.name, "Sign out");
  await expect(page.getByRole("heading", { name: "Sign out" })).toBeVisible();
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  await expectAccessibleInBoth(page, "signed out at both");
  const { rows } = await company.owner.query(
    "select end_cause, id_token from staff_sign_ins where staff_id = $1",
    [agent.id],
  );
  expect(rows).toEqual([{ end_cause: "signed_out", id_token: null }]);
  // The issuer asks again.
  await page.getByRole("button", { name: "Sign in with Acme" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Acme" })).toBeVisible();
});

test("a logout at the issuer ends the sign-in here at once, by the back channel", async ({
  company,
  somebody,
}) => {
  const agent = await company.hire("Mei", ["agent"]);
  const other = await company.hire("Ravi", ["agent"]);
  const [page, untouched] = [await somebody(), await somebody()];
  await company.signIn(page, agent.email);
  await expect(page).toHaveURL(company.at("/"));
  await company.signIn(untouched, other.email);
  await expect(untouched).toHaveURL(company.at("/"));
  await page.goto(`${company.issuer.url}/session/end`);
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await page.waitForURL(/session\/end\/success/);
  const { rows } = await company.owner.query(
    "select end_cause, id_token from staff_sign_ins where staff_id = $1",
    [agent.id],
  );
  expect(rows).toEqual([{ end_cause: "issuer", id_token: null }]);
  await page.goto(company.at("/"));
  await expect(page.getByRole("heading", { name: "You were signed out" })).toBeVisible();
  await untouched.reload();
  await expect(untouched).toHaveURL(company.at("/"));
});

test("who is not to come in is refused with words, on record, and may use another account", async ({
  company,
  somebody,
}) => {
  const { accounts } = company.issuer;
  accounts.set("stranger@acme.test", { sub: "stranger", email: "stranger@acme.test" });
  const gone = await company.hire("Ines", ["agent"]);
  const roleless = await company.hire("Jonas", []);
  const unverified = await company.hire("Zofia", ["admin"], { email_verified: false });
  const silent = await company.hire("Omar", ["admin"], { email_verified: null });
  await company.owner.query(
    "update staff set status = 'deactivated', deactivated_at = clock_timestamp() where id = $1",
    [gone.id],
  );
  const page = await somebody();
  await page.goto(company.at("/sign-in"));
  for (const [email, title] of [
    ["stranger@acme.test", "You are not on the staff here"],
    [gone.email, "You are deactivated"],
    [roleless.email, "You hold no role"],
    [unverified.email, "Your e-mail is not verified"],
    [silent.email, "Your e-mail is not verified"],
  ] as const) {
    // The same browser: the issuer would silently take the account of before, were it not told to ask.
    await page.getByRole("button", { name: "Sign in with Acme" }).click();
    await answerIssuer(page, email);
    await expect(page.getByRole("alert").filter({ hasText: title })).toBeVisible();
    await expectAccessibleInBoth(page, `sign-in: ${title}`);
  }
  const { rows } = await company.owner.query(
    `select (select count(*)::int from staff_sign_ins where staff_id = any($1)) as begun,
       (select count(*)::int from audit_entry where event = 'sign_in.refused' and actor_id = any($2)) as refused,
       (select count(*)::int from staff where email = 'stranger@acme.test') as made`,
    [
      [gone.id, roleless.id, unverified.id, silent.id],
      [gone.id, roleless.id],
    ],
  );
  expect(rows).toEqual([{ begun: 0, refused: 2, made: 0 }]);
});

test("an e-mail that moved to another account takes nobody with it", async ({
  company,
  somebody,
}) => {
  const admin = await company.hire("Lena", ["admin"]);
  const page = await somebody();
  await company.signIn(page, admin.email);
  await expect(page).toHaveURL(company.at("/"));
  // Lena's account has a new e-mail; a newcomer got her old one.
  company.issuer.accounts.set("lena.new@acme.test", {
    sub: admin.sub,
    email: "lena.new@acme.test",
  });
  company.issuer.accounts.set(admin.email, { sub: "newcomer", email: admin.email });
  const another = await somebody();
  await company.signIn(another, admin.email);
  await expect(
    another.getByRole("alert").filter({ hasText: "Your e-mail belongs to another account" }),
  ).toBeVisible();
  const still = await somebody();
  await company.signIn(still, "lena.new@acme.test");
  await expect(still.getByRole("button", { name: /Lena/ })).toBeVisible();
});

test("who goes back at the issuer is told so", async ({ company, somebody }) => {
  const page = await somebody();
  await page.goto(company.at("/sign-in?from=%2Frequests"));
  await page.getByRole("button", { name: "Sign in with Acme" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "You went back" })).toBeVisible();
  await expect(page).toHaveURL(company.at("/sign-in?error=cancelled&from=%2Frequests#refused"));
});

test("an issuer that stops while the panel runs is named, and signs people in once it is back", async ({
  company,
  somebody,
}) => {
  const agent = await company.hire("Dana", ["agent"]);
  const page = await somebody();
  await page.goto(company.at("/sign-in?from=%2Frequests"));
  const button = page.getByRole("button", { name: "Sign in with Acme" });
  await company.issuer.stop();
  try {
    await button.click();
    await expect(page.getByRole("alert").filter({ hasText: "Acme does not answer" })).toBeVisible();
    await expect(page).toHaveURL(company.at("/sign-in?error=issuer_down&from=%2Frequests#refused"));
  } finally {
    await company.issuer.start();
  }
  await button.click();
  await answerIssuer(page, agent.email);
  await expect(page).toHaveURL(company.at("/requests"));
});
