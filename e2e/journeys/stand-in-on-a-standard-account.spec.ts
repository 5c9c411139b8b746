import type { Page } from "@playwright/test";
import { answersIn, changed } from "#e2e/fixtures/answers.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { tabTo } from "#e2e/fixtures/keyboard.ts";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { inOwnTab } from "#e2e/fixtures/own-tab.ts";
import { actionsOf, eventsOf, sessionOf } from "#e2e/fixtures/record.ts";
import { persona } from "#e2e/fixtures/staff.ts";
import { banner, readUntilEnded, started, strip, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const searchOn = (page: Page) => page.getByRole("combobox", { name: "Search customers’ users" });
const reason = "She says that the reminder of invoice 12 went out twice.";

test("by keyboard alone, an agent gets from the search into the product by at most four decisions", async ({
  signedIn,
  databases,
}) => {
  const { page, person } = await signedIn(persona("Teodora Quill"));
  const { owner } = databases;
  const decisions: string[] = [];

  await page.goto("/");
  const field = searchOn(page);
  await expect(field).toBeFocused();
  await page.keyboard.type("pebblewick");
  decisions.push("what to search for");

  const olu = page.getByRole("row", { name: /Olu Braithe/ });
  await expect(olu).toContainText("Pebblewick Bakery");
  await expect(olu).toContainText("Ready");
  // Until then it is the answer to the first letters, and choosing begins anew with the next.
  await expect(page).toHaveURL("/?q=pebblewick");
  await expect(page.getByRole("region", { name: "Results" })).not.toHaveAttribute("aria-busy");
  while ((await olu.getAttribute("aria-selected")) !== "true")
    await page.keyboard.press("ArrowDown");
  decisions.push("whom");
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { name: "Stand in for Olu Braithe" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "No approval is needed" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Ticket" })).toHaveValue("SUP-4837");
  const form = page.locator("form").filter({ has: page.getByLabel("In a sentence") });
  const before = await answersIn(form);
  await tabTo(page, page.getByRole("radio", { name: /Carry out what they asked for/ }));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /Reproduce a fault/ })).toBeChecked();
  await tabTo(page, page.getByLabel("In a sentence"));
  await page.keyboard.type(reason);
  decisions.push(...changed(before, await answersIn(form)));
  expect(decisions.toSorted()).toEqual(["reason", "reasonCategory", "what to search for", "whom"]);
  expect(decisions.length).toBeLessThanOrEqual(4);

  await tabTo(page, page.getByRole("button", { name: "Start looking as Olu" }));
  const tab = await inOwnTab(page, () => page.keyboard.press("Enter"));
  await expect(tab).toHaveURL(inLedger("/invoices"));
  await expect(banner(tab)).toContainText("Teodora Quill is looking as Olu Braithe");
  await expect(tab.getByRole("heading", { name: "Invoices", exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\/sessions\//);
  await expect(strip(page)).toContainText("Olu Braithe");

  const session = await sessionOf(owner, person.id);
  expect(session).toMatchObject({ scope: "read", minutes: 30, ended_at: null });
  const { rows } = await owner.query("select * from requests where id = $1", [session.request_id]);
  expect(rows[0]).toMatchObject({
    status: "used",
    reason,
    ticket: "SUP-4837",
    reason_category: "bug",
  });

  await tabTo(tab, tab.getByRole("link", { name: "Clients" }));
  await tab.keyboard.press("Enter");
  await expect(tab.getByRole("heading", { name: "Clients", exact: true })).toBeVisible();
  await expect(banner(tab)).toContainText("every change is refused");

  await tab.reload();
  await tabTo(tab, tab.getByRole("button", { name: "End session" }));
  await tab.keyboard.press("Enter");
  await tab.waitForURL("/?q=pebblewick");
  await expect(searchOn(tab)).toHaveValue("pebblewick");
  await expect(tab.getByRole("row", { name: /Olu Braithe/ })).toBeVisible();
  await expect(strip(tab)).toBeHidden();

  await expect
    .poll(() => eventsOf(owner, session.id))
    .toEqual(
      expect.arrayContaining([
        "request.asked",
        "request.granted",
        "session.started",
        "code.issued",
        "token.issued",
        "action.viewed",
        "session.ended",
      ]),
    );
  expect(await sessionOf(owner, person.id)).toMatchObject({ end_cause: "actor" });
  await expect
    .poll(async () => (await actionsOf(owner, session.id)).map(({ route }) => route))
    .toEqual(expect.arrayContaining(["/invoices", "/clients"]));
  const actions = await actionsOf(owner, session.id);
  expect(actions.map(({ phase }) => phase)).toEqual(actions.map(() => "view"));
});

test("while an agent stands in, every page of the panel says so and leads back and out", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const session = await started(agent, await subjectOf(databases.owner, "olu@pebblewick.test"));
  for (const path of ["/", "/requests", "/sessions", `/sessions/${session}`, "/audit"]) {
    await page.goto(path);
    await expect(strip(page)).toContainText(`${agent.person.name} is looking as Olu Braithe`);
    await expect(strip(page)).toContainText("Pebblewick Bakery");
    await expect(strip(page).getByRole("timer")).toHaveText(/^(30:00|29:\d\d)$/);
  }
  await expectAccessibleInBoth(page, "the audit log of one who stands in");
  await strip(page).getByRole("link", { name: "Back to Ledger" }).click();
  await page.waitForURL(inLedger("/invoices"));
  await expectAccessibleInBoth(page, "Ledger, looking");

  await page.goto("/requests");
  await strip(page).getByRole("button", { name: "End session" }).click();
  await expect(strip(page)).toBeHidden();
  await readUntilEnded(page, inLedger("/invoices"), "Olu Braithe");
  await expect(page.getByRole("alert")).toContainText("You ended it at");
  await expectAccessible(page, "Ledger, ended");
});

test("what is missing in the start form is said beside it, and what was typed is kept", async ({
  newcomer,
  databases,
}) => {
  const { page, person } = await newcomer();
  const olu = await subjectOf(databases.owner, "olu@pebblewick.test");
  await page.goto(`/customers/${olu}/start`);
  await expectAccessibleInBoth(page, "start form");

  await page.getByLabel("In a sentence").fill("Short");
  await page.getByRole("button", { name: "Start looking as Olu" }).click();
  const problems = page.getByRole("alert").filter({ hasText: "another look" });
  await expect(problems).toBeFocused();
  await expect(problems.getByRole("link")).toHaveText([
    "Choose why you need it.",
    "Too short: 5 characters of at least 10.",
    "Say how you know that it is them.",
  ]);
  await expect(page.getByLabel("In a sentence")).toHaveValue("Short");
  await expectAccessibleInBoth(page, "start form with errors");

  await page.getByRole("radio", { name: /Reproduce a fault/ }).check();
  await page.getByLabel("In a sentence").fill(reason);
  await page.getByRole("radio", { name: "Nobody is calling" }).check();
  await page.getByRole("textbox", { name: "Ticket" }).fill("");
  await page.getByRole("button", { name: "Start looking as Olu" }).click();
  await expect(problems.getByRole("link")).toHaveText([
    "“Reproduce a fault” needs a ticket, like SUP-4821.",
  ]);
  await expect(page.getByLabel("In a sentence")).toHaveValue(reason);
  const { rowCount } = await databases.owner.query("select 1 from requests where actor_id = $1", [
    person.id,
  ]);
  expect(rowCount).toBe(0);
});
