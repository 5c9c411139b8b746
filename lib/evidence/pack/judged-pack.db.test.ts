import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { begins, ends, quarter, trapped, traps } from "#db/testing/trapped.ts";
import { worked } from "#db/testing/worked.ts";
import { unzipped } from "#lib/files/testing.ts";
import { closeCampaign } from "#lib/reviews/close-campaign.ts";
import { compareWithRoster } from "#lib/reviews/compare.ts";
import { decideItem } from "#lib/reviews/decide.ts";
import { lookAtItem } from "#lib/reviews/look.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { makeLate, underReview, valueIn } from "#lib/reviews/testing.ts";
import { makePack } from "./make-pack.ts";
import { newKeys } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
await insert(s.owner, "policy_versions", {
  version: 15,
  body: { ...policy14, zone: "Europe/Berlin" },
});
const idOf = await trapped(s, (id) =>
  worked(s, [
    { who: id("two roles"), at: begins, subject: s.jane, views: 2 },
    { who: id("two roles"), at: "2026-02-10T22:50:00Z", subject: s.rita, by: s.max, after: 60 },
    { who: id("two roles"), at: ends, subject: s.jane },
    { who: id("dormant"), at: "2024-07-01T10:00:00Z", subject: s.jane },
  ]),
);
const later = "2026-10-05Z";
const clem = await w.as(await w.person("clem", [{ role: "compliance", from: later }]), "clem", [
  "compliance",
]);
await w.person("adam", [{ role: "admin", from: later }]);
const boss = await w.as(idOf("boss"), "boss", ["manager"]);
const { id: campaignId, slug } = valueIn(await openCampaign(w.cora, quarter));
const itemOf = async (name: string, role: string, nth = 0) => {
  const { rows } = await s.owner.query<{ id: string; number: number }>(
    "select id, number from review_items where staff_id = $1 and role = $2 order by granted_at",
    [idOf(name), role],
  );
  const item = rows[nth];
  if (!item) throw new Error("No item");
  return item;
};
const decide = async (name: string, role: string, decision: "keep" | "change" | "revoke") => {
  const { id: itemId, number } = await itemOf(name, role);
  valueIn(await lookAtItem(boss, { slug, number }));
  const justification = `The boss has decided to ${decision} it`;
  valueIn(await decideItem(boss, { itemId, decision, justification }));
};
await decide("two roles", "agent", "keep");
await decide("two roles", "manager", "revoke");
await decide("dormant", "agent", "change");
valueIn(
  await compareWithRoster(w.cora, {
    campaignId,
    fileName: "staff.csv",
    roster: "email,name,status\nboss@alongside.test,Boss,active\nnew@alongside.test,New,active\n",
  }),
);
await makeLate(s, campaignId);
valueIn(
  await closeCampaign(clem, {
    campaignId,
    statement: "Every right of the quarter was looked at.",
    ownerEmail: "clem@alongside.test",
    expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  }),
);
const { content } = valueIn(await makePack(clem, slug, await newKeys()));
const bytes = await buffer(content);
const files = new Map(unzipped(bytes).map((file) => [file.name, file.content.toString("utf8")]));
type Row = Record<string, string>;
const items: Row[] = parse(files.get("items.csv") ?? "", { columns: true });
const of = (name: string, nth = 0) =>
  items
    .filter((item) => item.name === name)
    .sort((a, b) => (`${a.role} ${a.granted_at}` < `${b.role} ${b.granted_at}` ? -1 : 1))[nth];

/** What the issue asks of each item, and where it stands. */
const asked: [string, string[]][] = [
  ["item", ["item", "item_id"]],
  ["staff id, name, mail", ["staff_id", "name", "mail"]],
  ["employment status", ["employment_status"]],
  ["manager at snapshot", ["manager_at_snapshot"]],
  ["kind of account", ["account_kind"]],
  ["role, permissions, scope, privileged", ["role", "permissions", "scope", "privileged"]],
  ["source and date of grant, granted by", ["grant_source", "granted_at", "granted_by"]],
  ["last use, sessions in period", ["last_used_at", "sessions_in_period"]],
  ["break-glass count, open findings", ["break_glass_count", "open_findings"]],
  ["reviewer and role", ["reviewer", "reviewer_role"]],
  ["conflict check, reassignments", ["conflict_check", "reassignments"]],
  ["decision, justification, decided at", ["decision", "justification", "decided_at"]],
  ["sign-in strength", ["sign_in", "seconds_since_proof"]],
  ["time on item, bulk", ["seconds_on_item", "in_bulk"]],
  ["remediation: id, by, at", ["remediation_id", "remediated_by", "remediated_at"]],
  [
    "remediation: how verified, result, at",
    ["remediation_verified_how", "remediation_result", "remediation_verified_at"],
  ],
  ["exception owner and expiry", ["exception_owner", "exception_expires_on"]],
  ["entry id", ["entry_id"]],
];
test.each(asked)("%s is there", (_, columns) => {
  for (const column of columns) expect(Object.keys(items[0] ?? {})).toContain(column);
});

