import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { refusal } from "#db/testing/attack.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { worked } from "#db/testing/worked.ts";
import { detectAll } from "#lib/findings/testing.ts";
import { carryOnClosings } from "./carry-on-closings.ts";
import { closeCampaign } from "./close-campaign.ts";
import { settledAtOnce } from "./closing.ts";
import { compareWithRoster } from "./compare.ts";
import { correct } from "./correct.ts";
import { decideItem } from "./decide.ts";
import { giveTaskOn } from "./give-task-on.ts";
import { handOn } from "./hand-on.ts";
import { findItem } from "./item.ts";
import { readItems } from "./items.ts";
import { lookAtItem, maySeeFigures } from "./look.ts";
import { openCampaign } from "./open-campaign.ts";
import { remind } from "./remind.ts";
import { openSample, readSample } from "./sample.ts";
import { checkTask, doneTask, setTask } from "./tasks.ts";
import { makeLate, underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const reviews = { opensByItself: true, dueDays: 30, undecided: "exception", exceptionDays: 30 };
await insert(s.owner, "policy_versions", {
  version: 15,
  body: { ...policy14, reviews: { ...reviews, sampleShare: 0.1, rushedDecisions: 40 } },
});
const later = "2026-10-05Z";
const clem = await w.as(await w.person("clem", [{ role: "compliance", from: later }]), "clem", [
  "compliance",
]);
await w.person("adam", [{ role: "admin", from: later }]);
const lead = await w.person("lead", [{ role: "manager", from: "2025-01-01Z" }]);
const asLead = await w.as(lead, "lead", ["manager"]);
const led = (name: string) =>
  w.person(name, [{ role: "agent", from: "2025-01-01Z" }], { manager_id: lead });
const [kept, gone] = [await led("kept"), await led("gone")];
// More than one request settles: the worker closes it.
for (let n = 0; n <= settledAtOnce; n += 1) await led(`undecided ${n}`);
const busy = await w.person("busy", [], { manager_id: lead });
await worked(s, [{ who: busy, at: "2026-08-03T10:00:00Z", subject: s.jane, views: 1 }]);
await s.owner.query(
  "insert into staff_roles (id, staff_id, role, granted_at) values (gen_random_uuid(), $1, 'agent', '2025-01-01Z')",
  [busy],
);
await detectAll(w.worker);
const { id: campaignId, slug } = valueIn(
  await openCampaign(w.cora, { firstDay: "2026-07-01", lastDay: "2026-09-30" }),
);
const itemOf = async (staffId: string) => {
  const { rows } = await s.owner.query<{ id: string; number: number }>(
    "select id, number from review_items where staff_id = $1",
    [staffId],
  );
  const [item] = rows;
  if (!item) throw new Error("No item");
  return item;
};
const decide = async (staffId: string, decision: "keep" | "revoke") => {
  const { id: itemId, number } = await itemOf(staffId);
  valueIn(await lookAtItem(asLead, { slug, number }));
  const justification = `The lead has decided to ${decision} it`;
  valueIn(await decideItem(asLead, { itemId, decision, justification }));
};
const reason = "Somebody else has more time for it.";
const sampledOf = await itemOf(busy);
const [sampled] = await readSample(w.worker.db, sampledOf.id);
if (!sampled) throw new Error("No sample");
valueIn(await openSample(asLead, { itemId: sampledOf.id, sessionId: sampled.sessionId }));
for (const [who, decision] of [
  [kept, "keep"],
  [busy, "keep"],
  [gone, "revoke"],
] as const)
  await decide(who, decision);
const { id: goneItem } = await itemOf(gone);
const task = {
  itemId: goneItem,
  what: "Take them out of the group.",
  ownerEmail: "mia@alongside.test",
};
const { taskId } = valueIn(await setTask(asLead, { ...task, dueOn: "2099-01-01" }));
valueIn(
  await giveTaskOn(w.cora, {
    taskId,
    ownerEmail: "max@alongside.test",
    dueOn: "2099-02-01",
    reason,
  }),
);
valueIn(await doneTask(w.max, { taskId }));
valueIn(
  await checkTask(asLead, { taskId, result: "refused", how: "Looked at the group: not there." }),
);
const { number } = await itemOf(s.ben);
const reviewerOf = async (item: number): Promise<string> =>
  (await s.owner.query("select reviewer_id as id from review_items where number = $1", [item]))
    .rows[0].id;
valueIn(
  await handOn(w.cora, {
    ...{ campaignId, number, reason },
    to: (await reviewerOf(number)) === s.mia ? s.max : s.mia,
  }),
);
valueIn(await remind(w.cora, { campaignId, reviewerId: await reviewerOf(number) }));
valueIn(
  await compareWithRoster(w.cora, {
    ...{ campaignId, fileName: "staff.csv" },
    roster: "email,name,status\nlead@alongside.test,Lead,active\nnew@alongside.test,New,active\n",
  }),
);
await makeLate(s, campaignId);
const expiresOn = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
valueIn(
  await closeCampaign(clem, {
    ...{ campaignId, ownerEmail: "adam@alongside.test", expiresOn },
    statement: "Every right of the quarter was looked at.",
  }),
);
await carryOnClosings(w.worker, 60_000);
valueIn(
  await correct(clem, {
    campaignId,
    number: null,
    correction: "The roster was that of the week before.",
  }),
);

/** Whatever refers to a review, directly or by what refers to it. */
const { rows: tables } = await s.owner.query<{ name: string }>(
  `with recursive of (rel) as (
     select 'campaigns'::regclass::oid
     union select k.conrelid from pg_constraint k join of on k.confrelid = of.rel where k.contype = 'f')
   select rel::regclass::text as name from of order by 1`,
);
const names = tables.map(({ name }) => name);

test("all that belongs to a review is known here", () => {
  expect(names).toEqual([
    ...[
      "campaigns",
      "review_assignments",
      "review_closings",
      "review_corrections",
      "review_decisions",
    ],
    ...["review_exceptions", "review_items", "review_looks", "review_packs", "review_remediations"],
    ...["review_reminders", "review_samples", "review_tasks_given_on", "roster_comparisons"],
  ]);
});

const another: Record<string, string> = {
  uuid: "gen_random_uuid()",
  text: "'keep'",
  integer: "4711",
  bigint: "4711",
  boolean: "not %",
  date: "'2001-01-01'",
  jsonb: "'[]'",
  "timestamp with time zone": "'2001-01-01Z'",
  ARRAY: "'{read}'",
};

test.each(names)("%s: no column of it changes any more, whoever tries", async (table) => {
  const { rows: columns } = await s.owner.query<{ name: string; type: string }>(
    "select column_name as name, data_type as type from information_schema.columns where table_schema = 'public' and table_name = $1",
    [table],
  );
  const { rows } = await s.owner.query(`select count(*)::integer as n from ${table}`);
  if (table !== "review_packs") expect(rows[0].n, "rows to try it on").toBeGreaterThan(0);
  const went: string[] = [];
  for (const { name, type } of columns)
    for (const [who, pool] of [
      ["runtime", s.runtime],
      ["owner", s.owner],
    ] as const) {
      const value = (another[type] ?? "null").replace("%", name);
      const done = await inTransaction(pool, async (sql) => {
        const { rowCount } = await sql.query(`update ${table} set ${name} = ${value}`);
        await sql.query("set constraints all immediate");
        return rowCount;
      }).catch(refusal);
      if (typeof done === "number" && done > 0) went.push(`${who}: ${name}`);
    }
  expect(went).toEqual([]);
});

test.each(names)("%s: nothing is added to it, deleted or emptied", async (table) => {
  const { rows: columns } = await s.owner.query<{ name: string; type: string }>(
    "select column_name as name, data_type as type from information_schema.columns where table_schema = 'public' and table_name = $1",
    [table],
  );
  const list = columns.map(({ name }) => name).join(", ");
  const copied = columns.map(({ name }) => (name === "id" ? "gen_random_uuid()" : name)).join(", ");
  const statements = [
    `insert into ${table} (${list}) select ${copied} from ${table}`,
    `delete from ${table}`,
    `truncate ${table} cascade`,
  ];
  const went: string[] = [];
  for (const statement of statements)
    for (const [who, pool] of [
      ["runtime", s.runtime],
      ["owner", s.owner],
    ] as const) {
      const done = await inTransaction(pool, async (sql) => {
        const { rowCount } = await sql.query(statement);
        await sql.query("set constraints all immediate");
        return rowCount ?? 1;
      }).catch(refusal);
      if (typeof done === "number" && done > 0) went.push(`${who}: ${statement.slice(0, 30)}`);
    }
  expect(went).toEqual([]);
});

test("once it is closed, figures are for the manager of today and compliance, not for who reviewed", async () => {
  const { number } = await itemOf(kept);
  const item = await findItem(w.worker.db, { slug, number });
  if (!item) throw new Error("No item");
  const sees = async (ctx: typeof asLead) => [
    await maySeeFigures(ctx.db, ctx.actor, item),
    (await readItems(ctx, campaignId, {})).rows.find((row) => row.number === number)?.sessions ??
      null,
  ];
  expect(await sees(asLead)).toEqual([true, 0]);
  expect(await sees(clem)).toEqual([true, 0]);
  await s.owner.query("update staff set manager_id = $2 where id = $1", [kept, s.mia]);
  expect(await sees(asLead)).toEqual([false, null]);
  expect(await sees(w.mia)).toEqual([true, null]);
});
