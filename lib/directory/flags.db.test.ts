import { beforeEach, describe, expect, it } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { tightenFlag } from "#lib/impersonation/tighten-flag.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { decline } from "#lib/proposals/decide.ts";
import type { AccountStance, Tier } from "#lib/vocabulary.ts";
import { finishSync } from "./finish-sync.ts";
import { acceptLooser, proposeLooser } from "./loosen-flag.ts";
import { beginSync } from "./sync.ts";
import { account, customersOf, must, user } from "./testing.ts";

const s = await scene();
const { ana, ledger, push, pushIn } = customersOf(s);
const manager = (id: string, name: string): Ctx<StaffActor> => ({
  ...ana,
  actor: { ...ana.actor, id, name, roles: ["manager"] },
});
const max = manager(s.max, "max");
const mia = manager(s.mia, "mia");
const reason = "The customer wrote to us about it.";

let n = 0;
let acc = "";
let usr = "";
beforeEach(() => {
  n += 1;
  acc = `acc_f${n}`;
  usr = `usr_f${n}`;
});
const pushed = (tier: Tier, impersonation: AccountStance = "allowed", vip = false) =>
  push(
    account({ id: acc, tier, impersonation }),
    user({ id: usr, account_id: acc, email: `${usr}@pebblewick.test`, vip }),
  );
const inForce = async () => {
  const { rows } = await s.owner.query(
    `select a.id as "accountId", u.id as "subjectId", tier, stance, is_vip as vip
     from accounts a join subjects u on u.account_id = a.id where a.external_id = $1`,
    [acc],
  );
  return rows[0];
};
const waiting = async () => {
  const { rows } = await s.owner.query(
    `select p.id, p.before, p.after, p.product_id is not null as "byProduct" from proposals p
     join accounts a on a.id = p.account_id where a.external_id = $1 and p.status = 'pending' order by number`,
    [acc],
  );
  return rows;
};
const ids = async () => {
  const { accountId, subjectId } = await inForce();
  return { accountId, subjectId };
};
const events = async () => {
  const { rows } = await s.owner.query(
    `select e.event from audit_entry e join accounts a on a.id = e.account_id
     where a.external_id = $1 order by e.occurred_at, e.id`,
    [acc],
  );
  return rows.map(({ event }) => event);
};

describe("a push", () => {
  it("that is stricter holds at once; one that is looser waits, once", async () => {
    await pushed("standard");
    await pushed("regulated", "opted_out", true);
    expect(await inForce()).toMatchObject({ tier: "regulated", stance: "opted_out", vip: true });
    await pushed("enterprise");
    await pushed("enterprise");
    expect(await inForce()).toMatchObject({ tier: "regulated", stance: "opted_out", vip: true });
    expect(await waiting()).toMatchObject([
      { before: { tier: "regulated" }, after: { tier: "enterprise" }, byProduct: true },
      { before: { stance: "opted_out" }, after: { stance: "allowed" } },
      { before: { vip: true }, after: { vip: false } },
    ]);
  });

  it("that says something else takes back what it proposed before", async () => {
    await pushed("regulated");
    await pushed("enterprise");
    await pushed("standard");
    expect(await waiting()).toMatchObject([{ after: { tier: "standard" } }]);
    await pushed("regulated");
    expect(await waiting()).toEqual([]);
    expect(await events()).toEqual([
      "proposal.made",
      "proposal.withdrawn",
      "proposal.made",
      "proposal.withdrawn",
    ]);
  });

  it("is not proposed again once somebody declined, until the product says another thing", async () => {
    await pushed("regulated");
    await pushed("standard");
    const [one] = await waiting();
    must(await decline(max, { proposalId: one.id, comment: "They are still regulated" }));
    await pushed("standard");
    expect(await waiting()).toEqual([]);
    await pushed("enterprise");
    expect(await waiting()).toMatchObject([{ after: { tier: "enterprise" } }]);
  });

  it("proposes beside nobody: where a manager has, theirs stays", async () => {
    await pushed("regulated");
    const { accountId } = await ids();
    must(await proposeLooser(max, { accountId, flag: "tier", value: "standard", reason }));
    await pushed("enterprise");
    expect(await waiting()).toMatchObject([{ after: { tier: "standard" }, byProduct: false }]);
  });

  it("does not undo what a manager set, and is then in force when it says the same", async () => {
    await pushed("standard");
    const { accountId } = await ids();
    must(await tightenFlag(max, { accountId, flag: "tier", value: "enterprise", reason }));
    await pushed("standard");
    expect(await waiting()).toEqual([]);
    expect(await inForce()).toMatchObject({ tier: "enterprise" });
    await pushed("regulated");
    expect(await inForce()).toMatchObject({ tier: "regulated" });
  });

  it("brings many looser flags to wait at once", async () => {
    const many = (tier: Tier) =>
      Array.from({ length: 1200 }, (_, i) => account({ id: `acc_many${i}`, tier }));
    await push(...many("enterprise"));
    await push(...many("standard"));
    await push(...many("standard"));
    const count = `select count(*)::integer as n, count(distinct number)::integer as numbers from proposals p
      join accounts a on a.id = p.account_id where a.external_id like 'acc_many%' and status = 'pending'`;
    expect((await s.owner.query(count)).rows).toEqual([{ n: 1200, numbers: 1200 }]);
  });
});

