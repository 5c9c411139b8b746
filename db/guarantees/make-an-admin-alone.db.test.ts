import { v7 as newId } from "uuid";
import { expect, it } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql, update } from "#db/testing/sql.ts";
import type { AuditEvent, Role } from "#lib/vocabulary.ts";

const s = await scene();
const ada = await hire(s.owner, "ada", ["admin"]);
const abe = await hire(s.owner, "abe", ["admin"]);
const issuer = "https://login.acme.test";

async function propose(sql: Sql, by: string, staff_id: string | null, after: object) {
  const id = newId();
  await insert(sql, "proposals", {
    ...{ id, kind: "role", staff_id, before: {}, after, reason: "They run it with me" },
    ...{ proposed_by: by, lapses_at: new Date(Date.now() + 86_400_000) },
    made_entry_id: await entry(sql, "proposal.made", { actor: by }),
  });
  return id;
}
const accept = async (sql: Sql, id: string, by: string) =>
  update(sql, "proposals", id, {
    ...{ status: "accepted", decided_by: by, decided_at: new Date() },
    decided_entry_id: await entry(sql, "proposal.accepted", { actor: by }),
  });
const grant = async (sql: Sql, by: string, person: string, role: Role, body: Row = {}) =>
  insert(sql, "staff_roles", {
    ...{ id: newId(), staff_id: person, role },
    granted_entry_id: await entry(sql, "role.granted", {
      ...{ actor: by, body: { person, role, ...body } },
    }),
  });
const roles = ["admin"];

it("an admin is made by two: one proposes, another accepts, in the transaction that gives the role", async () => {
  const kim = await hire(s.owner, "kim", ["manager"]);
  expect(await attack(s, (sql) => grant(sql, ada, kim, "admin"))).toBe("staff_role_admin_by_one");
  const id = await s.commit((sql) => propose(sql, ada, kim, { roles: ["manager", "admin"] }));
  const given = (sql: Sql, by: string, more: Row = { proposal: id }) =>
    grant(sql, by, kim, "admin", more);
  expect(await attack(s, (sql) => given(sql, ada))).toBe("staff_role_admin_by_one");
  expect(await attack(s, (sql) => accept(sql, id, ada))).toBe("proposal_own");
  expect(
    await attack(s, async (sql) => {
      await accept(sql, id, abe);
      await given(sql, ada);
    }),
  ).toBe("staff_role_admin_by_one");
  expect(
    await attack(s, async (sql) => {
      await accept(sql, id, abe);
      await given(sql, abe, {});
    }),
  ).toBe("staff_role_admin_by_one");
  await s.commit(async (sql) => {
    await accept(sql, id, abe);
    await given(sql, abe);
  });
  await takeRole(s.owner, kim, "admin");
  // Once: what was accepted before gives nothing again.
  expect(await attack(s, (sql) => given(sql, abe))).toBe("staff_role_admin_by_one");
});

it("nobody is a second person through another account of theirs, nor makes that an admin", async () => {
  const other = await hire(s.owner, "ada2", ["admin"]);
  const plain = await hire(s.owner, "ada3", ["manager"]);
  await s.owner.query("update staff set person_id = $1 where id in ($2, $3)", [ada, other, plain]);
  const lou = await hire(s.owner, "lou", []);
  const id = await s.commit((sql) => propose(sql, ada, lou, { roles }));
  expect(await attack(s, (sql) => accept(sql, id, other))).toBe("proposal_own");
  expect(await attack(s, (sql) => grant(sql, ada, plain, "agent"))).toBe("staff_change_own");
  const self = await s.commit((sql) => propose(sql, abe, plain, { roles }));
  expect(await attack(s, (sql) => accept(sql, self, ada))).toBe("proposal_about_oneself");
  await takeRole(s.owner, other, "admin");
});

