import { v7 as newId } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { addAccount, addSubject, hire, type Subject, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql } from "#db/testing/sql.ts";

const s = await scene();
const again = await hire(s.owner, "max-again", ["manager"]);
await s.owner.query("update staff set person_id = $1 where id = $2", [s.max, again]);

// An account and a person of it, to which every flag's strictest value is given.
let account = "";
let person: Subject;
beforeEach(async () => {
  account = await addAccount(s.owner, s.product, "regulated", { stance: "closed" });
  person = await addSubject(s.owner, s.product, account, { is_vip: true });
});
/** What is about the account alone. */
const whole = () => ({ account });

const propose = async (sql: Sql, more: Row = {}) => {
  const id = newId();
  const by = "proposed_by" in more ? more.proposed_by : s.max;
  await insert(sql, "proposals", {
    id,
    kind: "flag",
    account_id: account,
    before: { tier: "regulated" },
    after: { tier: "standard" },
    reason: "The contract is over",
    proposed_by: by,
    lapses_at: new Date(Date.now() + 3600_000),
    made_entry_id: await entry(sql, "proposal.made", {
      ...(more.subject_id ? { subject: person } : whole()),
      actor: by ? String(by) : undefined,
    }),
    ...more,
  });
  return id;
};
const proposed = (more: Row = {}) => s.commit((sql) => propose(sql, more));
const accept = async (sql: Sql, id: string, by: string, about: object = whole()) =>
  sql.query(
    "update proposals set status = 'accepted', decided_by = $2, decided_at = clock_timestamp(), decided_entry_id = $3 where id = $1",
    [id, by, await entry(sql, "proposal.accepted", { ...about, actor: by })],
  );
type Change = {
  flag?: string;
  before?: unknown;
  after?: unknown;
  by?: string;
  event?: "flag.loosened" | "flag.tightened";
};
/** Sets the tier with an entry about it. */
const set = async (
  sql: Sql,
  { by = s.mia, before = "regulated", after = "standard", event = "flag.loosened" }: Change = {},
) => {
  const body = { flag: "tier", before, after };
  const id = await entry(sql, event, { ...whole(), actor: by, body });
  await sql.query("update accounts set tier = $1, tier_entry_id = $2 where id = $3", [
    after,
    id,
    account,
  ]);
};

describe("what is looser waits for a second person", () => {
  test.each([
    ["the tier", "update accounts set tier = 'standard' where id = $1"],
    ["the stance", "update accounts set stance = 'allowed' where id = $1"],
    ["the stance, a little", "update accounts set stance = 'opted_out' where id = $1"],
    ["a VIP", "update subjects set is_vip = false where account_id = $1"],
  ])("%s, by a push of the product", async (_, change) => {
    const outcome = await attack(s, async (sql) => {
      await entry(sql, "directory.updated", { subject: person });
      await sql.query(change, [account]);
    });
    expect(outcome).toBe("flag_loosened_alone");
  });

  test("by a manager, with an entry and no proposal", async () => {
    expect(await attack(s, (sql) => set(sql))).toBe("flag_loosened_alone");
  });

  test("with a proposal that nobody accepted", async () => {
    await proposed();
    expect(await attack(s, (sql) => set(sql))).toBe("flag_loosened_alone");
  });

  test("with one that was accepted in another transaction", async () => {
    const id = await proposed();
    await s.commit((sql) => accept(sql, id, s.mia));
    expect(await attack(s, (sql) => set(sql))).toBe("flag_loosened_alone");
  });

  test.each([
    ["another value", { after: { tier: "enterprise" } }],
    ["another flag", { before: { stance: "closed" }, after: { stance: "allowed" } }],
    ["what it was before", { before: { tier: "enterprise" } }],
  ])("with one about %s", async (_, more) => {
    const id = await proposed(more);
    const outcome = await attack(s, async (sql) => {
      await accept(sql, id, s.mia);
      await set(sql);
    });
    expect(outcome).toBe("flag_loosened_alone");
  });

  test("with one about another account, or about one of its people", async () => {
    const other = await proposed({ account_id: s.regulated });
    const vip = await proposed({
      subject_id: person.id,
      before: { vip: true },
      after: { vip: false },
    });
    for (const [id, about] of [
      [other, whole()],
      [vip, { subject: person }],
    ] as const)
      expect(
        await attack(s, async (sql) => {
          await accept(sql, id, s.mia, about);
          await set(sql);
        }),
      ).toBe("flag_loosened_alone");
  });

  test.each([
    ["who proposed it", () => s.max, "proposal_own"],
    ["who proposed it, by a second account", () => again, "proposal_own"],
    ["somebody who is no manager", () => s.ana, "proposal_without_role"],
  ])("accepted by %s", async (_, who, guarantee) => {
    const id = await proposed();
    const outcome = await attack(s, async (sql) => {
      await accept(sql, id, who());
      await set(sql, { by: who() });
    });
    expect(outcome).toBe(guarantee);
  });

  test("accepted by a manager, and then it is in force, once", async () => {
    const id = await proposed();
    await s.commit(async (sql) => {
      await accept(sql, id, s.mia);
      await set(sql);
    });
    // And back: what was accepted is used up.
    await s.commit(async (sql) => {
      await set(sql, { before: "standard", after: "regulated", event: "flag.tightened" });
    });
    expect(await attack(s, (sql) => set(sql))).toBe("flag_loosened_alone");
  });
});

