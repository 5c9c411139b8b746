import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { sessionOf } from "#e2e/fixtures/record.ts";
import { deactivate } from "#e2e/fixtures/staff.ts";
import { asked, enter, readUntilEnded, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("an admin adds a person to the staff", async ({ newcomer }) => {
  const { page } = await newcomer(["admin"]);
  await page.goto("/settings/staff");
  await expectAccessibleInBoth(page, "staff");
  await page.getByRole("link", { name: "Add a person" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Yara Nobleton");
  await page.getByLabel("E-mail", { exact: true }).fill("teodora.quill@alongside.test");
  await page.getByLabel("Team").fill("Support Europe");
  await page.getByRole("checkbox", { name: /Agent/ }).check();
  await page.getByRole("checkbox", { name: /Compliance/ }).check();
  await page.getByRole("button", { name: "Add to the staff" }).click();
  await expect(page.getByText("exclude each other").first()).toBeVisible();
  await expectAccessible(page, "add a person, refused");
  await page.getByRole("checkbox", { name: /Compliance/ }).uncheck();
  await page.getByRole("button", { name: "Add to the staff" }).click();
  await expect(page.getByText("Teodora Quill has this e-mail.").first()).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Yara Nobleton");
  await page.getByLabel("E-mail", { exact: true }).fill("yara.nobleton@alongside.test");
  await page.getByRole("button", { name: "Add to the staff" }).click();
  await expect(page.getByRole("status").filter({ hasText: "They can sign in now" })).toBeVisible();
  await expectAccessibleInBoth(page, "a person of the staff");
});

test("an admin suspends a person, lets them in again and changes their roles", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const { page } = await newcomer(["admin"]);
  const agent = await newcomer();
  const { id, name } = agent.person;
  const given = name.split(" ")[0];
  await enter(agent.page, await started(agent, await subjectOf(owner, "olu@pebblewick.test")));

  await page.goto(`/settings/staff/${id}`);
  await expect(page.getByText("1 live session, looking as Olu Braithe")).toBeVisible();
  await page.getByLabel(`Why is ${given} suspended?`).fill("Left the company");
  await page.getByRole("button", { name: "Suspend" }).click();
  await expect(page.getByRole("status").filter({ hasText: "signed out everywhere" })).toBeVisible();
  await expectAccessible(page, "a person who is suspended");
  await readUntilEnded(agent.page, inLedger("/clients"), "Olu Braithe");
  expect(await sessionOf(owner, id)).toMatchObject({ end_cause: "actor_withdrawn" });
  await agent.page.goto("/");
  await expect(agent.page).toHaveURL(/\/sign-in/);

  await page.getByLabel(`Why is ${given} let in again?`).fill("Came back");
  await page.getByRole("button", { name: "Let in again" }).click();
  await page.getByRole("checkbox", { name: /Agent/ }).uncheck();
  await page.getByRole("checkbox", { name: /Manager/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Say why roles or manager change").first()).toBeVisible();
  await expect(page.getByRole("checkbox", { name: /Manager/ })).toBeChecked();
  await page.getByLabel("Why do roles or manager change?").fill("Leads the desk from now on");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "from their next click" })).toBeVisible();
  const { rows: told } = await owner.query(
    `select e.event from audit_entry e join audit_payload p on p.entry_id = e.id
      where p.body::jsonb ->> 'person' = $1 order by e.occurred_at, e.id`,
    [id],
  );
  expect(told.map(({ event }) => event)).toEqual([
    "staff.withdrawn",
    "staff.restored",
    // Without a reason.
    "settings.refused",
    "role.revoked",
    "role.granted",
  ]);
});

test("two admins make an admin: one proposes, another accepts", async ({ newcomer, databases }) => {
  const { owner } = databases;
  const [one, other] = [await newcomer(["admin"]), await newcomer(["admin"])];
  const manager = await newcomer(["manager"]);
  const { id, name } = manager.person;
  await one.page.goto(`/settings/staff/${id}`);
  await one.page.getByRole("checkbox", { name: /^Admin/ }).check();
  await one.page.getByLabel("Why do roles or manager change?").fill("Runs the panel with me");
  await one.page.getByRole("button", { name: "Save" }).click();
  await expect(
    one.page.getByRole("heading", { name: `proposes that ${name} becomes an admin` }),
  ).toBeVisible();
  await expectAccessibleInBoth(one.page, "an admin is proposed");
  await one.page.getByRole("link", { name: "Open the proposal" }).click();
  await expect(one.page.getByText(/You proposed it; somebody else decides/).first()).toBeVisible();
  await other.page.goto(one.page.url());
  await other.page.getByRole("button", { name: /^Accept/ }).click();
  await expect(async () => {
    const { rows } = await owner.query(
      "select granted_by from staff_roles where staff_id = $1 and role = 'admin' and revoked_at is null",
      [id],
    );
    expect(rows).toEqual([{ granted_by: other.person.id }]);
  }).toPass();
  await manager.page.goto("/settings/staff");
  await expect(manager.page.getByRole("heading", { name: "Staff", level: 1 })).toBeVisible();
});

test("an admin who was suspended is let in again by two", async ({ newcomer, databases }) => {
  const { owner } = databases;
  const [one, other] = [await newcomer(["admin"]), await newcomer(["admin"])];
  const gone = await newcomer(["admin"]);
  const { id, name } = gone.person;
  const statusOf = async () =>
    (await owner.query("select status from staff where id = $1", [id])).rows[0]?.status;
  await one.page.goto(`/settings/staff/${id}`);
  await one.page.getByLabel(/^Why is .* suspended\?$/).fill("A lost laptop");
  await one.page.getByRole("button", { name: "Suspend" }).click();
  await one.page.getByLabel(/^Why is .* let in again\?$/).fill("The laptop was found");
  await one.page.getByRole("button", { name: "Propose to let in again" }).click();
  await expect(one.page.getByRole("status").filter({ hasText: "stay suspended" })).toBeVisible();
  await expect(
    one.page.getByRole("heading", { name: `proposes that ${name} is let in again` }),
  ).toBeVisible();
  expect(await statusOf()).toBe("deactivated");
  await expectAccessibleInBoth(one.page, "an admin who would be let in again");
  await one.page.getByRole("link", { name: "Open the proposal" }).click();
  await expect(one.page.getByText(/You proposed it; somebody else decides/).first()).toBeVisible();
  await other.page.goto(one.page.url());
  await expect(other.page.getByRole("row", { name: /Standing/ })).toContainText("Suspended");
  await other.page.getByRole("button", { name: /^Accept/ }).click();
  await expect(other.page.getByRole("heading", { name: "What became of it" })).toBeVisible();
  expect(await statusOf()).toBe("active");
});

test("what somebody proposed who was suspended since can be declined only", async ({
  newcomer,
  databases,
}) => {
  const [one, other] = [await newcomer(["admin"]), await newcomer(["admin"])];
  const manager = await newcomer(["manager"]);
  await one.page.goto(`/settings/staff/${manager.person.id}`);
  await one.page.getByRole("checkbox", { name: /^Admin/ }).check();
  await one.page.getByLabel("Why do roles or manager change?").fill("Runs the panel with me");
  await one.page.getByRole("button", { name: "Save" }).click();
  const link = one.page.getByRole("link", { name: "Open the proposal" });
  const address = await link.getAttribute("href");
  await deactivate(databases.owner, one.person);
  await other.page.goto(address ?? "");
  await expect(
    other.page.getByText(`${one.person.name}, who proposed it, is not an admin any more`),
  ).toBeVisible();
  await expect(other.page.getByRole("button", { name: /^Accept/ })).toHaveCount(0);
  await expectAccessibleInBoth(other.page, "a proposal that can be declined only");
  await other.page.getByLabel(/^Comment/).fill("Propose it anew, please.");
  await other.page.getByRole("button", { name: "Decline" }).click();
  await expect(other.page.getByRole("heading", { name: "What became of it" })).toBeVisible();
});

test("suspending voids an approval of theirs before the start, and cancels what they ask", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const [agent, manager, admin] = [
    await newcomer(),
    await newcomer(["agent", "manager"]),
    await newcomer(["admin"]),
  ];
  const aino = await subjectOf(owner, "aino@quennell.test");
  const [request, own] = [await asked(agent, aino), await asked(manager, aino)];
  await manager.page.goto(`/requests/${request}`);
  await manager.page.getByRole("button", { name: /^Approve/ }).click();
  await expect(async () => {
    const { rows } = await owner.query("select status from requests where id = $1", [request]);
    expect(rows).toEqual([{ status: "granted" }]);
  }).toPass();
  await agent.page.goto(`/requests/${request}`);
  const start = agent.page.getByRole("button", { name: /^Start looking as/ });
  await expect(start).toBeVisible();

  const { page } = admin;
  await page.goto(`/settings/staff/${manager.person.id}`);
  await expect(page.getByText(/^1 vote, on R-\d+: void/)).toBeVisible();
  await expect(page.getByText(/^1 request: R-\d+$/)).toBeVisible();
  await expectAccessibleInBoth(page, "what suspending ends");
  await page.getByLabel(/^Why is .* suspended\?$/).fill("A lost laptop");
  await page.getByRole("button", { name: "Suspend" }).click();
  await expect(page.getByRole("status").filter({ hasText: "votes void" })).toBeVisible();
  await start.click();
  await expect(agent.page.getByRole("alert").filter({ hasText: /approval/ })).toBeVisible();
  const { rows } = await owner.query(
    "select id, status from requests where id in ($1, $2) order by status",
    [request, own],
  );
  expect(rows).toEqual([
    { id: own, status: "cancelled" },
    { id: request, status: "granted" },
  ]);
});

