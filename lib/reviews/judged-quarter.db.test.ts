import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { daysAway } from "#db/testing/days.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { begins, ends, quarter, trapped, traps } from "#db/testing/trapped.ts";
import { decideItem } from "./decide.ts";
import { handOn } from "./hand-on.ts";
import { lookAtItem } from "./look.ts";
import { openCampaign } from "./open-campaign.ts";
import { populationFile } from "./population-file.ts";
import { readPossibleReviewers } from "./reviewers.ts";
import { codeOf, underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
await insert(s.owner, "policy_versions", {
  version: 15,
  body: { ...policy14, zone: "Europe/Berlin" },
});
const idOf = await trapped(s);
const opened = valueIn(await openCampaign(w.cora, quarter));

type Item = Record<string, string | null>;
const micros = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const { rows: items } = await s.owner.query<Item>(
  `select i.number, i.name, i.role, array_to_string(i.scopes, ' ') as scopes, i.privileged::text, i.kind, i.status, i.source,
     ${micros("i.granted_at")} as granted, ${micros("i.ended_at")} as ended, i.granted_by_name as giver,
     i.manager_name as manager, i.staff_id as id, i.granted_by as giver_id, i.reviewer_id, r.name as reviewer, i.reviewer_how as how
   from review_items i left join staff r on r.id = i.reviewer_id where i.campaign_id = $1 order by i.number`,
  [opened.id],
);
const of = (name: string) =>
  items
    .filter((item) => item.name === name)
    .sort((a, b) => (`${a.role} ${a.granted}` < `${b.role} ${b.granted}` ? -1 : 1));

test("the quarter begins and ends by Berlin's clocks", async () => {
  const { rows } = await s.owner.query(
    `select ${micros("starts_at")} as begins, ${micros("ends_at")} as ends, ${micros("through_at")} as through from campaigns`,
  );
  expect(rows).toEqual([{ begins, ends, through: ends }]);
});

test("the population is what was counted by hand, and nothing else", () => {
  const known = new Set(Object.keys(traps));
  const found = items.filter(({ name }) => known.has(String(name)));
  const expected = Object.entries(traps).flatMap(([name, { rights }]) =>
    rights.filter((right) => !right.out).map(({ role }) => `${name}: ${role}`),
  );
  expect(found.map(({ name, role }) => `${name}: ${role}`).sort()).toEqual(expected.sort());
  // Ana, Ben, Max and Mia have one role, Moe two, and Cora is compliance.
  expect(items).toHaveLength(expected.length + 7);
});

test.each(Object.entries(traps))("%s: each grant as it was", (name, { rights, more, manager }) => {
  const expected = rights
    .filter((right) => !right.out)
    .map((right) => ({
      role: right.role,
      scopes: right.role === "agent" ? (right.looking ? "read" : "read write") : "",
      privileged: String(!right.looking),
      granted: right.from ?? "2024-06-01T08:00:00.000000Z",
      ended: right.to ?? null,
      giver: right.by ?? null,
      source: right.by ? "panel" : right.byCommand ? "command" : "set_up",
      kind: more?.kind ?? "person",
      status: more?.status ?? "active",
      manager: manager ?? null,
    }));
  expect(of(name)).toHaveLength(expected.length);
  expect(of(name)).toMatchObject(expected);
});

test.each(Object.entries(traps).filter(([, { rights }]) => rights.some(({ out }) => !out)))(
  "%s: reviewed by whom it was written down by hand",
  (name, { reviewer, how }) => {
    for (const item of of(name))
      if (typeof reviewer === "string") expect(item).toMatchObject({ reviewer, how });
      else expect(item.how).toBe(reviewer?.anybody);
  },
);

test("nobody reviews themselves, what they gave, or who they report to; whoever reviews may, and is a person", async () => {
  const { rows: staff } = await s.owner.query<{
    id: string;
    manager_id: string | null;
    may: boolean;
  }>(
    `select s.id, s.manager_id, s.status = 'active' and s.kind = 'person' and exists (
       select from staff_roles g where g.staff_id = s.id and g.role in ('manager', 'compliance') and g.revoked_at is null) as may
     from staff s`,
  );
  const people = new Map(staff.map((one) => [one.id, one]));
  const above = (id: string): Set<string> => {
    const found = new Set<string>();
    for (let at = people.get(id)?.manager_id; at && !found.has(at); at = people.get(at)?.manager_id)
      found.add(at);
    return found;
  };
  for (const { name, id, giver_id, reviewer_id } of items) {
    const reviewer = String(reviewer_id);
    expect(people.get(reviewer)?.may, `${name}'s reviewer`).toBe(true);
    expect(reviewer).not.toBe(id);
    expect(reviewer).not.toBe(giver_id);
    expect(above(reviewer).has(String(id)), `${name} is above who reviews them`).toBe(false);
  }
});

test("the counts add up, and the query gives the same again", async () => {
  const count = (by: (item: Item) => unknown) => new Set(items.map(by)).size;
  const only = (by: (item: Item) => boolean) => items.filter(by);
  const people = (some: Item[]) => new Set(some.map(({ id }) => id)).size;
  expect(opened.counts).toMatchObject({
    grants: items.length,
    people: count(({ id }) => id),
    deactivated: people(only(({ status }) => status === "deactivated")),
    service: people(only(({ kind }) => kind === "service")),
    ended: only(({ ended }) => ended !== null).length,
    byRole: {
      admin: 2,
      agent: only(({ role }) => role === "agent").length,
      compliance: 2,
      manager: only(({ role }) => role === "manager").length,
    },
  });
  // One ended two years before, one with the person, one at the first instant; two begin after the end.
  const out = Object.values(traps).flatMap(({ rights }) => rights.filter((right) => right.out));
  expect(opened.counts.onRecord).toEqual({
    ...{ grants: items.length + out.length, endedBefore: 3, givenAfter: 2 },
    // Four whose only right is out, and one who never had any.
    ...{ people: opened.counts.people + 5, withoutRight: 5 },
  });
  const { rows } = await s.owner.query("select query from campaigns");
  const again = await s.owner.query(`${rows[0].query} order by number`);
  expect(again.rows.map(({ number, name }) => [number, name])).toEqual(
    items.map(({ number, name }) => [number, name]),
  );
});

test("nobody can hand an item on to a service account", async () => {
  const { rows } = await s.owner.query<{ id: string; number: number; robot: string }>(
    `select i.id, i.number, (select id from staff where name = 'robot that manages') as robot
       from review_items i where i.name = 'ana'`,
  );
  const [item] = rows;
  if (!item) throw new Error("No item");
  const possible = await readPossibleReviewers(w.worker.db, item.id);
  expect(possible.map(({ name }) => name)).toContain("cora");
  expect(possible.map(({ name }) => name)).not.toContain("robot that manages");
  const handed = await handOn(w.cora, {
    ...{ campaignId: opened.id, number: item.number, to: item.robot },
    reason: "The boss is on holiday",
  });
  expect(codeOf(handed)).toBe("conflict");
});

test("whoever takes the population as a file hashes it again, and that it was taken is on record", async () => {
  let text = "";
  for await (const piece of populationFile(w.cora, opened)) text += piece;
  const rows: string[][] = parse(text, { from_line: 2 });
  expect(rows).toHaveLength(items.length);
  const lines = rows.map(
    (row) =>
      `${row
        .slice(0, 8)
        .map((cell) => cell || "-")
        .join(" ")}\n`,
  );
  const sha256 = createHash("sha256").update(lines.join("")).digest("hex");
  const { rows: entries } = await s.owner.query(
    `select e.event, p.body::jsonb ->> 'population_sha256' as sha256 from audit_entry e join audit_payload p on p.entry_id = e.id
       where e.event in ('review.opened', 'population.read') order by e.occurred_at`,
  );
  expect(entries).toEqual([
    { event: "review.opened", sha256 },
    { event: "population.read", sha256 },
  ]);
});

test("what a review leaves of a right comes from that review, in the next one", async () => {
  const boss = await w.as(idOf("boss"), "boss", ["manager"]);
  const { rows } = await s.owner.query<{ id: string; number: number }>(
    "select id, number from review_items where name = 'dormant'",
  );
  const [item] = rows;
  if (!item) throw new Error("No item");
  valueIn(await lookAtItem(boss, { slug: opened.slug, number: item.number }));
  const justification = "Only looks up invoices by now";
  valueIn(await decideItem(boss, { itemId: item.id, decision: "change", justification }));
  const next = valueIn(
    await openCampaign(w.cora, { firstDay: daysAway(-30), lastDay: daysAway(30) }),
  );
  const { rows: found } = await s.owner.query(
    `select array_to_string(scopes, ' ') as scopes, source, granted_by, ended_at is not null as ended from review_items
       where campaign_id = $1 and name = 'dormant' order by granted_at`,
    [next.id],
  );
  expect(found).toEqual([
    { scopes: "read write", source: "set_up", granted_by: null, ended: true },
    { scopes: "read", source: "review", granted_by: null, ended: false },
  ]);
});