describe("what is stricter is set by a manager, or by the product, on record", () => {
  const stricter = { before: "regulated", after: "regulated", event: "flag.tightened" } as const;
  test("by an agent", async () => {
    await s.owner.query("update accounts set tier = 'standard' where id = $1", [account]);
    const change = { ...stricter, before: "standard", by: s.ana };
    expect(await attack(s, (sql) => set(sql, change))).toBe("flag_not_manager");
  });

  test("by who is a manager no longer", async () => {
    const left = await hire(s.owner, `left-${newId()}`, ["manager"]);
    await takeRole(s.owner, left, "manager");
    await s.owner.query("update accounts set tier = 'standard' where id = $1", [account]);
    const change = { ...stricter, before: "standard", by: left };
    expect(await attack(s, (sql) => set(sql, change))).toBe("flag_not_manager");
  });

  test("with an entry that says something else", async () => {
    await s.owner.query("update accounts set tier = 'standard' where id = $1", [account]);
    const outcome = await attack(s, async (sql) => {
      const body = { flag: "tier", before: "standard", after: "enterprise" };
      const id = await entry(sql, "flag.tightened", { ...whole(), actor: s.max, body });
      await sql.query("update accounts set tier = 'regulated', tier_entry_id = $1 where id = $2", [
        id,
        account,
      ]);
    });
    expect(outcome).toBe("flag_change_without_entry");
  });

  test("with the entry of an earlier change", async () => {
    await s.owner.query("update accounts set tier = 'standard' where id = $1", [account]);
    await s.commit((sql) =>
      set(sql, { before: "standard", after: "enterprise", event: "flag.tightened" }),
    );
    const outcome = await attack(s, async (sql) => {
      await sql.query("update accounts set tier = 'regulated' where id = $1", [account]);
    });
    expect(outcome).toBe("flag_change_without_entry");
  });
});

describe("an account that went away comes back no looser than it was", () => {
  const back = (sql: Sql, stance: string) =>
    sql.query("update accounts set stance = $1, gone_stance = null where id = $2", [
      stance,
      account,
    ]);
  test("as gone from another stance than it had", async () => {
    await s.owner.query("update accounts set stance = 'opted_out' where id = $1", [account]);
    const outcome = await attack(s, async (sql) => {
      await entry(sql, "directory.updated", { subject: person });
      await sql.query(
        "update accounts set stance = 'closed', gone_stance = 'allowed' where id = $1",
        [account],
      );
    });
    expect(outcome).toBe("flag_gone_stance");
  });

  test("as gone though somebody closed it", async () => {
    const outcome = await attack(s, async (sql) => {
      await entry(sql, "directory.updated", { subject: person });
      await sql.query("update accounts set gone_stance = 'allowed' where id = $1", [account]);
    });
    expect(outcome).toBe("flag_gone_stance");
  });

  test("looser", async () => {
    await s.owner.query("update accounts set stance = 'opted_out' where id = $1", [account]);
    await s.commit(async (sql) => {
      await entry(sql, "directory.updated", { subject: person });
      await sql.query("update accounts set stance = 'closed', gone_stance = stance where id = $1", [
        account,
      ]);
    });
    const outcome = await attack(s, async (sql) => {
      await entry(sql, "directory.updated", { subject: person });
      await back(sql, "allowed");
    });
    expect(outcome).toBe("flag_loosened_alone");
    await s.commit(async (sql) => {
      const { rows } = await sql.query("select external_id as of from accounts where id = $1", [
        account,
      ]);
      const change = { ...rows[0], field: "stance", before: "closed", after: "opted_out" };
      const body = { push: "p-1", changes: [change] };
      await entry(sql, "directory.updated", { subject: person, body });
      await back(sql, "opted_out");
    });
  });
});

test("who is new was set by nobody", async () => {
  const made = await s.commit((sql) => entry(sql, "flag.tightened", { ...whole(), actor: s.max }));
  const outcome = await attack(s, (sql) =>
    insert(sql, "accounts", {
      id: newId(),
      product_id: s.product,
      external_id: "acc_new",
      name: "Northwind",
      tier: "standard",
      stance: "allowed",
      tier_entry_id: made,
    }),
  );
  expect(outcome).toBe("flag_starts_pushed");
});

describe("a proposal about a flag", () => {
  test.each([
    ["by an agent", () => ({ proposed_by: s.ana }), "proposal_flag_by"],
    ["by another product", () => ({ proposed_by: null, product_id: newId() }), "proposal_flag_by"],
    ["about no account", () => ({ account_id: null }), "proposal_flag_unknown"],
    [
      "about two flags",
      () => ({ after: { tier: "standard", stance: "allowed" } }),
      "proposal_flag_unknown",
    ],
    [
      "about a VIP without a person",
      () => ({ before: { vip: true }, after: { vip: false } }),
      "proposal_flag_unknown",
    ],
  ])("%s", async (_, more, guarantee) => {
    expect(await attack(s, (sql) => propose(sql, more()))).toBe(guarantee);
  });

  test("waits alone", async () => {
    await proposed();
    expect(await attack(s, (sql) => propose(sql, { proposed_by: s.mia }))).toBe(
      "proposals_flag_once",
    );
  });
});
