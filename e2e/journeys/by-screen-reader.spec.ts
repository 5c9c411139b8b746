import type { Locator, Page } from "@playwright/test";
import { expectStructure, hear } from "#e2e/fixtures/heard.ts";
import { tabTo } from "#e2e/fixtures/keyboard.ts";
import { inLedger, invoiceOf } from "#e2e/fixtures/ledger.ts";
import { inOwnTab } from "#e2e/fixtures/own-tab.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import {
  asked,
  banner,
  enter,
  readUntilEnded,
  started,
  strip,
  subjectOf,
} from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const olu = "olu@pebblewick.test";
const jane = "jane.ashdown@tallowfield.test";
const reason = "The reminders go out on the wrong day.";
const title = (page: Page) => page.getByRole("heading", { level: 1 });

/** What the field that keeps the focus says is chosen. */
const chosen = (field: Locator) =>
  field.evaluate((input) => {
    const id = input.getAttribute("aria-activedescendant");
    return id ? (document.getElementById(id)?.textContent ?? "") : "";
  });

async function fillIn(page: Page): Promise<void> {
  const check = page.getByRole("radio", { name: /^Check a configuration/ });
  await tabTo(page, page.getByRole("radio", { name: /^Carry out what they asked for/ }));
  while (!(await check.isChecked())) await page.keyboard.press("ArrowDown");
  await tabTo(page, page.getByRole("textbox", { name: "In a sentence" }));
  await page.keyboard.type(reason);
  await page.keyboard.press("Tab");
  const called = page.getByRole("radio", { name: "Called back on the number on file" });
  while (!(await called.isChecked())) await page.keyboard.press("ArrowDown");
}

test("a call by ear: found, asked why, in the product and out of it", async ({
  newcomer,
  databases: { ledger },
}) => {
  const { page, context } = await newcomer();
  const heard = await hear(context);
  await page.goto("/");
  await expectStructure(page, /^Search/);
  const field = page.getByRole("combobox", { name: "Search customers’ users" });
  await expect(field).toBeFocused();

  // How many and who is first, once typing pauses; whom ↑ and ↓ choose is the field's to say.
  await page.keyboard.type("jane ashdown", { delay: 20 });
  await heard.says(/^\d+ people, Jane Ashdown, .+ first$/);
  expect(heard.all.filter((said) => /people/.test(said))).toHaveLength(1);
  const closed = page.getByRole("row", { name: /Corvale Mutual/ });
  while (!/Corvale Mutual/.test(await chosen(field))) await page.keyboard.press("ArrowDown");
  expect(await chosen(field)).toContain("Account closed");
  await expect(closed).toHaveAttribute("aria-disabled", "true");
  await expect(closed.getByRole("rowheader")).toHaveAccessibleName(/^Jane Ashdown/);
  // The row says why not, and so does the key that led nowhere.
  await page.keyboard.press("Enter");
  await heard.says(/closed to impersonation|closed/i);
  await page.keyboard.press("Escape");
  await expect(field).toHaveValue("");
  await page.keyboard.type("nobody at all");
  await heard.says(/^Nobody matches nobody at all$/);
  await page.keyboard.press("Escape");
  await page.keyboard.type("olu braithe");
  await heard.says(/^1 person, Olu Braithe, Pebblewick Bakery$/);
  await page.keyboard.press("Enter");

  await expect(title(page)).toHaveText("Stand in for Olu Braithe");
  await heard.says(/Olu Braithe/);
  await expectStructure(page, /^Impersonate Olu Braithe/);
  const why = page.getByRole("group", { name: "Why do you need it?" });
  const first = why.getByRole("radio", { name: "Carry out what they asked for Their consent" });
  await expect(first).toBeFocused();
  await expect(first).toHaveAccessibleDescription(/^They asked you to change something/);

  // What is missing: all of it on top, focused, and each where it is asked.
  await tabTo(page, page.getByRole("button", { name: "Start looking as Olu" }));
  await page.keyboard.press("Enter");
  await heard.says(/^3 answers need another look/);
  const summary = page.getByRole("alert").filter({ hasText: "3 answers need another look" });
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(why).toHaveAccessibleDescription("Choose why you need it.");
  const sentence = page.getByRole("textbox", { name: "In a sentence" });
  await expect(sentence).toHaveAccessibleDescription(/^Say why, in a sentence/);
  await expect(sentence).toHaveAttribute("aria-invalid", "true");
  await expectStructure(page, /^Error: /);
  await fillIn(page);
  await tabTo(page, page.getByRole("button", { name: "Start looking as Olu" }));
  const product = await inOwnTab(page, () => page.keyboard.press("Enter"));
  await expect(product).toHaveURL(inLedger("/invoices"));

  // Under the band, which comes first and says in the title too as whom.
  await expectStructure(product, /^\(Looking as Olu Braithe\) Invoices/);
  await expect(banner(product)).toContainText("is looking as Olu Braithe, Pebblewick Bakery");
  await product.goto(inLedger(`/invoices/${await invoiceOf(ledger, olu)}`));
  await tabTo(product, product.getByRole("button", { name: "Save invoice" }));
  await product.keyboard.press("Enter");
  await heard.says(/^Nothing was changed You asked to change invoice/);
  await expectStructure(product, /Nothing was changed/);
  await product.goto(inLedger("/invoices"));
  await tabTo(product, banner(product).getByRole("link", { name: /^Act as Olu Braithe/ }));
  await product.keyboard.press("Enter");
  await expect(title(product)).toHaveText("Act as Olu Braithe");
  await expectStructure(product, /^Act as Olu Braithe/);
  const needed = product.getByRole("textbox", { name: /^Why do you need to change/ });
  await expect(needed).toBeFocused();
  await product.keyboard.type("I put the day right that was asked for.");
  await tabTo(product, product.getByRole("button", { name: "Start acting as Olu" }));
  await product.keyboard.press("Enter");
  await product.waitForURL(inLedger("/invoices"));
  await expectStructure(product, /^\(ACTING as Olu Braithe\)/);

  // From acting to looking, and out, in the panel: both take away the button that was pressed.
  await page.goto("/sessions");
  await tabTo(page, strip(page).getByRole("button", { name: "Just look" }));
  await page.keyboard.press("Enter");
  await heard.says(/^You only look as Olu Braithe from now on/);
  await expect(title(page)).toBeFocused();
  await expectStructure(page, /sessions/i);
  await tabTo(page, strip(page).getByRole("button", { name: "End session" }));
  await page.keyboard.press("Enter");
  await heard.says(/^Your session as Olu Braithe has ended/);
  await expect(strip(page)).toBeHidden();
  await expect(title(page)).toBeFocused();
  await readUntilEnded(product, inLedger("/invoices"), "Olu Braithe");
  await expectStructure(product, /^Your session as Olu Braithe has ended/);
  heard.saysNothingTwice();
});

