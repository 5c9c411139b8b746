import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { entry } from "#db/testing/entry.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { attempt, end } from "#db/testing/steps.ts";
import { start } from "#lib/impersonation/start.ts";
import { question } from "#lib/impersonation/testing.ts";
import { newId } from "#lib/kernel/ids.ts";
import { ask } from "#lib/requests/ask.ts";
import { rollUpAll } from "#lib/usage/testing.ts";
import { figuresOf, isRunning } from "./figures-of.ts";
import { readItem } from "./item.ts";
import { openCampaign } from "./open-campaign.ts";
import { codeOf, underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const looking = question(s.jane.id, { scope: "read" });
const itemOf = async (campaignId: string) => {
  const { rows } = await s.owner.query(
    "select id from review_items where campaign_id = $1 and staff_id = $2",
    [campaignId, s.ana],
  );
  const item = await readItem(w.worker.db, rows[0].id);
  if (!item) throw new Error("No item");
  return item;
};

test("a finding that began in the period and grew after it counts, as in the frozen item", async () => {
  const id = newId();
  const body = { what: "F-9002 on ana: x", finding: id, actor: "ana" };
  const raised_entry_id = await s.commit((sql) =>
    entry(sql, "finding.raised", { actor: s.max, body }),
  );
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "findings", () =>
      insert(sql, "findings", {
        ...{ id, number: 9002, detector: "vip", pattern: "x", actor_id: s.ana, explanation: "x" },
        ...{ evidence: {}, raised_entry_id, due_at: new Date() },
        ...{ first_at: "2026-08-14Z", last_at: "2026-11-14Z" },
      }),
    ),
  );
  const opened = await openCampaign(w.cora, { firstDay: "2026-07-01", lastDay: "2026-09-30" });
  const item = await itemOf(valueIn(opened).id);
  expect(item.openFindings).toBe(1);
  expect(isRunning(item)).toBe(false);
  expect((await figuresOf(w.worker.db, item)).now.findings).toBe(1);
});

test("of a period that runs still all figures are those of the opening, to the second", async () => {
  const { rows } = await s.owner.query(
    "select date_trunc('quarter', now())::date::text as first, (date_trunc('quarter', now()) + interval '3 months - 1 day')::date::text as last",
  );
  const { first: firstDay, last: lastDay } = rows[0];
  const session = await s.live();
  await s.commit((sql) => attempt(sql, session));
  const { id } = valueIn(await openCampaign(w.cora, { firstDay, lastDay }));
  const item = await itemOf(id);
  expect(isRunning(item)).toBe(true);
  const then = (await figuresOf(w.worker.db, item)).now;
  expect(then).toMatchObject({ sessions: 1, acting: 1, accounts: 1, writes: 1, ended: 0 });
  await s.commit(async (sql) => {
    await attempt(sql, session);
    await end(sql, session);
  });
  valueIn(await start(w.ana, { requestId: valueIn(await ask(w.ana, looking)).id }));
  codeOf(await ask(w.ana, { ...looking, subjectId: newId() }));
  await rollUpAll(w.worker);
  expect((await figuresOf(w.worker.db, item)).now).toEqual(then);
  expect(item.sessions).toBe(1);
});

test("of a right that was held for a part of the period, what was refused while it was held", async () => {
  const grant = { role: "agent" as const, from: "2026-04-10Z", to: "2026-04-20Z" };
  const una = await w.person("una", [grant]);
  for (const at of ["2026-04-05Z", "2026-04-15Z", "2026-04-25Z"]) {
    const id = await s.commit((sql) => entry(sql, "page.refused", { actor: una }));
    await inTransaction(s.owner, (sql) =>
      restingTriggers(sql, "audit_entry", () =>
        sql.query("update audit_entry set occurred_at = $2 where id = $1", [id, at]),
      ),
    );
  }
  await rollUpAll(w.worker);
  const opened = valueIn(
    await openCampaign(w.cora, { firstDay: "2026-04-01", lastDay: "2026-06-30" }),
  );
  const { rows } = await s.owner.query(
    "select id from review_items where campaign_id = $1 and staff_id = $2",
    [opened.id, una],
  );
  const item = await readItem(w.worker.db, rows[0].id);
  if (!item) throw new Error("No item");
  expect((await figuresOf(w.worker.db, item)).now.refusals).toBe(1);
});