test("nobody changes their own record, and compliance only reads", async ({ newcomer }) => {
  const admin = await newcomer(["admin"]);
  await admin.page.goto(`/settings/staff/${admin.person.id}`);
  await expect(admin.page.getByText("This is you")).toBeVisible();
  await expect(admin.page.getByRole("button", { name: "Save" })).toHaveCount(0);
  const reader = await newcomer(["compliance"]);
  await reader.page.goto(`/settings/staff/${admin.person.id}`);
  await expect(reader.page.getByText("Admin").first()).toBeVisible();
  await expect(reader.page.getByRole("button", { name: "Suspend" })).toHaveCount(0);
  expect((await reader.page.goto("/settings/staff/new"))?.status()).toBe(403);
  const agent = await newcomer();
  expect((await agent.page.goto("/settings/staff"))?.status()).toBe(403);
});

test("the global stop ends every session and holds until an admin lifts it", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const agent = await newcomer();
  const { page } = await newcomer(["admin"]);
  const olu = await subjectOf(owner, "olu@pebblewick.test");
  await enter(agent.page, await started(agent, olu));
  await page.goto("/settings/stop");
  await expectAccessibleInBoth(page, "global stop");
  await page.getByRole("button", { name: "Stop all standing in now" }).click();
  await expect(page.getByText("Say why, in a few words.")).toBeVisible();
  await page.getByLabel("Why is everything stopped?").fill("A leak is looked into");
  await page.getByRole("button", { name: "Stop all standing in now" }).click();
  await expect(page.getByRole("heading", { name: "Standing in is stopped" })).toBeVisible();
  // The form that was pressed has become another one.
  await expect(page.getByRole("heading", { level: 1, name: "Global stop" })).toBeFocused();
  await expect(page.getByRole("complementary", { name: "Global stop" })).toContainText("A leak");
  await expectAccessibleInBoth(page, "global stop in force");
  await readUntilEnded(agent.page, inLedger("/clients"), "Olu Braithe");
  expect(await sessionOf(owner, agent.person.id)).toMatchObject({ end_cause: "global_stop" });
  await page.getByLabel("Why may they go on?").fill("It was nothing");
  await page.getByRole("button", { name: "Lift the stop" }).click();
  await expect(page.getByRole("heading", { name: "Standing in goes on as usual" })).toBeVisible();
  await started(agent, olu);
});