it("an acceptance is for the person and the role that were proposed", async () => {
  const [eve, mal] = [await hire(s.owner, "eve", []), await hire(s.owner, "mal", [])];
  for (const after of [{ roles: ["manager"] }, { role: "admin" }]) {
    const id = await s.commit((sql) => propose(sql, ada, eve, after));
    const body = { proposal: id };
    const made = await attack(s, async (sql) => {
      await accept(sql, id, abe);
      await grant(sql, abe, eve, "admin", body);
    });
    expect(made).toBe("staff_role_admin_by_one");
  }
  const id = await s.commit((sql) => propose(sql, ada, eve, { roles }));
  const made = await attack(s, async (sql) => {
    await accept(sql, id, abe);
    await grant(sql, abe, mal, "admin", { proposal: id });
  });
  expect(made).toBe("staff_role_admin_by_one");
});

it("both are admins: who proposed it still is when the other accepts", async () => {
  const vic = await hire(s.owner, "vic", []);
  expect(await attack(s, (sql) => propose(sql, s.max, vic, { roles }))).toBe("proposal_proposer");
  const byProduct = async (sql: Sql, kind: string) =>
    insert(sql, "proposals", {
      ...{ id: newId(), kind, staff_id: vic, before: {}, after: { roles }, reason: "By its sync" },
      ...{ product_id: s.product, lapses_at: new Date(Date.now() + 86_400_000) },
      made_entry_id: await entry(sql, "proposal.made", {}),
    });
  for (const kind of ["role", "policy"])
    expect(await attack(s, (sql) => byProduct(sql, kind))).toBe("proposal_proposer");

  const [left, out] = [
    await hire(s.owner, "left", ["admin"]),
    await hire(s.owner, "out", ["admin"]),
  ];
  const theirs = await s.commit((sql) => propose(sql, left, vic, { roles }));
  const others = await s.commit((sql) => propose(sql, out, vic, { roles }));
  await takeRole(s.owner, left, "admin");
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [out],
  );
  for (const id of [theirs, others])
    expect(await attack(s, (sql) => accept(sql, id, abe))).toBe("proposal_proposer");
});

it("is accepted before who proposed it leaves, or not at all", async () => {
  const going = await hire(s.owner, "going", ["admin"]);
  const fay = await hire(s.owner, "fay", []);
  const id = await s.commit((sql) => propose(sql, going, fay, { roles }));
  const leaving = await opened(s.owner);
  await leaving.sql.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [going],
  );
  const accepting = await opened(s.runtime);
  const outcome = accepting.race((sql) => accept(sql, id, abe));
  await waits(s.owner, accepting);
  await leaving.commit();
  expect(await outcome).toBe("proposal_proposer");
});

async function map(
  sql: Sql,
  by: string,
  group: string,
  role: Role,
  more: Row = {},
  body: Row = {},
) {
  const mapped_entry_id = await entry(sql, "group.mapped", {
    actor: by,
    body: { group, role, ...body },
  });
  await insert(sql, "issuer_groups", {
    ...{ id: newId(), group_name: group, role, mapped_by: by, mapped_entry_id, ...more },
  });
}

it("maps a group on record, by an admin, and to a privileged role by two", async () => {
  expect(await attack(s, (sql) => map(sql, s.max, "desk", "agent"))).toBe("issuer_group_not_admin");
  expect(await attack(s, (sql) => map(sql, ada, "desk", "agent", { group_name: "all" }))).toBe(
    "issuer_group_without_entry",
  );
  const forged = await attack(s, async (sql) => {
    const mapped_entry_id = await entry(sql, "group.mapped", {
      ...{ actor: abe, body: { group: "desk", role: "agent" } },
    });
    await map(sql, ada, "desk", "agent", { mapped_entry_id });
  });
  expect(forged).toBe("change_without_entry");
  for (const role of ["admin", "compliance"] as const)
    expect(await attack(s, (sql) => map(sql, ada, "all", role))).toBe("issuer_group_by_one");
  const after = { group: "audit", role: "compliance" };
  const id = await s.commit((sql) => propose(sql, ada, null, after));
  const other = await attack(s, async (sql) => {
    await accept(sql, id, abe);
    await map(sql, abe, "all", "compliance", {}, { proposal: id });
  });
  expect(other).toBe("issuer_group_by_one");
  await s.commit(async (sql) => {
    await accept(sql, id, abe);
    await map(sql, abe, "audit", "compliance", {}, { proposal: id });
  });
  expect(await attack(s, (sql) => sql.query("update issuer_groups set role = 'admin'"))).toBe(
    "42501",
  );
  expect(await attack(s, (sql) => sql.query("delete from issuer_groups"))).toBe("42501");
});

