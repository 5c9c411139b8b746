import { createHash } from "node:crypto";
import { giveRole } from "#db/testing/people.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { type Databases, givingWay } from "#e2e/fixtures/databases.ts";
import { tabTo } from "#e2e/fixtures/keyboard.ts";
import { emptyQuarter } from "#e2e/fixtures/reviews.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { makeLate } from "#lib/reviews/testing.ts";
import type { Role } from "#lib/vocabulary.ts";

/** A quarter in which nobody held a right but who is hired for it here. */
const year = new Date().getUTCFullYear() - 2;
const quarter = { first: `${year}-01-01`, last: `${year}-03-31`, title: `First quarter ${year}` };
const statement = "Each right was looked at by somebody who has no part in it.";

async function hired(databases: Databases, role: Role, managerId?: string) {
  const person = await hireOne(databases.owner, []);
  await giveRole(databases.owner, person.id, role, "3 years");
  await databases.owner.query("update staff set manager_id = $1 where id = $2", [
    managerId ?? null,
    person.id,
  ]);
  return { ...person, roles: [role] };
}

test("compliance opens a review, holds it against the roster, hands on, closes and corrects", async ({
  newcomer,
  signedIn,
  browser,
  databases,
}) => {
  await emptyQuarter(databases.owner, quarter);
  const lead = await hired(databases, "manager");
  const other = await hired(databases, "manager");
  const agent = await hired(databases, "agent", lead.id);
  const { page } = await newcomer(["compliance"]);

  await page.goto("/reviews");
  await expect(page.getByRole("heading", { name: "Access reviews" })).toBeVisible();
  await expectAccessibleInBoth(page, "access reviews");
  await tabTo(page, page.getByRole("link", { name: "Open a review…" }));
  await page.keyboard.press("Enter");
  await page.getByLabel("First day").fill(quarter.last);
  await page.getByLabel("Last day").fill(quarter.first);
  await page.getByRole("button", { name: "Open the review" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "The last day comes after the first.",
  );
  await expect(page.getByLabel("First day")).toHaveValue(quarter.last);
  await expectAccessible(page, "open a review, refused");
  await page.getByLabel("First day").fill(quarter.first);
  await page.getByLabel("Last day").fill(quarter.last);
  await tabTo(page, page.getByRole("button", { name: "Open the review" }));
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { level: 1, name: quarter.title })).toBeVisible();
  const address = new URL(page.url()).pathname;
  await expect(page.getByRole("region", { name: "Waiting on" })).toContainText(lead.name);
  await expect(page.getByRole("region", { name: "Decided" })).toContainText("0 of 3");
  await expectAccessibleInBoth(page, "a review, open");
  await page.getByRole("link", { name: "All items" }).click();
  const items = page.getByRole("table", { name: "Items of the review" });
  await expect(items.getByRole("row")).toHaveCount(4);
  await expect(items.getByRole("row", { name: new RegExp(agent.name) })).toContainText(lead.name);
  await expectAccessibleInBoth(page, "the items of a review");
  await page.goto(`${address}/list?role=agent`);
  await expect(items.getByRole("row")).toHaveCount(2);
  await page.goto(`${address}/list?state=keep`);
  await expect(page.getByRole("heading", { name: "No item like that" })).toBeVisible();
  await expectAccessible(page, "a review, no match");

  await page.goto(`${address}/population`);
  await expect(page.getByRole("region", { name: "Query" })).toContainText("staff_roles");
  const roster = (text: string) => ({
    name: "roster.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(text),
  });
  await page
    .getByLabel("The company’s roster", { exact: true })
    .setInputFiles(roster("email,name\na@a.test,A\n"));
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("missing: status");
  await expectAccessible(page, "population, the roster refused");
  // Larger than any other form may be.
  const rest = Array.from({ length: 9000 }, (_, i) => `nobody${i}@company.test,Nobody ${i},active`);
  const lines = ["Status,Email,Name", ...rest.map(turned), `left,${agent.email},A`];
  const file = roster(`\uFEFF${lines.join("\n")}`);
  await page.getByLabel("The company’s roster", { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByText(/9\s001 lines: 1 in both/)).toBeVisible();
  // What `sha256sum` says of the file, also where a form would have changed its line ends.
  const sha256 = createHash("sha256").update(file.buffer).digest("hex");
  await expect(page.getByText(`SHA-256 ${sha256}`)).toBeVisible();
  await expect(page.getByRole("table", { name: "In both, with another status" })).toContainText(
    "left in the roster, active here",
  );
  await expectAccessibleInBoth(page, "population, compared");
  const there = page.getByRole("region", { name: "In the roster, without any right here" });
  await expect(there.getByRole("row")).toHaveCount(51);
  await there.getByRole("link", { name: "Further" }).click();
  await expect(there).toContainText(/51 to 100 of 9\s000/);
  await expect(there.getByRole("row").nth(1)).toContainText("Nobody 50");
  await there.getByRole("link", { name: "Before" }).click();
  await expect(there.getByRole("row").nth(1)).toContainText("Nobody 0");

  const scriptless = await browser.newContext({ javaScriptEnabled: false });
  await scriptless.addCookies(await page.context().cookies());
  const plain = await scriptless.newPage();
  await plain.goto(new URL(`${address}/population`, page.url()).href);
  await plain.getByLabel("The company’s roster, pasted").fill("email,name\na@a.test,A\n");
  await plain.getByRole("button", { name: "Compare" }).click();
  await expect(plain.getByRole("main").getByRole("alert")).toContainText("missing: status");
  await expect(plain.getByLabel("The company’s roster, pasted")).toHaveValue(
    "email,name\na@a.test,A\n",
  );
  await plain.getByLabel("The company’s roster, pasted").fill("email,name,status\na@a.test,A,\n");
  await plain.getByRole("button", { name: "Compare" }).click();
  await expect(plain.getByText(/1 lines?: 0 in both/)).toBeVisible();
  await scriptless.close();

  await page.goto(address);
  await page.getByRole("link", { name: /reviewers: remind, hand on$/ }).click();
  await expectAccessibleInBoth(page, "the reviewers of a review");
  await page.getByRole("link", { name: `Hand on what ${lead.name} has left…` }).click();
  await page.getByRole("button", { name: "Hand on" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Choose who decides");
  await expectAccessible(page, "hand on, refused");
  await page.getByLabel("To whom").selectOption(other.id);
  await page.getByLabel("Why").fill("The lead is away until the review is due.");
  await page.getByRole("button", { name: "Hand on" }).click();
  await expect(page.getByRole("status").filter({ hasText: "handed on" })).toBeVisible();
  await page.goto(`${address}/list`);
  await expect(items.getByRole("row", { name: new RegExp(agent.name) })).toContainText(other.name);
  await page.goto(`${address}/reviewers`);
  const waiting = page.getByRole("table", { name: "Progress by reviewer" });
  const row = waiting.getByRole("row", { name: new RegExp(other.name) });
  await row.getByRole("button", { name: `Remind ${other.name}` }).click();
  await expect(row.getByRole("status")).toHaveText("Reminded.");
  await row.getByRole("button", { name: `Remind ${other.name}` }).click();
  await expect(row.getByRole("status")).toContainText("reminded today already");

  const reviewer = await signedIn(other);
  await reviewer.page.goto(address);
  await expect(
    reviewer.page.getByRole("table", { name: "Items of the review" }).getByRole("row"),
  ).not.toHaveCount(4);
  await expect(reviewer.page.getByRole("link", { name: "Close the review…" })).toHaveCount(0);
  await expectAccessibleInBoth(reviewer.page, "a review, as its reviewer");
  await reviewer.page.goto(`${address}/close`);
  await expect(reviewer.page.getByRole("heading", { level: 1 })).not.toHaveText("Close the review");

  await page.goto(address);
  await page.getByRole("link", { name: "Close the review…" }).click();
  await expect(page.getByRole("heading", { name: "You cannot close it now" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("3 items are undecided. Until ");
  await expectAccessibleInBoth(page, "close a review, before it is due");
  const { rows: opened } = await databases.owner.query("select id from campaigns where slug = $1", [
    address.split("/").at(-1),
  ]);
  await givingWay(() => makeLate(databases, opened[0].id));
  await page.reload();
  await expect(page.getByRole("region", { name: "What nobody decided" })).toContainText(agent.name);
  await page.getByLabel("Your statement").fill("Fine.");
  await page.getByRole("button", { name: "Revoke 3 and close" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "Too short: 5 characters of at least 20",
  );
  await expect(page.getByLabel("Your statement")).toHaveValue("Fine.");
  await expectAccessibleInBoth(page, "close a review, refused");
  await page.getByLabel("Your statement").fill(statement);
  await page.getByRole("button", { name: "Revoke 3 and close" }).click();
  await expect(page.getByRole("region", { name: "Signed off" })).toContainText(statement);
  await expect(page.getByRole("region", { name: "Decided" })).toContainText("3 of 3");
  await expectAccessibleInBoth(page, "a review, closed");

  await page.getByRole("link", { name: "Correct…" }).click();
  await page.getByRole("textbox", { name: "Item" }).fill("99");
  await page.getByLabel("What was wrong").fill("The lead of the agent was somebody else.");
  await page.getByRole("button", { name: "Record the correction" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("no item with that number");
  await expectAccessible(page, "correct a review, refused");
  await page.getByRole("textbox", { name: "Item" }).fill("1");
  await page.getByRole("button", { name: "Record the correction" }).click();
  await expect(page.getByRole("region", { name: "Corrections" })).toContainText("Item 1");
  await expectAccessible(page, "a review, corrected");

  const { rows } = await databases.owner.query(
    "select event from audit_entry e join audit_payload p on p.entry_id = e.id where p.body::jsonb ->> 'campaign' = $1 and event not like 'review.re%'",
    [address.split("/").at(-1)],
  );
  expect(rows.map((one) => one.event)).toEqual(
    expect.arrayContaining([
      "review.opened",
      "review.compared",
      "review.handed_on",
      "review.closed",
      "review.corrected",
    ]),
  );
});

const turned = (line: string): string => {
  const [email, name, status] = line.split(",");
  return [status, email, name].join(",");
};

test("a quarter without a review shows its figures so far, and when its review opens", async ({
  newcomer,
}) => {
  const { page } = await newcomer(["compliance"]);
  await page.goto("/reviews");
  await page.getByRole("link", { name: "The quarter so far" }).click();
  await expect(page.getByRole("region", { name: "Population so far" })).toContainText("grants of");
  await expectAccessibleInBoth(page, "a quarter without a review");
  await page.goto("/reviews/2101-q1");
  await expect(page.getByRole("heading", { name: "Nothing has happened yet" })).toBeVisible();
  await expectAccessible(page, "a quarter to come");
  await page.goto("/reviews/nothing");
  await expect(page.getByRole("heading", { level: 1 })).not.toContainText("review");
});

test("a manager without items and an agent", async ({ newcomer }) => {
  const manager = await newcomer(["manager"]);
  await manager.page.goto("/reviews");
  await expectAccessibleInBoth(manager.page, "access reviews, a manager");
  await expect(manager.page.getByRole("link", { name: "Open a review…" })).toHaveCount(0);
  const agent = await newcomer();
  await agent.page.goto("/reviews");
  await expect(agent.page.getByRole("heading", { name: "Access reviews" })).toHaveCount(0);
});
