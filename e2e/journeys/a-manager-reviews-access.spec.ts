import type { Page } from "@playwright/test";
import { itemOf } from "#db/testing/review.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { sessionOf } from "#e2e/fixtures/record.ts";
import { reviewOf } from "#e2e/fixtures/reviews.ts";
import { hireOne, type Person } from "#e2e/fixtures/staff.ts";
import { enter, readUntilEnded, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const olu = "olu@pebblewick.test";
const why = "The numbers of the quarter are as expected.";

/** Chooses by its key, says why, and sends it, all by keyboard. */
async function decideByKeys(page: Page, key: "1" | "2" | "3", justification: string) {
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press(key);
  await page.getByRole("textbox", { name: "Justification" }).fill(justification);
  await page.keyboard.press("Control+Enter");
}

test("a manager keeps, narrows and revokes by keyboard; what was revoked ends at once and is proved", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const manager = await newcomer(["manager"]);
  const [kept, narrowed, revoked] = [await newcomer(), await newcomer(), await newcomer()];
  const agents = [kept, narrowed, revoked];
  const review = await reviewOf(
    owner,
    Object.fromEntries(agents.map(({ person }) => [person.id, manager.person.id])),
  );
  const sessionId = await started(revoked, await subjectOf(owner, olu));
  await enter(revoked.page, sessionId);
  const items = await Promise.all(
    agents.map(({ person }) => itemOf(owner, review, person.id, "agent")),
  );
  const inTurn = items.toSorted((a, b) => a.number - b.number);
  const { page } = manager;
  const addressOf = (number: number) => `/reviews/${review.slug}/items/${number}`;
  const keyOf = new Map([
    [kept.person.id, "1"],
    [narrowed.person.id, "2"],
    [revoked.person.id, "3"],
  ] as const);

  await page.goto(addressOf(inTurn[0]?.number ?? 0));
  await expect(page.getByText("Item 1 of your 3")).toBeVisible();
  await expectAccessible(page, "an item to decide");

  // What is refused keeps what was typed.
  await decideByKeys(page, "1", "Short");
  await expect(page.getByText("Too short: 5 characters of at least 10.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Justification" })).toHaveValue("Short");
  await expectAccessible(page, "a refused decision");

  // What was typed is not left by a letter: the question about it is, by Enter.
  const heading = page.getByRole("heading", { level: 1 });
  const question = page.getByRole("alert").filter({ hasText: "What you typed is not recorded" });
  const leave = question.getByRole("link", { name: "Leave it and go on" });
  await heading.click();
  await page.keyboard.press("j");
  await expect(leave).toBeFocused();
  await expectAccessible(page, "whether what was typed is left");
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Justification" })).toBeFocused();
  await heading.click();
  await page.keyboard.press("j");
  await expect(leave).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Item 2 of your 3")).toBeVisible();
  await expect(question).toHaveCount(0);
  await page.keyboard.press("j");
  await expect(page.getByText("Item 3 of your 3")).toBeVisible();
  for (const place of [2, 1]) {
    await page.keyboard.press("k");
    await expect(page.getByText(`Item ${place} of your 3`)).toBeVisible();
  }
  await expect(page.getByRole("textbox", { name: "Justification" })).toHaveValue("");

  for (const [index, item] of inTurn.entries()) {
    const agent = agents.find(({ person }) => person.id === item.person);
    const name = agent?.person.name ?? "";
    await expect(
      page.getByRole("heading", { level: 1, name: `Should ${name} go on standing in?` }),
    ).toBeVisible();
    await decideByKeys(page, keyOf.get(item.person) ?? "1", why);
    const next = inTurn[index + 1];
    if (next) await page.waitForURL(new RegExp(`/items/${next.number}`));
    await expect(page.getByText(`${name}, agent.`)).toBeVisible();
  }
  await expect(page.getByRole("heading", { name: "All of yours are decided" })).toBeVisible();
  await expectAccessible(page, "all decided");

  await readUntilEnded(revoked.page, inLedger("/clients"), "Olu Braithe");
  expect(await sessionOf(owner, revoked.person.id)).toMatchObject({
    end_cause: "actor_withdrawn",
  });
  const [, narrow, gone] = items;
  await page.goto(addressOf(gone?.number ?? 0));
  await expect(page.getByText("Refused, proved")).toBeVisible();
  await expect(page.getByText("(request_actor_role)")).toBeVisible();
  await expect(page.getByText(why)).toBeVisible();
  await expectAccessible(page, "a revocation, proved");

  await page.goto(addressOf(narrow?.number ?? 0));
  await expect(page.getByText("(request_looking_only)")).toBeVisible();
  await narrowed.page.goto(`/customers/${await subjectOf(owner, olu)}/start?scope=write`);
  await expect(narrowed.page.getByRole("radio", { name: /Read and change/ })).toBeDisabled();
  await expect(narrowed.page.getByText("acting was not given to you")).toBeVisible();
  await expectAccessible(narrowed.page, "a start form without acting");

  const { rows } = await owner.query(
    `select decision, remediated_at is not null as remediated from review_items
       where campaign_id = $1 and reviewer_id = $2 order by decision`,
    [review.id, manager.person.id],
  );
  expect(rows).toEqual([
    { decision: "change", remediated: true },
    { decision: "keep", remediated: false },
    { decision: "revoke", remediated: true },
  ]);
});

