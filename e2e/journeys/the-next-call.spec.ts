import type { Page } from "@playwright/test";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { tabTo } from "#e2e/fixtures/keyboard.ts";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { inOwnTab } from "#e2e/fixtures/own-tab.ts";
import { eventsOf, sessionOf, sessionsOf } from "#e2e/fixtures/record.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import {
  answer,
  asked,
  banner,
  enter,
  started,
  strip,
  subjectOf,
} from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { end } from "#lib/impersonation/end.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { approve } from "#lib/requests/vote.ts";

const olu = "olu@pebblewick.test";
const halvor = "halvor@ardentloom.test";
const aino = "aino@quennell.test";
const both = /^End Olu, start looking as Halvor$/;

test("one press ends the call before and starts the next, by keyboard, and each is on record", async ({
  newcomer,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const { page, person } = agent;
  const before = await started(agent, await subjectOf(owner, olu));
  await page.goto(`/customers/${await subjectOf(owner, halvor)}/start`);
  await expect(
    page.getByText(/Looking as Olu Braithe, until .* it ends as the next one starts/),
  ).toBeVisible();
  await answer(page);
  await expectAccessibleInBoth(page, "start form while another session is live");
  await tabTo(page, page.getByRole("button", { name: both }));
  const tab = await inOwnTab(page, () => page.keyboard.press("Enter"));
  await expect(banner(tab)).toContainText("Halvor Venn-Ruiz");
  await expect(strip(page)).toContainText("Halvor Venn-Ruiz");

  expect(await sessionsOf(owner, person.id)).toBe(2);
  expect((await eventsOf(owner, before)).at(-1)).toBe("session.ended");
  const { rows } = await owner.query("select end_cause from sessions where id = $1", [before]);
  expect(rows).toEqual([{ end_cause: "actor" }]);
});

test("the same person once more takes one press, and acting as them ends nothing by name", async ({
  newcomer,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const { page, person } = agent;
  const subject = await subjectOf(owner, olu);
  const before = await started(agent, subject);
  await page.goto(`/customers/${subject}/start`);
  const anew = page.getByRole("button", { name: "End it, start looking as Olu anew" });
  await expect(anew).toBeVisible();
  await page.getByRole("radio", { name: /Read and change/ }).check();
  await expect(page.getByRole("button", { name: "Start acting as Olu" })).toBeVisible();
  await expect(page.getByText("Another session of yours is live")).toBeHidden();
  await page.getByRole("radio", { name: /Read only/ }).check();
  await answer(page);
  const tab = await inOwnTab(page, () => anew.click());
  await expect(banner(tab)).toContainText("is looking as Olu Braithe");
  expect(await sessionsOf(owner, person.id)).toBe(2);
  expect((await eventsOf(owner, before)).at(-1)).toBe("session.ended");
});

test("where the next one waits for an approval nothing ends, until it starts from its own page", async ({
  newcomer,
  signedIn,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const manager = await signedIn(runa);
  const { page, person } = agent;
  const before = await started(agent, await subjectOf(owner, olu));
  await page.goto(`/customers/${await subjectOf(owner, aino)}/start`);
  await expect(page.getByText(/it goes on while this waits for an answer/)).toBeVisible();
  await answer(page);
  await page.getByRole("button", { name: "Send to approvers" }).click();
  await page.waitForURL(/\/requests\//);
  await expect(strip(page)).toContainText("Olu Braithe");

  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const request = await readRequest(manager.ctx, id);
  await approve(manager.ctx, { requestId: id, ask: request?.ask ?? "", minutes: 30, comment: "" });
  const start = page.getByRole("button", { name: /^End Olu, start looking as Aino$/ });
  await expect(start).toBeVisible();
  await expectAccessible(page, "granted while another session is live");
  const tab = await inOwnTab(page, () => start.click());
  await expect(tab).toHaveURL(inLedger("/invoices"));
  expect(await sessionOf(owner, person.id)).toMatchObject({ ended_at: null });
  expect((await eventsOf(owner, before)).at(-1)).toBe("session.ended");
});

test("what has changed in another tab meanwhile is not ended by surprise, and nothing typed is lost", async ({
  newcomer,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const { page, ctx } = agent;
  await page.goto(`/customers/${await subjectOf(owner, halvor)}/start`);
  await answer(page);
  const press = page.getByRole("button", { name: "Start looking as Halvor" });
  await expect(press).toBeVisible();
  // Follows what is live by itself; here it comes in between the last look and the press.
  await page.route(/\/api\/(pulse|stream)/, (route) => route.abort());
  const other = await started(agent, await subjectOf(owner, olu));
  await press.click();
  const refused = page
    .getByRole("alert")
    .filter({ hasText: "Nothing was started and nothing ended" });
  await expect(refused).toContainText("Looking as Olu Braithe");
  await expect(page.getByLabel("In a sentence")).toHaveValue(
    "The layout of the invoices looks wrong.",
  );
  await expectAccessibleInBoth(page, "start form, refused for a session of another tab");
  const { rows } = await owner.query("select ended_at from sessions where id = $1", [other]);
  expect(rows).toEqual([{ ended_at: null }]);

  const tab = await inOwnTab(page, () => page.getByRole("button", { name: both }).click());
  await expect(banner(tab)).toContainText("Halvor Venn-Ruiz");
  await end(ctx, { sessionId: (await sessionOf(owner, agent.person.id)).id });
});

test("two tabs that start at once, a press that comes twice, a reload and Back leave one session", async ({
  newcomer,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const { page, context, person } = agent;
  const form = `/customers/${await subjectOf(owner, halvor)}/start`;
  const second = await context.newPage();
  for (const one of [page, second]) {
    await one.goto(form);
    await answer(one);
  }
  const press = (one: Page) =>
    one.getByRole("button", { name: "Start looking as Halvor", exact: true });
  await Promise.all([press(page).dblclick(), press(second).dblclick()]);
  await expect.poll(() => sessionsOf(owner, person.id)).toBe(1);
  await expect
    .poll(() => context.pages().some((one) => one.url().startsWith(inLedger("/"))))
    .toBe(true);
  expect(await sessionsOf(owner, person.id)).toBe(1);
  const session = await sessionOf(owner, person.id);

  await page.goto(form);
  await page.reload();
  await page.goto("/requests");
  await page.goBack();
  await expect(strip(page)).toContainText("Halvor Venn-Ruiz");
  expect(await sessionsOf(owner, person.id)).toBe(1);
  // A tab that was closed is entered anew.
  for (const one of context.pages()) if (one !== page) await one.close();
  await enter(page, session.id);
  await expect(banner(page)).toContainText("Halvor Venn-Ruiz");
});

test("a second device shows what is live, enters it and ends it", async ({
  newcomer,
  signedIn,
  databases: { owner },
}) => {
  const first = await newcomer();
  const session = await started(first, await subjectOf(owner, halvor));
  await enter(first.page, session);
  const { page } = await signedIn(first.person);
  await page.goto("/");
  await expect(strip(page)).toContainText("Halvor Venn-Ruiz");
  await strip(page).getByRole("link", { name: "Back to Ledger" }).click();
  await page.waitForURL(inLedger("/invoices"));
  await expect(banner(page)).toContainText("Halvor Venn-Ruiz");
  await page.goto("/requests");
  await strip(page).getByRole("button", { name: "End session" }).click();
  await expect(strip(page)).toBeHidden();
  await expect(page.getByRole("link", { name: "Again", exact: true })).toBeVisible();
  expect(await sessionOf(owner, first.person.id)).toMatchObject({ end_cause: "actor" });
});

test("own open requests and recent people are one key below the search, and Again fills the form", async ({
  newcomer,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const { page, ctx } = agent;
  const sessionId = await started(agent, await subjectOf(owner, halvor), {
    reason: "The reminders go out on the wrong day.",
  });
  await end(ctx, { sessionId });
  const request = await asked(agent, await subjectOf(owner, aino));
  await page.goto("/");
  await expectAccessibleInBoth(page, "search, with what is at hand");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  const open = page.getByRole("region", { name: "Your open requests" });
  await expect(open.getByRole("link", { name: /Aino/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  const recent = page.getByRole("region", { name: "Recent" });
  await expect(recent.getByRole("link", { name: "Halvor Venn-Ruiz", exact: true })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/requests/${request}`);

  await page.goto("/");
  await recent.getByRole("link", { name: /^Again for Halvor/ }).click();
  await expect(page.getByLabel("In a sentence")).toHaveValue(
    "The reminders go out on the wrong day.",
  );
  await page.goto("/requests");
  await expect(
    page.getByRole("row", { name: /Halvor/ }).getByRole("link", { name: /^Again/ }),
  ).toBeVisible();
});
