import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Sql } from "#db/testing/sql.ts";
import { newId } from "#lib/kernel/ids.ts";

const s = await scene();
const adam = await hire(s.owner, "adam", ["admin"]);

/** A break-glass that these people are to be told of; gives its entry. */
const broken = (asked: string[]) =>
  s.commit((sql) => entry(sql, "break_glass.used", { actor: s.ana, body: { asked } }));
const notice = (sql: Sql, entry_id: string, staff_id: string, more = {}) =>
  insert(sql, "notices", { id: newId(), entry_id, kind: "break_glass", staff_id, ...more });
const takeOut = (sql: Sql, id: string) =>
  sql.query("delete from notice_outbox where entry_id = $1", [id]);

test("by taking the entry out of the outbox without telling everybody of it", async () => {
  const id = await broken([s.max, s.mia]);
  expect(await attack(s, (sql) => takeOut(sql, id))).toBe("notice_not_told");
  expect(
    await attack(s, async (sql) => {
      await notice(sql, id, s.max);
      await takeOut(sql, id);
    }),
  ).toBe("notice_not_told");
  expect(await attack(s, (sql) => sql.query("truncate notice_outbox"))).toBe("42501");
  await s.commit(async (sql) => {
    await takeOut(sql, id);
    for (const person of [s.max, s.mia]) await notice(sql, id, person);
  });
});

test("by keeping the entry out of the outbox, or making it another's", async () => {
  const { rows } = await s.owner.query(
    "select count(*)::integer as n from notice_outbox where entry_id = $1",
    [await broken([s.max])],
  );
  expect(rows).toEqual([{ n: 1 }]);
  expect(await attack(s, (sql) => insert(sql, "notice_outbox", { entry_id: newId() }))).toBe(
    "42501",
  );
  expect(await attack(s, (sql) => sql.query("update notice_outbox set at = now()"))).toBe(
    "notice_outbox_only_taken",
  );
});

test("by changing, doubling or removing what somebody was told", async () => {
  const id = await broken([]);
  await s.commit((sql) => notice(sql, id, s.max));
  const all: [string, string][] = [
    ["delete from notices", "42501"],
    ["update notices set staff_id = entry_id", "42501"],
    ["update notices set kind = 'test'", "42501"],
    ["update notices set changed = changed - 1", "notice_frozen"],
  ];
  for (const [statement, refused] of all)
    expect(await attack(s, (sql) => sql.query(statement))).toBe(refused);
  expect(await attack(s, (sql) => notice(sql, id, s.max))).toBe("notices_once");
  expect(await attack(s, (sql) => notice(sql, newId(), s.max))).toBe(
    "notices_entry_id_audit_entry_id_fk",
  );
});

test("by marking it as read before it was there", async () => {
  const id = await broken([]);
  await s.commit((sql) => notice(sql, id, s.mia, { read_at: new Date(), at: new Date(0) }));
  const { rows } = await s.owner.query(
    "select read_at, at > now() - interval '1 minute' as now from notices where entry_id = $1",
    [id],
  );
  expect(rows).toEqual([{ read_at: null, now: true }]);
});

test("by saying that a copy was sent, or given up, that was not", async () => {
  const id = await broken([]);
  const told = newId();
  await s.commit((sql) => notice(sql, id, s.moe, { id: told }));
  const copy = (sql: Sql, more = {}) =>
    insert(sql, "notice_deliveries", { id: newId(), notice_id: told, channel: "mail", ...more });
  expect(
    await attack(s, (sql) => copy(sql, { status: "sent", sent_at: new Date(), ref: "x" })),
  ).toBe("delivery_starts_waiting");
  await s.commit((sql) => copy(sql));
  const change = (set: string) =>
    attack(s, (sql) => sql.query(`update notice_deliveries set ${set}`));
  expect(await change("status = 'failed'")).toBe("notice_deliveries_failed_entry");
  expect(await change(`status = 'failed', failed_entry_id = '${id}'`)).toBe("change_without_entry");
  expect(await change("status = 'sent', sent_at = now()")).toBe("notice_deliveries_ref");
  await s.commit((sql) =>
    sql.query(
      "update notice_deliveries set status = 'sent', sent_at = now(), ref = 'r', sent_to = 'a@b'",
    ),
  );
  expect(await change("sent_to = 'c@d'")).toBe("delivery_frozen");
  expect(await change("status = 'waiting', sent_at = null, ref = null")).toBe("delivery_frozen");
});

test("by choosing for somebody else", async () => {
  const choice = (sql: Sql, staff_id: string, entry_id: string) =>
    insert(sql, "notice_choices", {
      ...{ staff_id, topic: "approvals", channel: "mail", wanted: false, entry_id },
    });
  expect(
    await attack(s, async (sql) =>
      choice(sql, s.max, await entry(sql, "notices.changed", { actor: s.ana })),
    ),
  ).toBe("change_without_entry");
  const { rows } = await s.owner.query("select id from audit_entry limit 1");
  expect(await attack(s, (sql) => choice(sql, s.max, rows[0]?.id))).toBe("change_without_entry");
});

test("by leading a team's channel elsewhere without being an admin, or without its entry", async () => {
  const channel = (sql: Sql, by: string, entry_id: string, more = {}) =>
    insert(sql, "notice_channels", {
      ...{ id: newId(), channel: "slack", name: "Approvers", team: "EMEA support" },
      ...{ address: "C0123456", groups: ["approvals"], changed_by: by, entry_id, ...more },
    });
  const former = await hire(s.owner, "former", ["admin"]);
  await takeRole(s.owner, former, "admin");
  for (const by of [s.max, s.ana, former])
    expect(
      await attack(s, async (sql) =>
        channel(sql, by, await entry(sql, "channel.added", { actor: by })),
      ),
    ).toBe("notice_channel_not_admin");
  for (const [event, actor] of [
    ["channel.changed", adam],
    ["channel.added", s.max],
  ] as const)
    expect(
      await attack(s, async (sql) => channel(sql, adam, await entry(sql, event, { actor }))),
    ).toBe("change_without_entry");
  const id = newId();
  await s.commit(async (sql) =>
    channel(sql, adam, await entry(sql, "channel.added", { actor: adam }), { id }),
  );
  expect(await attack(s, (sql) => sql.query("update notice_channels set address = 'C0666'"))).toBe(
    "notice_channel_frozen",
  );
  expect(await attack(s, (sql) => sql.query("delete from notice_channels"))).toBe("42501");
  await s.commit(async (sql) => {
    const entry_id = await entry(sql, "channel.removed", { actor: adam });
    await sql.query("update notice_channels set removed_at = now(), entry_id = $2 where id = $1", [
      id,
      entry_id,
    ]);
  });
  expect(
    await attack(s, async (sql) => {
      const entry_id = await entry(sql, "channel.changed", { actor: adam });
      await sql.query("update notice_channels set removed_at = null, entry_id = $1", [entry_id]);
    }),
  ).toBe("notice_channel_frozen");
});
