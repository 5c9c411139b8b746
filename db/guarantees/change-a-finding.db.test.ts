import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import {
  about,
  answerFinding,
  askAbout,
  disposeOf,
  growFinding,
  raiseFinding,
} from "#db/testing/findings.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Sql, update } from "#db/testing/sql.ts";

const s = await scene();
const live = await s.live();
const finding = () => s.commit((sql) => raiseFinding(sql, s.ana));

test("raised without its entry, with that of another finding, or of an earlier transaction", async () => {
  const old = await s.commit((sql) => about(sql, "finding.raised", s.ana));
  for (const make of [
    async () => old,
    (sql: Sql) => about(sql, "finding.raised", s.ben),
    (sql: Sql) => about(sql, "finding.grown", s.ana),
  ])
    expect(
      await attack(s, async (sql) =>
        raiseFinding(sql, s.ana, { raised_entry_id: await make(sql) }),
      ),
    ).toBe("change_without_entry");
});

test("raised as disposed of, as answered, or due in a year", async () => {
  for (const more of [
    { asked_at: new Date() },
    {
      status: "explained",
      note: "Nothing to see here at all",
      disposed_by: s.max,
      disposed_at: new Date(),
      disposed_entry_id: s.ana,
    },
  ])
    expect(await attack(s, (sql) => raiseFinding(sql, s.ana, more))).toBe("finding_starts_open");
  const due_at = new Date(Date.now() + 365 * 86_400_000);
  expect(await attack(s, (sql) => raiseFinding(sql, s.ana, { due_at }))).toBe("findings_due");
});

test("twice for one pattern", async () => {
  await s.commit((sql) => raiseFinding(sql, s.ana, { pattern: "vip once" }));
  expect(await attack(s, (sql) => raiseFinding(sql, s.ana, { pattern: "vip once" }))).toBe(
    "findings_pattern",
  );
});

test.each(["actor_id", "other_id", "detector", "pattern", "due_at", "raised_at", "first_at"])(
  "its %s",
  async (column) => {
    const id = await finding();
    expect(
      await attack(s, (sql) =>
        sql.query(`update findings set ${column} = ${column} where id = $1`, [id]),
      ),
    ).toBe("42501");
    const asOwner = { owner: s.owner, runtime: s.owner };
    const other = { actor_id: s.ben, other_id: s.ben, detector: "dormant", pattern: "another" };
    const later = new Date(Date.now() + 86_400_000);
    const value = column in other ? Object.entries(other).find(([k]) => k === column)?.[1] : later;
    expect(await attack(asOwner, (sql) => update(sql, "findings", id, { [column]: value }))).toBe(
      "finding_frozen",
    );
  },
);

test("its words without an entry, or beside something else", async () => {
  const id = await finding();
  expect(await attack(s, (sql) => update(sql, "findings", id, { explanation: "Nothing" }))).toBe(
    "finding_frozen",
  );
  expect(await attack(s, (sql) => growFinding(sql, id, { asked_at: new Date() }))).toBe(
    "finding_frozen",
  );
  expect(
    await attack(s, async (sql) =>
      growFinding(sql, id, { changed_entry_id: await about(sql, "finding.asked", id) }),
    ),
  ).toBe("change_without_entry");
});

test("with what was disposed of: it grows no more, takes no session and no answer", async () => {
  const id = await finding();
  await s.commit((sql) => askAbout(sql, id));
  await s.commit((sql) => disposeOf(sql, id, s.max));
  const add = (sql: Sql) =>
    insert(sql, "finding_sessions", { finding_id: id, session_id: live.id });
  expect(await attack(s, (sql) => growFinding(sql, id))).toBe("finding_disposed");
  expect(await attack(s, (sql) => answerFinding(sql, id, s.ana))).toBe("finding_disposed");
  expect(await attack(s, add)).toBe("finding_session_late");
});

test("with a session, while nothing of it grows", async () => {
  const id = await finding();
  const add = (sql: Sql) =>
    insert(sql, "finding_sessions", { finding_id: id, session_id: live.id });
  expect(await attack(s, add)).toBe("finding_session_late");
  await s.commit(async (sql) => {
    await growFinding(sql, id);
    await add(sql);
  });
  for (const statement of ["delete from finding_sessions", "truncate finding_sessions"]) {
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
    await expect(s.owner.query(statement)).rejects.toMatchObject({
      constraint: "finding_sessions_append_only",
    });
  }
});

test("with an answer that nobody asked for, of somebody else, or a second one", async () => {
  const id = await finding();
  expect(await attack(s, (sql) => answerFinding(sql, id, s.ana))).toBe("finding_answered");
  await s.commit((sql) => askAbout(sql, id));
  expect(await attack(s, (sql) => answerFinding(sql, id, s.ben))).toBe("change_without_entry");
  expect(await attack(s, (sql) => askAbout(sql, id, { asked_at: new Date(0) }))).toBe(
    "finding_answered",
  );
  await s.commit((sql) => answerFinding(sql, id, s.ana));
  expect(
    await attack(s, (sql) => answerFinding(sql, id, s.ana, { answer: "No, it was for fun" })),
  ).toBe("finding_answered");
});

test("by taking it off the record", async () => {
  await finding();
  for (const statement of ["delete from findings", "truncate findings cascade"]) {
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
    await expect(s.owner.query(statement)).rejects.toMatchObject({
      constraint: expect.stringMatching(/append_only$/),
    });
  }
});

test("its explanation, by giving somebody a ticket of yesterday", async () => {
  await insert(s.owner, "tickets", {
    product_id: s.product,
    reference: "SUP-1",
    account_id: s.standard,
    title: "An invoice",
    status: "closed",
  });
  const past = {
    product_id: s.product,
    reference: "SUP-1",
    account_id: s.standard,
    status: "open",
    assignee_email: "ana@alongside.test",
    until: new Date(),
  };
  expect(await attack(s, (sql) => insert(sql, "ticket_past", past))).toBe("42501");
  await s.commit((sql) =>
    sql.query("update tickets set status = 'open' where reference = 'SUP-1'"),
  );
  for (const statement of ["update ticket_past set status = 'open'", "delete from ticket_past"]) {
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
    await expect(s.owner.query(statement)).rejects.toMatchObject({
      constraint: "ticket_past_append_only",
    });
  }
});