test("a request by ear: who has opened it, and what they said, where one waits and where one decides", async ({
  newcomer,
  signedIn,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const [atAgent, atManager] = [await hear(agent.context), await hear(manager.context)];
  const { page } = agent;
  const id = await asked(agent, await subjectOf(owner, jane));
  await page.goto(`/requests/${id}`);
  await expectStructure(page, /^Waiting · Jane Ashdown/);
  const stands = page.getByRole("region", { name: "How it stands" });
  await expect(stands.getByRole("heading", { level: 2 })).toHaveText("Waiting for a manager");

  const decider = manager.page;
  await decider.goto(`/requests/${id}`);
  await expectStructure(decider, /Requests/);
  // Who it is, not only that somebody did.
  await atAgent.says(/^Runa Castellane .*Opened it/);
  const decision = decider.getByRole("form", { name: "Your decision" });
  const approve = decision.getByRole("button", { name: "Approve", exact: true });
  await expect(decision.getByRole("button", { name: "Deny", exact: true })).toBeVisible();
  await expect(decision.getByRole("group", { name: "Minutes" })).toHaveAccessibleDescription(
    /You may shorten, not lengthen/,
  );
  await expect(async () => {
    await decider.keyboard.press("a");
    await expect(approve).toBeFocused({ timeout: 1000 });
  }).toPass();
  await decider.keyboard.press("Enter");
  await atManager.says(/^Approved, 30\smin/);
  await expect(title(decider)).toBeFocused();
  await atAgent.says(/Runa Castellane approved/);
  await expect(page).toHaveTitle(/^✓ Granted/);
  await expectStructure(page, /^✓ Granted/);
  const start = stands.getByRole("button", { name: "Start looking as Jane" });
  await expect(start).toBeVisible();
  // What the clock and the polls do is no news.
  expect(
    atAgent.all.filter((said) => /^\d+(:\d\d|\s(s|min|h)\b)( ago| left.*)?\W*$/.test(said)),
  ).toEqual([]);
  atAgent.saysNothingTwice();
  atManager.saysNothingTwice();
});

test("the time that runs out is said at five minutes, at one and at the end", async ({
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  const { page, context } = agent;
  const heard = await hear(context);
  const id = await started(agent, await subjectOf(databases.owner, olu), { minutes: 15 });
  await enter(page, id);
  const left = banner(page).getByRole("timer");
  await expect(left).toHaveText(/^14:/);
  await page.clock.install();
  await page.clock.runFor("09:00");
  // From here on it is this clock that the band goes by.
  await expect(left).toHaveText(/^5:/);
  await page.clock.runFor("01:00");
  await heard.says(/^5 minutes left\.$/);
  await page.clock.runFor("04:00");
  await heard.says(/^1 minute left\.$/);
  await page.clock.runFor("01:00");
  await heard.says(/^The time is over\.$/);
  expect(heard.all).toEqual(["5 minutes left.", "1 minute left.", "The time is over."]);
});
