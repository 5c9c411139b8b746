import type { Page } from "@playwright/test";
import { act, actionNamed, refusedWith } from "#e2e/fixtures/actions.ts";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { pushOne } from "#e2e/fixtures/pushed.ts";
import { sessionOf } from "#e2e/fixtures/record.ts";
import { hireOne, runa } from "#e2e/fixtures/staff.ts";
import {
  asked,
  banner,
  enter,
  readUntilEnded,
  started,
  subjectOf,
} from "#e2e/fixtures/standing-in.ts";
import { expect, type SignedIn, test } from "#e2e/fixtures/test.ts";

/** Closes whatever it may stand in, and then does what each of these would do if it were not text. */
const hostile = (prefix: string) =>
  `${prefix}"'></title></textarea></script><script>alert(1)</script><img src=x onerror=alert(2)><b id=injected>`;

/** Notes all that a page should never do; `none` fails when it did. */
function watching(page: Page) {
  const seen: string[] = [];
  page.on("dialog", (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => seen.push(`error ${error.message}`));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) seen.push(message.text());
  });
  /** Whether the page shows each text as it was typed, and nothing else of it. */
  const sees = async (path: string, ...texts: string[]) => {
    const body = page.locator("body");
    for (const text of texts)
      await expect(body, path).toContainText(text, { ignoreCase: false, useInnerText: false });
    await expect(page.locator("#injected, img[src=x], [onerror]"), path).toHaveCount(0);
    await expect(page.locator("[href^='javascript:' i]"), path).toHaveCount(0);
    expect(seen, path).toEqual([]);
  };
  return {
    sees,
    /** The same of an address that is opened. */
    shows: async (path: string, ...texts: string[]) => {
      await page.goto(path);
      await sees(path, ...texts);
    },
  };
}

test("what a directory calls people, accounts and tickets is shown, never run", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const { owner } = databases;
  const [name, account, title] = [hostile("=cmd|'/C calc'!A0"), hostile("@SUM(1)"), hostile("+1")];
  const role = "javascript:alert(3)";
  const pushed = await pushOne(owner, {
    account,
    name,
    role,
    title,
    email: "<img/src=x/onerror=alert(4)>@kitehill.test",
  });
  expect(pushed).toMatchObject({ status: 200, refused: [], subject: { name } });
  const { id, account_id } = pushed.subject ?? { id: "", account_id: "" };

  const agent = await newcomer();
  const agents = watching(agent.page);
  await agents.shows(`/?q=${encodeURIComponent("cmd|'/C calc'")}`, name, account);
  await agents.shows(`/customers/${id}`, name, account, title, "onerror=alert(4)>@kitehill.test");
  await agents.shows(`/customers/accounts/${account_id}`, name, account);
  await agents.shows(`/customers/${id}/start?from=javascript:alert(5)`, name, account);

  const reason = hostile("=HYPERLINK(1)");
  const sessionId = await started(agent, id, { reason });
  const manager = await signedIn(runa);
  const managers = watching(manager.page);
  await agents.shows("/", name);
  await agents.shows(`/sessions/${sessionId}`, name, account, reason);
  await managers.shows("/sessions/live", name, account);
  await managers.shows(`/sessions/${sessionId}?end=1`, name);

  const comment = hostile("-2+3");
  const end = { sessionId, comment };
  const asManager = { ...manager, cookie: await cookieOf(manager) };
  expect(refusedWith(await act(actionNamed("endFromPage"), asManager, end))).toBe(null);
  await agents.shows(`/sessions/${sessionId}`, name, account, reason, comment);
  await agents.shows("/sessions", name);
  const { rows } = await owner.query<{ id: string }>(
    "select id from audit_entry where session_id = $1 order by occurred_at",
    [sessionId],
  );
  const auditor = await newcomer(["compliance"]);
  const auditors = watching(auditor.page);
  expect(rows.length).toBeGreaterThan(1);
  for (const entry of rows)
    await auditors.shows(`/audit?actor=${agent.person.id}&open=${entry.id}`, name);
});

test("what agents and managers type is shown to each other, never run", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const { owner } = databases;
  const agent = await newcomer();
  const reason = hostile("=1+1");
  const requestId = await asked(agent, await subjectOf(owner, "aino@quennell.test"), { reason });
  const manager = await signedIn(runa);
  const [agents, managers] = [watching(agent.page), watching(manager.page)];
  await agents.shows(`/requests/${requestId}`, reason);
  await managers.shows(`/requests/${requestId}`, reason);

  const { rows } = await owner.query<{ hash: string }>(
    "select encode(ask_hash, 'hex') as hash from requests where id = $1",
    [requestId],
  );
  const comment = hostile("@no");
  const asManager = { ...manager, cookie: await cookieOf(manager) };
  const vote = { vote: "deny", requestId, ask: rows[0]?.hash ?? "", comment };
  expect(refusedWith(await act(actionNamed("decideRequest"), asManager, vote))).toBe(null);
  await agents.shows(`/requests/${requestId}`, reason, comment);
  await managers.shows(`/requests/${requestId}`, reason, comment);
});

test("an agent's own name is shown to the customer's product, never run", async ({
  signedIn,
  databases,
}) => {
  const { owner } = databases;
  const hired = await hireOne(owner);
  const name = hostile("=A1");
  await owner.query("update staff set name = $1 where id = $2", [name, hired.id]);
  const agent = await signedIn({ ...hired, name });
  const agents = watching(agent.page);
  await agents.shows("/requests", name);
  const sessionId = await started(agent, await subjectOf(owner, "olu@pebblewick.test"));
  await enter(agent.page, sessionId);
  await agents.shows(inLedger("/invoices"), name);
  await expect(banner(agent.page)).toContainText(`${name} is looking as Olu Braithe`);

  const comment = hostile("=B2");
  const manager = await signedIn(runa);
  const asManager = { ...manager, cookie: await cookieOf(manager) };
  const end = { sessionId, comment };
  expect(refusedWith(await act(actionNamed("endFromPage"), asManager, end))).toBe(null);
  expect(await sessionOf(owner, hired.id)).toMatchObject({ end_comment: comment });
  await readUntilEnded(agent.page, inLedger("/invoices"), "Olu Braithe");
  await agents.sees("why it is over", comment);
});

async function cookieOf({ context }: SignedIn): Promise<string> {
  const cookies = await context.cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}