const byGroup = async (sql: Sql, person: string, role: Role, group: string, more: Row = {}) =>
  insert(sql, "staff_roles", {
    ...{ id: newId(), staff_id: person, role, issuer_group: group },
    granted_entry_id: await entry(sql, "role.granted", {
      body: { person, role, issuer_group: group },
    }),
    ...more,
  });
const bind = async (person: string) =>
  s.commit(async (sql) =>
    insert(sql, "staff_identities", {
      ...{ id: newId(), staff_id: person, issuer, subject: `sub-${person}` },
      bound_entry_id: await entry(sql, "identity.bound", { actor: person }),
    }),
  );
const take = async (sql: Sql, person: string, role: Role, event: AuditEvent, body: Row) =>
  sql.query(
    "update staff_roles set revoked_at = clock_timestamp(), revoked_entry_id = $1 where staff_id = $2 and role = $3 and revoked_at is null",
    [await entry(sql, event, { body: { person, role, ...body } }), person, role],
  );

it("gives by a group only what it is mapped to, to whom the issuer knows, on record", async () => {
  const zoe = await hire(s.owner, "zoe", []);
  await s.commit((sql) => map(sql, ada, "desk", "agent"));
  expect(await attack(s, (sql) => byGroup(sql, zoe, "agent", "desk"))).toBe("staff_role_not_bound");
  await bind(zoe);
  expect(await attack(s, (sql) => byGroup(sql, zoe, "manager", "desk"))).toBe(
    "staff_role_not_mapped",
  );
  expect(await attack(s, (sql) => byGroup(sql, zoe, "agent", "other"))).toBe(
    "staff_role_not_mapped",
  );
  expect(await attack(s, (sql) => byGroup(sql, zoe, "admin", "desk"))).toBe(
    "staff_role_not_mapped",
  );
  const unnamed = await attack(s, async (sql) => {
    const granted_entry_id = await entry(sql, "role.granted", {
      body: { person: zoe, role: "agent" },
    });
    await byGroup(sql, zoe, "agent", "desk", { granted_entry_id });
  });
  expect(unnamed).toBe("staff_change_without_entry");
  await s.commit((sql) => byGroup(sql, zoe, "agent", "desk"));
  expect(await attack(s, (sql) => byGroup(sql, zoe, "compliance", "audit"))).toBe(
    "staff_roles_held_once",
  );
});

it("takes by a group only what that group gave", async () => {
  const yan = await hire(s.owner, "yan", ["manager"]);
  for (const issuer_group of ["desk", ""])
    expect(
      await attack(s, (sql) => take(sql, yan, "manager", "role.revoked", { issuer_group })),
    ).toBe("staff_change_without_entry");
});

it("takes the last admin's role by no group, whoever goes at the same moment", async () => {
  const two = await hire(s.owner, "two", []);
  const after = { group: "root", role: "admin" };
  const id = await s.commit((sql) => propose(sql, ada, null, after));
  await s.commit(async (sql) => {
    await accept(sql, id, abe);
    await map(sql, abe, "root", "admin", {}, { proposal: id });
  });
  await bind(two);
  await s.commit((sql) => byGroup(sql, two, "admin", "root"));
  await takeRole(s.owner, abe, "admin");
  // Ada is taken by the one hand, the other by the group, at once: one of them stays.
  const [hand, group] = [await opened(s.runtime), await opened(s.runtime)];
  await hand.sql.query(
    "update staff_roles set revoked_at = clock_timestamp(), revoked_entry_id = $1 where staff_id = $2 and revoked_at is null",
    [
      await entry(hand.sql, "role.revoked", { actor: two, body: { person: ada, role: "admin" } }),
      ada,
    ],
  );
  const second = group.race((sql) =>
    take(sql, two, "admin", "role.revoked", { issuer_group: "root" }),
  );
  await waits(s.owner, group);
  await hand.commit();
  expect(await second).toBe("staff_role_last_admin");
});
