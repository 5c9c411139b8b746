import { inLedger, invoiceOf } from "#e2e/fixtures/ledger.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { asked, enter, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { end } from "#lib/impersonation/end.ts";
import { deny } from "#lib/requests/vote.ts";
import { expect, test } from "./shoot.ts";
import { one, tour } from "./tour.ts";

const olu = "olu@pebblewick.test";
const sensitive = "jane.ashdown@tallowfield.test";
const start = "Start";

test("the start form", async ({ newcomer, databases: { owner }, shoot }) => {
  const agent = await newcomer();
  const { page } = agent;
  const standard = `/customers/${await subjectOf(owner, olu)}/start`;
  const service = await one(owner, "select id from subjects where kind = 'service' limit 1");
  const closed = await one(
    owner,
    "select s.id from subjects s join accounts a on a.id = s.account_id where a.stance = 'closed' and s.kind = 'person' limit 1",
  );
  await tour(page, shoot, [
    [start, "standard", standard],
    [start, "standard, acting", `${standard}?scope=write`],
    [start, "needs an approval", `/customers/${await subjectOf(owner, sensitive)}/start`],
    [start, "a service user", `/customers/${service}/start`],
    [start, "a closed account", `/customers/${closed}/start`],
    [start, "nobody there", "/customers/0197a000-0000-7000-8000-0000000fffff/start"],
    ["From the help desk", "how it is made", "/start"],
    ["From the help desk", "nobody is known by that", "/start?subject=usr_nobody&ticket=SUP-9999"],
    ["Break-glass", "the form", `/customers/${await subjectOf(owner, sensitive)}/break-glass`],
    ["Break-glass", "not for this person", `/customers/${await subjectOf(owner, olu)}/break-glass`],
  ]);
  await page.goto(standard);
  await page.getByRole("button", { name: /^Start looking/ }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await shoot(page, start, "what is missing");
  await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  await tour(page, shoot, [
    [start, "while another session is live", standard],
    ["Strip", "over the search, looking", "/?q=jane"],
  ]);
});

test("requests, for who asks", async ({ newcomer, signedIn, databases: { owner }, shoot }) => {
  const agent = await newcomer();
  const { page } = agent;
  const manager = await signedIn(runa);
  await tour(page, shoot, [["Requests", "an agent without any", "/requests"]]);
  const id = await asked(agent, await subjectOf(owner, sensitive));
  await tour(page, shoot, [
    ["Requests", "an agent's own, one waits", "/requests"],
    ["Request", "waiting", `/requests/${id}`],
    ["Search", "with a request of one's own", "/"],
  ]);
  await tour(manager.page, shoot, [
    ["Requests", "the queue", "/requests"],
    ["Request", "to be decided", `/requests/${id}`],
  ]);
  const { rows } = await owner.query<{ ask: string }>(
    "select encode(ask_hash, 'hex') as ask from requests where id = $1",
    [id],
  );
  const comment = "Ask for the team’s own administrator first; she has the same view.";
  const denied = await deny(manager.ctx, { requestId: id, ask: rows[0]?.ask ?? "", comment });
  expect(denied.ok).toBe(true);
  await tour(page, shoot, [["Request", "denied", `/requests/${id}`]]);
  for (const status of ["granted", "cancelled", "lapsed"]) {
    const found = await owner.query<{ id: string; actor_id: string }>(
      "select id, actor_id from requests where status = $1 order by created_at desc limit 1",
      [status],
    );
    if (!found.rows[0]) continue;
    await tour(manager.page, shoot, [["Request", status, `/requests/${found.rows[0].id}`]]);
  }
});

test("a session, looking", async ({ newcomer, signedIn, databases: { owner }, shoot }) => {
  const agent = await newcomer();
  const { page } = agent;
  const sid = await started(agent, await subjectOf(owner, olu));
  await enter(page, sid);
  await shoot(page, "Ledger", "looking, invoices");
  await tour(page, shoot, [
    ["Ledger", "looking, clients", inLedger("/clients")],
    ["Ledger", "looking, reports", inLedger("/reports")],
    ["Ledger", "looking, settings", inLedger("/settings")],
    ["Ledger", "refused: never while standing in", inLedger("/settings/password")],
    ["Ledger", "refused: an export", inLedger("/reports/invoices.csv")],
    ["Ledger", "refused: a GET that makes a secret", inLedger("/settings/two-factor/new")],
    ["Ledger", "looking, activities", inLedger("/activity")],
    ["Ledger", "looking, team", inLedger("/settings/team")],
    ["Ledger", "looking, API keys", inLedger("/settings/keys")],
    ["Session", "live, its actor", `/sessions/${sid}`],
    ["Live", "an agent's own", "/sessions/live"],
    ["Act", "from looking, a standard account", `/sessions/${sid}/act`],
  ]);
  await page.getByRole("button", { name: /^Start acting/ }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await page.getByText("Change these answers").click();
  await shoot(page, "Act", "what is missing, and all answers");
  const { page: managers } = await signedIn(runa);
  await tour(managers, shoot, [
    ["Live", "a manager's", "/sessions/live"],
    ["Session", "live, a manager", `/sessions/${sid}`],
  ]);
  await managers.goto("/sessions/live");
  await managers.getByRole("link", { name: /^End/ }).first().click();
  await shoot(managers, "Live", "asked why it is to end");
  await end(agent.ctx, { sessionId: sid });
  await expect(async () => {
    await page.goto(inLedger("/invoices"));
    await expect(page.getByRole("heading", { name: /has ended/ })).toBeVisible({ timeout: 500 });
  }).toPass();
  await shoot(page, "Ledger", "ended");
  await tour(page, shoot, [
    ["Session", "ended, nothing changed", `/sessions/${sid}`],
    ["Act", "the session is over", `/sessions/${sid}/act`],
  ]);
});

test("a session, acting", async ({ newcomer, databases: { owner, ledger }, shoot }) => {
  const agent = await newcomer();
  const { page } = agent;
  const sid = await started(agent, await subjectOf(owner, olu), {
    scope: "write",
  });
  await enter(page, sid);
  await shoot(page, "Ledger", "acting, invoices");
  const invoice = await invoiceOf(ledger, olu);
  await page.goto(inLedger(`/invoices/${invoice}`));
  await shoot(page, "Ledger", "acting, an invoice");
  await page.getByLabel("Due", { exact: false }).first().fill("2027-03-01");
  await page.getByRole("button", { name: /^Save/ }).click();
  await shoot(page, "Ledger", "acting, changed");
  await tour(page, shoot, [["Ledger", "acting, what recurs", inLedger("/recurring")]]);
  await tour(page, shoot, [
    ["Strip", "over the search, acting", "/"],
    ["Session", "live, acting, with a change", `/sessions/${sid}`],
    ["Act", "one acts already", `/sessions/${sid}/act`],
  ]);
  await page.goto(inLedger(`/invoices/${invoice}`));
  await page.getByLabel("Note to the client").fill("Half a sentence");
  await page.getByRole("button", { name: "Just look" }).click();
  await expect(page.getByRole("button", { name: "Put it back" })).toBeVisible();
  await shoot(page, "Ledger", "only looking from now on, with what was typed");
  await tour(page, shoot, [["Session", "live, narrowed to looking", `/sessions/${sid}`]]);
  await end(agent.ctx, { sessionId: sid });
  await tour(page, shoot, [
    ["Session", "ended, with a change", `/sessions/${sid}`],
    ["Session", "its report", `/sessions/${sid}/report`],
    ["Search", "recents after an end", "/"],
  ]);
});
