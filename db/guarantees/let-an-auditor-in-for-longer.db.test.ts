import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { enter, invite, revoke } from "#db/testing/guests.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";

const s = await scene();
const cora = await hire(s.owner, "cora", ["compliance"]);
const days = (n: number) => new Date(Date.now() + n * 86_400_000);

test("for more than thirty days, or for a time that is over", async () => {
  for (const expires_at of [days(31), days(-1)])
    expect(await attack(s, (sql) => invite(sql, cora, { expires_at }))).toBe("guests_thirty_days");
});

test("as if it were invited later: the times are the database's", async () => {
  expect(
    await attack(s, (sql) => invite(sql, cora, { invited_at: days(300), expires_at: days(320) })),
  ).toBe("guests_thirty_days");
  const guest = await s.commit((sql) =>
    invite(sql, cora, { starts_at: days(-9000), ends_at: days(9000) }),
  );
  const { rows } = await s.owner.query(
    `select starts_at = '2026-06-30T23:00:00Z' as "from", ends_at = '2026-09-30T23:00:00Z' as "to" from guests where id = $1`,
    [guest.id],
  );
  expect(rows).toEqual([{ from: true, to: true }]);
});

test("as somebody who is not compliance, or no longer", async () => {
  const former = await hire(s.owner, "former", ["compliance"]);
  await takeRole(s.owner, former, "compliance");
  for (const by of [s.ana, s.max, await hire(s.owner, "adam", ["admin"]), former])
    expect(await attack(s, (sql) => invite(sql, by))).toBe("guest_not_compliance");
  const guest = await s.commit((sql) => invite(sql, cora));
  expect(await attack(s, (sql) => revoke(sql, s.max, guest))).toBe("guest_not_compliance");
});

test("without an entry of its own that names the guest", async () => {
  for (const [event, actor] of [
    ["guest.invited", s.max],
    ["guest.read", cora],
  ] as const)
    expect(
      await attack(s, async (sql) =>
        invite(
          sql,
          cora,
          { invited_entry_id: await entry(sql, event, { actor, body: { guest: cora } }) },
          null,
        ),
      ),
    ).toBe("change_without_entry");
  const other = await s.commit((sql) => entry(sql, "guest.invited", { actor: cora }));
  expect(await attack(s, (sql) => invite(sql, cora, { invited_entry_id: other }, null))).toBe(
    "change_without_entry",
  );
  const guest = await s.commit((sql) => invite(sql, cora));
  expect(
    await attack(s, async (sql) =>
      enter(sql, guest, {
        used_entry_id: await entry(sql, "guest.entered", {
          actor: guest.id,
          body: { guest: cora },
        }),
      }),
    ),
  ).toBe("change_without_entry");
});

test("by prolonging it, or moving its period", async () => {
  const guest = await s.commit((sql) => invite(sql, cora));
  for (const set of [
    "expires_at = expires_at + interval '1 day'",
    "first_day = '2020-01-01'",
    "starts_at = '-infinity'",
    "email = 'other@vale.test'",
  ]) {
    const statement = `update guests set ${set} where id = '${guest.id}'`;
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
    await expect(s.owner.query(statement)).rejects.toMatchObject({ constraint: "guest_frozen" });
  }
});

test("after the end: by ending it otherwise, by a new link, or by the old one", async () => {
  const guest = await s.commit((sql) => invite(sql, cora));
  await s.commit((sql) => revoke(sql, cora, guest));
  expect(await attack(s, (sql) => revoke(sql, cora, guest))).toBe("guest_frozen");
  expect(await attack(s, (sql) => enter(sql, guest))).toBe("guest_over");
  expect(
    await attack(s, (sql) =>
      sql.query(
        "update guests set revoked_at = null, revoked_by = null, revoked_entry_id = null where id = $1",
        [guest.id],
      ),
    ),
  ).toBe("guest_frozen");
  expect(
    await attack(s, async (sql) =>
      sql.query(
        `insert into guest_links (id, guest_id, secret_hash, made_by, entry_id) values (gen_random_uuid(), $1, $2, $3, $4)`,
        [
          guest.id,
          randomBytes(32),
          cora,
          await entry(sql, "guest.invited", { actor: cora, body: { guest: guest.id } }),
        ],
      ),
    ),
  ).toBe("guest_over");
});

test("once the time is over", async () => {
  const guest = await s.commit((sql) => invite(sql, cora));
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "guests", () =>
      sql.query(
        "update guests set invited_at = invited_at - interval '20 days', expires_at = expires_at - interval '20 days' where id = $1",
        [guest.id],
      ),
    ),
  );
  expect(await attack(s, (sql) => enter(sql, guest))).toBe("guest_over");
});

test("by a link that was used, is too old, or has a newer one", async () => {
  const used = await s.commit((sql) => invite(sql, cora));
  await s.commit((sql) => enter(sql, used));
  expect(await attack(s, (sql) => enter(sql, used))).toBe("guest_link_used");

  const old = await s.commit((sql) => invite(sql, cora));
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "guest_links", () =>
      sql.query("update guest_links set good_until = now() where id = $1", [old.link]),
    ),
  );
  expect(await attack(s, (sql) => enter(sql, old))).toBe("guest_link_late");

  const two = await s.commit((sql) => invite(sql, cora));
  await s.commit(async (sql) => {
    const named = await entry(sql, "guest.invited", { actor: cora, body: { guest: two.id } });
    await sql.query(
      "insert into guest_links (id, guest_id, secret_hash, made_by, entry_id) values (gen_random_uuid(), $1, $2, $3, $4)",
      [two.id, randomBytes(32), cora, named],
    );
  });
  expect(await attack(s, (sql) => enter(sql, two))).toBe("guest_link_replaced");
});

test("by the old link of who has left", async () => {
  const guest = await s.commit((sql) => invite(sql, cora));
  await s.commit((sql) => enter(sql, guest));
  await s.commit(async (sql) => {
    const left = await entry(sql, "sign_in.ended", { actor: guest.id, body: { guest: guest.id } });
    await sql.query("update guest_links set left_at = now(), left_entry_id = $2 where id = $1", [
      guest.link,
      left,
    ]);
  });
  expect(
    await attack(s, (sql) =>
      sql.query("update guest_links set left_at = null, left_entry_id = null where id = $1", [
        guest.link,
      ]),
    ),
  ).toBe("guest_link_frozen");
});

test("by taking either off the record", async () => {
  for (const table of ["guests", "guest_links"])
    for (const verb of ["delete from", "truncate"]) {
      expect(await attack(s, (sql) => sql.query(`${verb} ${table}`))).toBe("42501");
      await expect(
        s.owner.query(`${verb} ${table} ${verb === "truncate" ? "cascade" : ""}`),
      ).rejects.toMatchObject({
        constraint: expect.stringMatching(/_append_only$/),
      });
    }
});

test("with a link for two guests, or a secret that is none", async () => {
  const first = await s.commit((sql) => invite(sql, cora));
  expect(await attack(s, (sql) => invite(sql, cora, {}, { secret_hash: first.secretHash }))).toBe(
    "guest_links_secret",
  );
  expect(await attack(s, (sql) => invite(sql, cora, {}, { secret_hash: randomBytes(8) }))).toBe(
    "guest_links_hashes",
  );
});