test("what is not privileged is decided several at once, by one sentence; compliance sees who is fast", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const manager = await newcomer(["manager"]);
  const compliance = await newcomer(["compliance"]);
  const clerks: Person[] = [];
  // As many as the policy warns of.
  for (let n = 0; n < 40; n += 1) clerks.push(await hireOne(owner));
  await owner.query("update staff_roles set looking_only = true where staff_id = any($1)", [
    clerks.map(({ id }) => id),
  ]);
  const agent = await hireOne(owner);
  const review = await reviewOf(
    owner,
    Object.fromEntries([...clerks, agent].map(({ id }) => [id, manager.person.id])),
  );
  const { page } = manager;
  await page.goto(`/reviews/${review.slug}/items`);
  await expect(page.getByRole("checkbox")).toHaveCount(40);
  await expect(page.getByText("Compliance is told of 40 or more within a minute")).toBeVisible();
  await expectAccessible(page, "several at once");
  await page.getByRole("button", { name: "Decide them" }).click();
  await expect(page.getByRole("heading", { name: /answers need another look/ })).toBeVisible();
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("radio", { name: /Keep/ }).check();
  await page.getByRole("textbox", { name: "Justification" }).fill(why);
  await page.getByRole("button", { name: "Decide them" }).click();
  await expect(
    page.getByRole("heading", { name: "Nothing that is not privileged is left" }),
  ).toBeVisible();
  const { rows } = await owner.query(
    "select count(*)::int as n from review_decisions where decided_by = $1 and in_bulk",
    [manager.person.id],
  );
  expect(rows).toEqual([{ n: 40 }]);
  await compliance.page.goto(`/reviews/${review.slug}`);
  const tooFast = compliance.page
    .getByRole("region", { name: "Waiting on" })
    .getByRole("listitem")
    .filter({ hasText: "40 decided within a minute" });
  await expect(tooFast.getByRole("link", { name: manager.person.name })).toBeVisible();
  await compliance.page.goto(`/reviews/${review.slug}/reviewers`);
  await expect(
    compliance.page
      .getByRole("table", { name: "Progress by reviewer" })
      .getByRole("row", { name: new RegExp(manager.person.name) }),
  ).toContainText("40 within a minute");
  const warned = await owner.query(
    "select count(*)::int as n from audit_entry where event = 'review.rushed' and actor_id = $1",
    [manager.person.id],
  );
  expect(warned.rows).toEqual([{ n: 1 }]);
});

test("nobody sees an item that is not theirs to see, not even the person's own; an admin reads, and decides nothing", async ({
  newcomer,
  databases,
}) => {
  const { owner } = databases;
  const manager = await newcomer(["manager"]);
  const other = await newcomer(["manager"]);
  const both = await newcomer(["agent", "manager"]);
  const review = await reviewOf(owner, { [both.person.id]: manager.person.id });
  const item = await itemOf(owner, review, both.person.id, "agent");
  const address = `/reviews/${review.slug}/items/${item.number}`;
  for (const { page } of [other, both]) {
    expect((await page.goto(address))?.status()).toBe(404);
  }
  expect((await manager.page.goto(address))?.status()).toBe(200);
  await expect(manager.page.getByRole("region", { name: /did with it$/ })).toBeVisible();
  const admin = await newcomer(["admin"]);
  await admin.page.goto(address);
  await expect(admin.page.getByRole("region", { name: "Who decides" })).toContainText(
    `${manager.person.name} decides`,
  );
  await expect(admin.page.getByText("You may read it, and not decide.")).toBeVisible();
  await expect(
    admin.page.getByRole("heading", { name: "Figures are not shown here" }),
  ).toBeVisible();
  await expect(admin.page.getByRole("region", { name: /did with it$/ })).toHaveCount(0);
  await expect(admin.page.getByRole("region", { name: "Sessions to open" })).toHaveCount(0);
  await expect(admin.page.getByRole("main").getByRole("button")).toHaveCount(0);
  await expectAccessibleInBoth(admin.page, "an item, as an admin");
});
