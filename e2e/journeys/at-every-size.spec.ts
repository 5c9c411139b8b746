import type { Page } from "@playwright/test";
import { itemOf } from "#db/testing/review.ts";
import { snoop } from "#e2e/fixtures/findings.ts";
import { tabTo } from "#e2e/fixtures/keyboard.ts";
import { inLedger, invoiceOf } from "#e2e/fixtures/ledger.ts";
import { expectReflows } from "#e2e/fixtures/reflow.ts";
import { reviewOf } from "#e2e/fixtures/reviews.ts";
import { persona, runa } from "#e2e/fixtures/staff.ts";
import { asked, banner, enter, started, strip, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { end } from "#lib/impersonation/end.ts";

const olu = "olu@pebblewick.test";
const jane = "jane.ashdown@tallowfield.test";

async function all(page: Page, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectReflows(page, path.replace(/[0-9a-f-]{36}/g, "…"));
  }
}

const accountOf = async (owner: { query: Queries }, subjectId: string) => {
  const { rows } = await owner.query("select account_id from subjects where id = $1", [subjectId]);
  return String(rows[0]?.account_id);
};
type Queries = (text: string, values: string[]) => Promise<{ rows: { account_id?: unknown }[] }>;

test("an agent's pages, and the product's under the band", async ({
  newcomer,
  databases: { owner, ledger },
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const [whom, sensitive] = [await subjectOf(owner, olu), await subjectOf(owner, jane)];
  const account = await accountOf(owner, sensitive);
  await all(page, ["/", "/?q=jane", "/?q=nobody+at+all", `/customers/${whom}/start`]);
  await page.getByRole("button", { name: /^Start looking/ }).click();
  await expect(page.getByRole("alert").first()).toBeFocused();
  await expectReflows(page, "the start form, refused");
  const request = await asked(agent, sensitive);
  await all(page, [
    ...[
      `/customers/${sensitive}/start`,
      `/customers/${sensitive}`,
      `/customers/accounts/${account}`,
    ],
    ...["/requests", `/requests/${request}`, "/start", "/me/notices", "/me/devices", "/inbox"],
  ]);
  const session = await started(agent, whom, { ticket: "SUP-4837", scope: "write" });
  await enter(page, session);
  await all(page, [
    ...[
      "/invoices",
      `/invoices/${await invoiceOf(ledger, olu)}`,
      "/clients",
      "/settings/password",
    ].map(inLedger),
    ...["/", "/sessions/live", `/sessions/${session}`],
  ]);
  await end(agent.ctx, { sessionId: session });
  await all(page, ["/sessions", `/sessions/${session}`, "/audit"]);
});

test("a manager's pages", async ({ newcomer, signedIn, databases }) => {
  const { owner } = databases;
  const agent = await newcomer();
  const manager = await newcomer(["manager"]);
  const request = await asked(agent, await subjectOf(owner, jane));
  await started(agent, await subjectOf(owner, olu));
  const { page } = await signedIn(runa);
  await all(page, ["/requests", `/requests/${request}`, "/sessions/live"]);
  await page.goto("/sessions/live");
  await page.getByRole("link", { name: `End ${agent.person.name}’s session…` }).click();
  await expect(page.getByRole("textbox", { name: /^Why do you end/ })).toBeFocused();
  await expectReflows(page, "asked why a session is to end");
  await all(page, ["/sessions", "/sessions/figures", "/me/away", "/audit", "/proposals"]);
  const other = await newcomer();
  const finding = await snoop(databases, other, await subjectOf(owner, olu));
  await all(page, ["/findings", `/findings/${finding}`]);
  await all(other.page, ["/findings/mine"]);
  const { person } = await newcomer();
  const review = await reviewOf(owner, { [person.id]: manager.person.id });
  const { number } = await itemOf(owner, review, person.id, "agent");
  await all(manager.page, [
    ...["/reviews", `/reviews/${review.slug}`, `/reviews/${review.slug}/items/${number}`],
  ]);
});

test("the pages of compliance and of an admin", async ({ newcomer, signedIn, databases }) => {
  const { owner } = databases;
  const { page } = await signedIn(persona("Mirela Osthoff"));
  const { person } = await newcomer();
  const review = await reviewOf(owner, { [person.id]: runa.id });
  await page.goto("/audit");
  await page.getByRole("region", { name: "Entries" }).getByRole("link").first().click();
  await expect(page.locator("[aria-expanded=true]").first()).toBeVisible();
  await expectReflows(page, "the log, with an entry open");
  await all(page, [
    ...["", "/figures", "/list", "/people", "/population", "/reviewers"].map(
      (at) => `/reviews/${review.slug}${at}`,
    ),
    ...["/audit/export", "/exposure", "/evidence", "/evidence/guests/new"],
  ]);
  const admin = await signedIn(persona("Kesi Lindqvaard"));
  await all(admin.page, [
    ...["/settings/staff", `/settings/staff/${runa.id}`, "/settings/staff/new"],
    ...["/settings/policy", "/settings/policy/change", "/settings/basis", "/settings/notices"],
    ...["/settings/notices/new", "/settings/stop"],
  ]);
});

test("what has the focus is never under the band or the strip", async ({
  newcomer,
  databases: { owner, ledger },
}) => {
  const agent = await newcomer();
  const { page } = agent;
  const session = await started(agent, await subjectOf(owner, olu));
  await enter(page, session);
  const invoice = inLedger(`/invoices/${await invoiceOf(ledger, olu)}`);
  for (const path of [invoice, `/sessions/${session}`, "/sessions/live", "/audit"])
    for (const height of [360, 720]) {
      await page.setViewportSize({ width: 720, height });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      // All the way down, and up again: what comes in from above is what a sticky band hides.
      // At once: under way to the end by key, a page goes on past what has the focus meanwhile.
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      for (let n = 0; n < 40; n += 1) {
        await page.keyboard.press("Shift+Tab");
        // The page scrolls to it a moment after it has the focus.
        await expect
          .poll(() => page.evaluate(coveredFocus), { message: `${path}, ${height} px high` })
          .toBeNull();
      }
    }
});

/** In the page: what has the focus, where all of it lies under something that stays in its place. */
function coveredFocus(): string | null {
  const one = document.activeElement;
  if (!one || one === document.body || one.closest(".strip, alongside-banner")) return null;
  const { left, top, width, height } = one.getBoundingClientRect();
  const hits = [0.1, 0.5, 0.9].map((part) =>
    document.elementFromPoint(left + width / 2, top + height * part),
  );
  const covers = hits.every((hit) => hit?.closest(".strip, alongside-banner"));
  return covers ? `${one.tagName} ${one.textContent}` : null;
}

test("in forced colours one sees what is chosen, where one is and as whom", async ({
  newcomer,
  signedIn,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const request = await asked(agent, await subjectOf(owner, jane));
  const { page } = await signedIn(runa);
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(`/requests/${request}`);
  const minutes = page.getByRole("group", { name: "Minutes" });
  const segment = (name: string) => minutes.locator("label", { hasText: new RegExp(`^${name}$`) });
  await expect(minutes.getByRole("radio", { name: "30" })).toBeChecked();
  // What keeps its own colours has some; the others have the system's, all the same.
  await expect(segment("30")).toHaveCSS("forced-color-adjust", "none");
  await expect(segment("15")).toHaveCSS("forced-color-adjust", "auto");
  const here = page.getByRole("navigation", { name: "Panel" }).locator("[aria-current=page]");
  await expect(here).toHaveCSS("outline-style", "solid");
  const approve = page.getByRole("button", { name: "Approve", exact: true });
  await page.getByRole("textbox", { name: /^Comment/ }).focus();
  await tabTo(page, approve);
  await expect(approve).toHaveCSS("outline-style", "solid");
  await expect(approve).toHaveCSS("outline-width", "2px");

  await started(agent, await subjectOf(owner, olu));
  await agent.page.emulateMedia({ forcedColors: "active" });
  await agent.page.goto("/audit");
  await expect(strip(agent.page)).toHaveCSS("forced-color-adjust", "none");
  await strip(agent.page).getByRole("link", { name: "Back to Ledger" }).click();
  await expect(banner(agent.page)).toHaveCSS("forced-color-adjust", "none");
});