test("each item says who, what, since when, and by whom; nothing is left out where there is something", () => {
  expect(items).toHaveLength(
    Object.values(traps).flatMap(({ rights }) => rights.filter((right) => !right.out)).length + 7,
  );
  const always = [
    ...["item", "item_id", "staff_id", "name", "mail", "employment_status", "account_kind", "role"],
    ...["permissions", "privileged", "grant_source", "granted_at", "sessions_in_period"],
    ...["break_glass_count", "open_findings", "reviewer", "reviewer_role", "conflict_check"],
  ];
  for (const item of items)
    for (const column of always) expect(item[column], `${item.name}: ${column}`).not.toBe("");
  for (const item of items.filter(({ ended_at }) => ended_at === ""))
    for (const column of ["decision", "justification", "entry_id"])
      expect(item[column], `${item.name}: ${column}`).not.toBe("");
  for (const item of items.filter(({ decision }) => /change|revoke/.test(decision ?? "")))
    expect(item).toMatchObject({
      remediation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      remediated_by: expect.stringMatching(/^(boss|policy)$/),
      remediated_at: expect.stringMatching(/Z$/),
      remediation_verified_how: expect.stringMatching(/\w/),
      remediation_result: "refused",
      remediation_verified_at: expect.stringMatching(/Z$/),
    });
});

test("an item, field by field", () => {
  expect(of("two roles", 0)).toMatchObject({
    ...{ campaign: slug, mail: "two.roles@alongside.test", employment_status: "active" },
    ...{ manager_at_snapshot: "boss", account_kind: "person", role: "agent", scope: "read write" },
    ...{ privileged: "true", grant_source: "set_up", granted_at: "2024-06-01T08:00:00.000000Z" },
    ...{ granted_by: "", ended_at: "", last_used_at: "2026-02-10T22:50:00.000Z" },
    ...{ sessions_in_period: "2", break_glass_count: "0", open_findings: "0", reviewer: "boss" },
    ...{ reviewer_role: "manager", reviewer_assigned_as: "manager", reassignments: "" },
    conflict_check: "No conflict: boss did not grant it and does not report to two roles.",
    ...{ decision: "keep", justification: "The boss has decided to keep it", decided_by: "boss" },
    ...{ in_bulk: "false", remediation_id: "", exception_owner: "", exception_expires_on: "" },
    ...{ sample_size: "1", sample_opened: "0" },
  });
  expect(of("two roles", 1)).toMatchObject({
    ...{ role: "manager", scope: "", sessions_in_period: "0", last_used_at: "" },
    ...{ decision: "revoke", remediated_by: "boss", remediation_result: "refused" },
  });
  expect(of("dormant")).toMatchObject({
    ...{ decision: "change", last_used_at: "2024-07-01T10:00:00.000Z", sessions_in_period: "0" },
  });
  expect(of("first admin")).toMatchObject({ role: "admin", grant_source: "set_up" });
  expect(of("admin by command")).toMatchObject({ grant_source: "command", granted_by: "" });
  expect(of("given by kim")).toMatchObject({
    ...{ grant_source: "panel", granted_by: "kim", reviewer: "lee" },
    ...{ reviewer_assigned_as: "higher_manager", decided_by: "policy", decision: "revoke" },
  });
  expect(of("robot")).toMatchObject({ account_kind: "service", manager_at_snapshot: "" });
});

test("the edges can be checked: they are there to the microsecond", () => {
  expect(of("taken a moment later")).toMatchObject({
    ...{ ended_at: "2025-12-31T23:00:00.000001Z", decision: "" },
    conflict_check:
      "When it was given out: No conflict: boss did not grant it and does not report to taken a moment later.",
  });
  expect(of("given a moment before the end")?.granted_at).toBe("2026-03-31T21:59:59.999999Z");
  for (const { granted_at = "", ended_at = "" } of items) {
    expect(granted_at < ends).toBe(true);
    expect(ended_at === "" || ended_at > begins).toBe(true);
  }
});

test("whoever has the pack hashes the population again, as the log has it", async () => {
  const lines = (files.get("items.jsonl") ?? "").trim().split("\n");
  const text = lines.map((line) => {
    const { item, grant_id, staff_id, mail, role, granted_at, granted_by_id, ended_at } =
      JSON.parse(line);
    const told = [item, grant_id, staff_id, mail, role, granted_at];
    return `${[...told, granted_by_id ?? "-", ended_at ?? "-"].join(" ")}\n`;
  });
  const sha256 = createHash("sha256").update(text.join("")).digest("hex");
  const { rows } = await s.owner.query(
    "select p.body::jsonb ->> 'population_sha256' as sha256 from campaigns c join audit_payload p on p.entry_id = c.opened_entry_id",
  );
  expect(rows).toEqual([{ sha256 }]);
  expect(JSON.parse(files.get("manifest.json") ?? "")).toMatchObject({ population_sha256: sha256 });
});

test("who is in one list and not in the other is there to the last", () => {
  const listed: Row[] = parse(files.get("roster.csv") ?? "", { columns: true });
  const of = (where: string) => listed.filter((one) => one.where === where);
  expect(of("only in the roster")).toEqual([
    { where: "only in the roster", mail: "new@alongside.test", name: "New", status: "active" },
  ]);
  const people = new Set(items.map(({ staff_id }) => staff_id)).size;
  expect(of("only here")).toHaveLength(people - 1);
  expect(listed).toHaveLength(people);
});
