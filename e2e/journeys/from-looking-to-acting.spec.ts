import type { Page } from "@playwright/test";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { tabTo } from "#e2e/fixtures/keyboard.ts";
import { inLedger, invoiceOf, stateOf } from "#e2e/fixtures/ledger.ts";
import { eventsOf, sessionOf } from "#e2e/fixtures/record.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { asked, banner, enter, started, strip, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, type SignedIn, test } from "#e2e/fixtures/test.ts";
import { start } from "#lib/impersonation/start.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { approve } from "#lib/requests/vote.ts";

const halvor = "halvor@ardentloom.test";
const jane = "jane.ashdown@tallowfield.test";
const act = (page: Page) => banner(page).getByRole("link", { name: /^Act as/ });
const justLook = (page: Page) => banner(page).getByRole("button", { name: "Just look" });
const why = (page: Page) => page.getByLabel("Why do you need to change something?");

test("on a standard account: a sentence, and the same page in red; one press, and it is amber again", async ({
  newcomer,
  databases: { owner, ledger },
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const looking = await started(agent, await subjectOf(owner, halvor), { ticket: "SUP-4833" });
  const invoice = await invoiceOf(ledger, halvor);
  const here = inLedger(`/invoices/${invoice}?from=list`);
  await enter(page, looking);
  await page.goto(here);
  await page.getByLabel("Note to the client").fill("To be paid by the 30th.");
  await expectAccessibleInBoth(page, "Ledger, looking, who may act");

  await act(page).click();
  await expect(page.getByRole("heading", { name: "Act as Halvor Venn-Ruiz" })).toBeVisible();
  const before = page.getByRole("region", { name: "As before" });
  await expect(before).toContainText("Check a configuration");
  await expect(before).toContainText("SUP-4833");
  await expect(before).toContainText("30 min");
  await expectAccessibleInBoth(page, "the form for acting");
  const send = page.getByRole("button", { name: "Start acting as Halvor" });
  await send.click();
  await expect(why(page)).toHaveAccessibleDescription(/Say why, in a sentence/);
  await expectAccessible(page, "the form for acting, refused");
  await why(page).fill("He asks me to put the day into the note.");
  await page.getByText("Change these answers").click();
  await page.getByRole("radio", { name: "15 min" }).check();
  await expect(before).toContainText("15 min");
  await send.click();

  await page.waitForURL(here);
  await expect(banner(page)).toContainText("is acting as Halvor Venn-Ruiz");
  await expectAccessibleInBoth(page, "Ledger, acting, with what was typed before");
  const acting = await sessionOf(owner, agent.person.id);
  expect(acting).toMatchObject({ scope: "write", minutes: 15, ended_at: null });
  expect((await eventsOf(owner, looking)).at(-1)).toBe("session.ended");

  await banner(page).getByRole("button", { name: "Put it back" }).click();
  const note = page.getByLabel("Note to the client");
  await expect(note).toHaveValue("To be paid by the 30th.");
  await expect(note).toBeFocused();
  await page.getByRole("button", { name: "Save invoice" }).click();
  await expect(page.getByLabel("Note to the client")).toHaveValue("To be paid by the 30th.");
  await expect(banner(page).getByRole("button", { name: "Put it back" })).toHaveCount(0);

  await page.goto(here);
  await page.getByLabel("Note to the client").fill("And one thing more.");
  await justLook(page).click();
  await page.waitForURL(here);
  await expect(banner(page)).toContainText("is looking as Halvor Venn-Ruiz");
  await expect(banner(page)).toContainText("What you typed here before is not saved.");
  const state = await stateOf(ledger, halvor);
  await page.getByLabel("Note to the client").fill("This must never arrive.");
  await page.getByRole("button", { name: "Save invoice" }).click();
  await expect(page.getByRole("heading", { name: "Nothing was changed" })).toBeVisible();
  expect(await stateOf(ledger, halvor)).toBe(state);
  // The same session, and its time is what it was.
  expect(await sessionOf(owner, agent.person.id)).toMatchObject({ id: acting.id, ended_at: null });
  await page.goto("/");
  await expect(strip(page)).toContainText("looking as Halvor Venn-Ruiz");
});

test("on a sensitive account: looking goes on until it is approved, and the band says when", async ({
  newcomer,
  signedIn,
  databases: { owner, ledger },
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const manager = await signedIn(runa);
  const looking = await lookAsJane(agent, manager, await subjectOf(owner, jane));
  await enter(page, looking);
  const here = inLedger(`/invoices/${await invoiceOf(ledger, jane)}`);
  await page.goto(here);
  await act(page).click();
  await why(page).fill("She asks me to send the reminder again.");
  await expect(page.getByText(/You go on looking until you start acting/)).toBeVisible();
  await page.getByRole("button", { name: "Send to approvers" }).click();
  await page.waitForURL(/\/requests\//);
  const request = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await expectAccessible(page, "acting is asked for, and looking goes on");

  await page.getByRole("link", { name: "Back to Ledger" }).last().click();
  await page.waitForURL(here);
  const waiting = banner(page).getByRole("link", { name: "Asked to act as Jane Ashdown" });
  await expect(banner(page)).toContainText("is looking as Jane Ashdown");
  await expect(async () => {
    await page.goto(here);
    expect(await waiting.isVisible()).toBe(true);
  }).toPass();
  await expectAccessible(page, "Ledger, acting is asked for");

  await approved(manager, request);
  const granted = banner(page).getByRole("link", { name: "Start acting as Jane Ashdown" });
  await expect(async () => {
    await page.goto(here);
    expect(await granted.isVisible()).toBe(true);
  }).toPass();
  await expectAccessible(page, "Ledger, acting is granted");
  await granted.click();
  await page.getByRole("button", { name: "Start acting as Jane" }).click();
  await page.waitForURL(here);
  await expect(banner(page)).toContainText("is acting as Jane Ashdown");
});

async function approved({ ctx }: SignedIn, requestId: string): Promise<void> {
  const shown = await readRequest(ctx, requestId);
  const vote = await approve(ctx, { requestId, ask: shown?.ask ?? "", minutes: 30 });
  if (!vote.ok) throw new Error(vote.error.message);
}

/** Looks as Jane, who needs an approval for that too. */
async function lookAsJane(agent: SignedIn, manager: SignedIn, subject: string): Promise<string> {
  const requestId = await asked(agent, subject, { ticket: "SUP-4821" });
  await approved(manager, requestId);
  const begun = await start(agent.ctx, { requestId });
  if (!begun.ok) throw new Error(begun.error.message);
  return begun.value.sessionId;
}

test("another tab does not go on under the band of before", async ({
  newcomer,
  databases: { owner, ledger },
}) => {
  const agent = await newcomer();
  const { page, context } = agent;
  await enter(page, await started(agent, await subjectOf(owner, halvor), { scope: "write" }));
  const here = inLedger(`/invoices/${await invoiceOf(ledger, halvor)}`);
  await page.goto(here);
  const other = await context.newPage();
  await other.goto(here);
  await other.getByLabel("Note to the client").fill("Typed in the other tab.");
  await justLook(page).click();
  await expect(banner(page)).toContainText("is looking as");
  await expect(banner(other)).toContainText("is looking as");
  await banner(other).getByRole("button", { name: "Put it back" }).click();
  await expect(other.getByLabel("Note to the client")).toHaveValue("Typed in the other tab.");

  // A sentence and the keys that send it: the form begins in its one question.
  await act(page).click();
  await expect(why(page)).toBeFocused();
  await page.keyboard.type("The note is to say something else.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.waitForURL(here);
  await expect(banner(page)).toContainText("is acting as");
  await expect(banner(other)).toContainText("is acting as");
});

test("from the strip of the panel too, by the keyboard, at any width", async ({
  newcomer,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const { page } = agent;
  await started(agent, await subjectOf(owner, halvor), { scope: "write" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  const look = strip(page).getByRole("button", { name: "Just look" });
  await tabTo(page, look);
  await page.keyboard.press("Enter");
  await expect(strip(page)).toContainText("is looking as Halvor Venn-Ruiz");
  await expectAccessible(page, "the strip, from acting to looking");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await strip(page)
    .getByRole("link", { name: /^Act as Halvor/ })
    .click();
  await expect(page.getByRole("heading", { name: "Act as Halvor Venn-Ruiz" })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("on a phone the band keeps sign, time and the way out in its first row, and nothing covers anything", async ({
  newcomer,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const { page } = agent;
  await page.setViewportSize({ width: 390, height: 844 });
  await enter(page, await started(agent, await subjectOf(owner, halvor), { scope: "write" }));
  const boxes = await banner(page)
    .locator(".alongside-sign, .alongside-left, .alongside-end, p, .alongside-look")
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
  expect(boxes).toHaveLength(5);
  const overlap = boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
  );
  expect(overlap).toEqual([]);
  const [sign, sentence, left, , end] = boxes;
  for (const one of [left, end]) expect(one.top).toBeLessThan(sentence.top);
  expect(sign.top).toBeLessThan(sentence.top);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page, "the band on a phone");
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("there and back", async ({ newcomer, databases: { owner } }) => {
    const agent = await newcomer();
    const { page } = agent;
    await page.goto(`/customers/${await subjectOf(owner, halvor)}/start`);
    await page.getByRole("radio", { name: /Check a configuration/ }).check();
    await page.getByLabel("In a sentence").fill("The layout of his invoices looks wrong.");
    await page.getByRole("radio", { name: "Nobody is calling" }).check();
    await page.getByRole("button", { name: "Start looking as Halvor" }).click();
    await page.goto(inLedger("/settings"));
    await act(page).click();
    await why(page).fill("The layout has to be set with him.");
    await page.getByRole("button", { name: "Start acting as Halvor" }).click();
    await expect(page).toHaveURL(inLedger("/settings"));
    await expect(banner(page)).toContainText("is acting as Halvor Venn-Ruiz");
    await justLook(page).click();
    await expect(page).toHaveURL(inLedger("/settings"));
    await expect(banner(page)).toContainText("is looking as Halvor Venn-Ruiz");
  });
});
