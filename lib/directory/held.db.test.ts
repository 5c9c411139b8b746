import { drizzle } from "drizzle-orm/node-postgres";
import { beforeEach, describe, expect, it } from "vitest";
import { scene } from "#db/testing/scene.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { subjectRefusal } from "#lib/policy/decide.ts";
import { sensitivity } from "#lib/policy/sensitivity.ts";
import { decline } from "#lib/proposals/decide.ts";
import { readFacts } from "./facts.ts";
import { proposeLetGo } from "./let-go.ts";
import { acceptLooser } from "./loosen-flag.ts";
import { account, customersOf, user } from "./testing.ts";

const s = await scene();
const db = drizzle(s.runtime);
const { ana, push } = customersOf(s);
const manager = (id: string, name: string): Ctx<StaffActor> => ({
  ...ana,
  actor: { ...ana.actor, id, name, roles: ["manager"] },
});
const [max, mia] = [manager(s.max, "max"), manager(s.mia, "mia")];
const reason = "They left that company last month.";

let n = 0;
const strict = () => `acc_s${n}`;
const lax = () => `acc_l${n}`;
const usr = () => `usr_h${n}`;
beforeEach(async () => {
  n += 1;
  await push(
    account({ id: strict(), tier: "regulated", impersonation: "opted_out" }),
    account({ id: lax(), tier: "standard", impersonation: "allowed" }),
  );
});
const named = (in_: string, more: object = {}) =>
  push(user({ id: usr(), account_id: in_, email: `${usr()}@pebblewick.test`, ...more }));
const idOf = async (): Promise<string> => {
  const { rows } = await s.owner.query("select id from subjects where external_id = $1", [usr()]);
  return rows[0]?.id;
};
/** As the panel decides, and as the schema does. */
const treated = async () => {
  const id = await idOf();
  const facts = await readFacts(db, id);
  if (!facts) throw new Error("They are there");
  const { rows } = await s.owner.query(
    "select refusal, sensitive_because from subject_standing where id = $1",
    [id],
  );
  const because = sensitivity(facts);
  expect(because).toEqual(rows[0]?.sensitive_because);
  expect(subjectRefusal(facts) === null).toBe(rows[0]?.refusal === null);
  return { in: facts.account.tier, isOwner: facts.isOwner, because };
};
const waiting = async () => {
  const { rows } = await s.owner.query(
    `select p.id, a.external_id as account, p.before, p.after from proposals p join accounts a on a.id = p.account_id
      join subjects u on u.id = p.subject_id where u.external_id = $1 and p.status = 'pending' order by p.number`,
    [usr()],
  );
  return rows;
};
const accept = async (by: Ctx<StaffActor>) => {
  const [row] = await waiting();
  return acceptLooser(by, { proposalId: row?.id, comment: "" });
};

describe("who is moved to a laxer account", () => {
  it("is shown there at once and treated as before, until a manager accepts what the product said", async () => {
    await named(strict());
    await named(lax());
    expect(await treated()).toMatchObject({ in: "standard", because: ["regulated", "opted_out"] });
    expect(await waiting()).toMatchObject([
      { account: lax(), before: { held: ["regulated", "opted_out"] }, after: { held: [] } },
    ]);
    await named(lax(), { name: "Somebody Renamed" });
    expect(await waiting()).toHaveLength(1);
    expect(await accept(max)).toMatchObject({ ok: true });
    expect(await treated()).toMatchObject({ because: [] });
    const { rows } = await s.owner.query(
      "select e.actor_id, p.body::jsonb -> 'before' as before from audit_entry e join audit_payload p on p.entry_id = e.id where e.event = 'flag.loosened' and e.subject_id = $1",
      [await idOf()],
    );
    expect(rows).toEqual([{ actor_id: s.max, before: ["regulated", "opted_out"] }]);
  });

  it("has one proposal, of the account that they are in, wherever they are moved next; none once they are back", async () => {
    await named(strict(), { vip: true });
    await named(strict(), { vip: false });
    expect(await waiting()).toMatchObject([{ account: strict(), after: { vip: false } }]);
    await named(lax(), { vip: false });
    const after = (await waiting()).map(({ account: of, after }) => [of, after]);
    expect(after).toEqual([
      [lax(), { vip: false }],
      [lax(), { held: [] }],
    ]);
    await named(strict(), { vip: false });
    expect((await waiting()).map(({ account: of, after }) => [of, after])).toEqual([
      [strict(), { vip: false }],
    ]);
    expect(await treated()).toMatchObject({ because: ["regulated", "opted_out", "vip"] });
  });

  it("of a closed account is stood in for by nobody until then", async () => {
    await push(account({ id: strict(), tier: "standard", impersonation: "closed" }));
    await named(strict());
    await named(lax());
    expect(subjectRefusal((await readFacts(db, await idOf())) ?? never())).toMatchObject({
      code: "account_closed",
    });
    await accept(mia);
    expect(await treated()).toMatchObject({ in: "standard" });
  });
});

describe("who is an owner no longer", () => {
  it("is treated as one until a manager accepts; declined, a manager proposes it and another accepts", async () => {
    await named(lax(), { owner: true });
    await named(lax(), { owner: false });
    expect(await treated()).toMatchObject({ isOwner: false, because: ["owner"] });
    const [row] = await waiting();
    await decline(max, { proposalId: row?.id, comment: "They still sign for it" });
    await named(lax(), { owner: false });
    expect(await waiting()).toEqual([]);
    expect(await treated()).toMatchObject({ because: ["owner"] });
    const subjectId = await idOf();
    expect(await proposeLetGo(ana, { subjectId, reason })).toMatchObject({
      error: { code: "not_allowed" },
    });
    expect(await proposeLetGo(max, { subjectId, reason })).toMatchObject({ ok: true });
    expect(await proposeLetGo(mia, { subjectId, reason })).toMatchObject({
      error: { code: "conflict" },
    });
    expect(await accept(max)).toMatchObject({ error: { code: "second_person" } });
    expect(await accept(mia)).toMatchObject({ ok: true });
    expect(await treated()).toMatchObject({ because: [] });
    expect(await proposeLetGo(max, { subjectId, reason })).toMatchObject({
      error: { code: "conflict" },
    });
  });

  it("what was accepted of what was held before is no yes to more", async () => {
    await named(strict(), { owner: true });
    await named(lax(), { owner: true });
    const [first] = await waiting();
    await named(lax(), { owner: false });
    expect(await waiting()).toMatchObject([
      { before: { held: ["regulated", "opted_out", "owner"] } },
    ]);
    expect(await acceptLooser(max, { proposalId: first?.id, comment: "" })).toMatchObject({
      error: { code: "already_decided" },
    });
  });
});

const never = (): never => {
  throw new Error("They are there");
};