describe("a manager", () => {
  it("tightens at once, on record, and what the product proposed is void", async () => {
    await pushed("enterprise");
    await pushed("standard");
    const { accountId, subjectId } = await ids();
    must(await tightenFlag(max, { accountId, flag: "tier", value: "regulated", reason }));
    must(await tightenFlag(max, { accountId, flag: "stance", value: "closed", reason }));
    must(await tightenFlag(max, { subjectId, flag: "vip", value: true, reason }));
    expect(await inForce()).toMatchObject({ tier: "regulated", stance: "closed", vip: true });
    expect(await waiting()).toEqual([]);
    expect(await events()).toEqual([
      "proposal.made",
      "proposal.withdrawn",
      "flag.tightened",
      "flag.tightened",
      "flag.tightened",
    ]);
  });

  it("does not tighten to what is no stricter, and no agent sets a flag", async () => {
    await pushed("enterprise");
    const { accountId } = await ids();
    for (const value of ["standard", "enterprise"] as const)
      expect(await tightenFlag(max, { accountId, flag: "tier", value, reason })).toMatchObject({
        ok: false,
        error: { code: "invalid" },
      });
    const tried = await tightenFlag(ana, { accountId, flag: "tier", value: "regulated", reason });
    expect(tried).toMatchObject({ ok: false, error: { code: "not_allowed" } });
    expect(await events()).toEqual(["flag.refused", "flag.refused", "flag.refused"]);
  });

  it("loosens only with another manager", async () => {
    await pushed("regulated", "closed", true);
    const { accountId, subjectId } = await ids();
    const { id } = must(
      await proposeLooser(max, { accountId, flag: "stance", value: "opted_out", reason }),
    );
    const vip = must(await proposeLooser(max, { subjectId, flag: "vip", value: false, reason }));
    expect(await inForce()).toMatchObject({ stance: "closed", vip: true });
    expect(await acceptLooser(max, { proposalId: id, comment: "" })).toMatchObject({
      error: { code: "second_person" },
    });
    must(await acceptLooser(mia, { proposalId: id, comment: "" }));
    must(await acceptLooser(mia, { proposalId: vip.id, comment: "" }));
    expect(await inForce()).toMatchObject({ stance: "opted_out", vip: false });
    expect(await events()).toEqual([
      "proposal.made",
      "proposal.made",
      "proposal.accepted",
      "flag.loosened",
      "proposal.accepted",
      "flag.loosened",
    ]);
  });

  it("proposes no second thing while one waits, and nothing that is no looser", async () => {
    await pushed("regulated");
    const { accountId } = await ids();
    const ask = (value: Tier) => proposeLooser(max, { accountId, flag: "tier", value, reason });
    must(await ask("standard"));
    expect(await ask("enterprise")).toMatchObject({ error: { code: "conflict" } });
    expect(await ask("regulated")).toMatchObject({ error: { code: "invalid" } });
  });

  it("cannot accept what was proposed of something that was tightened since", async () => {
    await pushed("enterprise");
    const { accountId } = await ids();
    const { id } = must(
      await proposeLooser(max, { accountId, flag: "tier", value: "standard", reason }),
    );
    must(await tightenFlag(mia, { accountId, flag: "tier", value: "regulated", reason }));
    expect(await acceptLooser(mia, { proposalId: id, comment: "" })).toMatchObject({
      error: { code: "conflict" },
    });
    expect(await inForce()).toMatchObject({ tier: "regulated" });
  });

  it("accepts what the product proposed alone: the product is the first", async () => {
    await pushed("regulated");
    await pushed("standard");
    const [one] = await waiting();
    must(await acceptLooser(max, { proposalId: one.id, comment: "Seen the contract" }));
    expect(await inForce()).toMatchObject({ tier: "standard" });
    await pushed("standard");
    expect(await waiting()).toEqual([]);
  });
});

describe("an account that a full sync leaves out", () => {
  const leaveOut = async (...lines: object[]) => {
    const { id: syncId } = must(await beginSync(ledger));
    must(await pushIn(syncId, ...lines));
    must(await finishSync(ledger, { syncId, rejected: 0, gone: 10_000 }));
  };
  it("comes back as it stood, and no looser", async () => {
    await pushed("standard");
    const { accountId } = await ids();
    must(await tightenFlag(max, { accountId, flag: "stance", value: "opted_out", reason }));
    await leaveOut(account({ id: "acc_other" }));
    expect(await inForce()).toMatchObject({ stance: "closed" });
    await pushed("standard");
    expect(await inForce()).toMatchObject({ stance: "opted_out" });
    expect(await waiting()).toEqual([]);
  });

  it("stays closed where a manager closes it meanwhile", async () => {
    await pushed("standard");
    const { accountId } = await ids();
    await leaveOut(account({ id: "acc_other" }));
    must(await tightenFlag(max, { accountId, flag: "stance", value: "closed", reason }));
    await pushed("standard");
    expect(await inForce()).toMatchObject({ stance: "closed" });
  });
});
