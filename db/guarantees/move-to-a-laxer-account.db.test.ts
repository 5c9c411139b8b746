import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { addAccount, addSubject, type Subject } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Sql, update } from "#db/testing/sql.ts";

const s = await scene();
const moveTo = async (sql: Sql, { id, account }: Subject, to: string, more = {}) => {
  for (const one of new Set([account, to])) await entry(sql, "directory.updated", { account: one });
  await update(sql, "subjects", id, { account_id: to, ...more });
};
const standing = async ({ id }: Subject) => {
  const { rows } = await s.owner.query(
    "select account_id, refusal, sensitive_because as because from subjects join subject_standing using (id) where id = $1",
    [id],
  );
  return rows[0];
};
const somebody = (account: string) => addSubject(s.owner, s.product, account);

test("who is moved to a laxer account is in it at once, and treated as before", async () => {
  const ada = await somebody(s.regulated);
  await s.commit((sql) => moveTo(sql, ada, s.standard));
  expect(await standing(ada)).toEqual({
    ...{ account_id: s.standard, refusal: null, because: ["regulated"] },
  });
  // Through a third, and whatever is written of it.
  const third = await addAccount(s.owner, s.product, "enterprise");
  await s.commit((sql) =>
    moveTo(sql, { ...ada, account: s.standard }, third, { held_because: [] }),
  );
  expect(await standing(ada)).toMatchObject({ because: ["regulated"] });
  await s.commit((sql) => moveTo(sql, { ...ada, account: third }, s.regulated));
  const { rows } = await s.owner.query("select held_because from subjects where id = $1", [ada.id]);
  expect(rows).toEqual([{ held_because: [] }]);
});

test("who was of a closed or opted-out account, or an owner, is so until a second person accepts", async () => {
  const closed = await addAccount(s.owner, s.product, "standard");
  const ben = await somebody(closed);
  await s.owner.query("update accounts set stance = 'closed' where id = $1", [closed]);
  await s.commit((sql) => moveTo(sql, ben, s.standard));
  expect(await standing(ben)).toMatchObject({ refusal: "closed" });
  const eve = await somebody(s.standard);
  await s.owner.query("update subjects set is_owner = true where id = $1", [eve.id]);
  await s.commit((sql) => moveTo(sql, eve, s.standard, { is_owner: false }));
  expect(await standing(eve)).toMatchObject({ because: ["owner"] });
});

test("what is held is let go by two only, for that person", async () => {
  const [kim, lou] = [await somebody(s.regulated), await somebody(s.regulated)];
  for (const one of [kim, lou]) await s.commit((sql) => moveTo(sql, one, s.standard));
  expect(
    await attack(s, async (sql) => {
      await update(sql, "subjects", kim.id, { held_because: [] });
      const { rows } = await sql.query("select held_because from subjects where id = $1", [kim.id]);
      expect(rows).toEqual([{ held_because: ["regulated"] }]);
      throw Object.assign(new Error("Nothing was let go"), { code: "kept" });
    }),
  ).toBe("kept");
  const before = ["regulated"];
  const letGo = async (sql: Sql, who: Subject, by: string, proposal?: string) => {
    if (proposal)
      await update(sql, "proposals", proposal, {
        ...{ status: "accepted", decided_by: by, decided_at: new Date() },
        decided_entry_id: await entry(sql, "proposal.accepted", {
          ...{ actor: by, subject: { ...kim, account: s.standard } },
        }),
      });
    const subject = { ...who, account: s.standard };
    const body = { flag: "held", before, after: [] };
    await update(sql, "subjects", who.id, {
      held_because: [],
      held_entry_id: await entry(sql, "flag.loosened", { actor: by, subject, body }),
    });
  };
  const propose = (by: object) =>
    s.commit(async (sql) => {
      const id = newId();
      await insert(sql, "proposals", {
        ...{ id, kind: "flag", account_id: s.standard, subject_id: kim.id, ...by },
        ...{ before: { held: before }, after: { held: [] }, reason: "It says so" },
        lapses_at: new Date(Date.now() + 86_400_000),
        made_entry_id: await entry(sql, "proposal.made", {
          subject: { ...kim, account: s.standard },
        }),
      });
      return id;
    });
  expect(await attack(s, (sql) => letGo(sql, kim, s.max))).toBe("flag_loosened_alone");
  const id = await propose({ product_id: s.product });
  expect(await attack(s, (sql) => letGo(sql, kim, s.ana, id))).toBe("proposal_without_role");
  expect(await attack(s, (sql) => letGo(sql, lou, s.max, id))).toBe("flag_loosened_alone");
  await s.commit((sql) => letGo(sql, kim, s.max, id));
  expect(await standing(kim)).toMatchObject({ because: [] });
});

test("nobody starts with something held, or is let go of it while they move", async () => {
  const made = attack(s, (sql) =>
    insert(sql, "subjects", {
      ...{ id: newId(), product_id: s.product, account_id: s.standard, external_id: newId() },
      ...{ name: "New", email: `${newId()}@new.test`, role: "member", status: "active" },
      ...{ kind: "person", held_because: ["owner"] },
    }),
  );
  expect(await made).toBe("flag_starts_pushed");
  const zoe = await somebody(s.regulated);
  const both = attack(s, async (sql) =>
    moveTo(sql, zoe, s.standard, {
      held_because: [],
      held_entry_id: await entry(sql, "flag.loosened", { actor: s.max, account: s.standard }),
    }),
  );
  expect(await both).toBe("subject_held");
});
