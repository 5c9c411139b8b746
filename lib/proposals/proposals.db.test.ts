import { drizzle } from "drizzle-orm/node-postgres";
import { describe, expect, it } from "vitest";
import { transaction } from "#db/client.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Role } from "#lib/vocabulary.ts";
import { acceptIn, decline } from "./decide.ts";
import { lapseDueProposals } from "./lapse-due.ts";
import { propose } from "./propose.ts";
import { readDecided, readOpenOf, readProposal, readWaiting } from "./queries.ts";
import { readProposalsWaiting } from "./waiting-count.ts";
import { withdraw } from "./withdraw.ts";

const s = await scene();
const db = drizzle(s.runtime);
async function person(name: string, roles: Role[], id?: string): Promise<Ctx<StaffActor>> {
  const staffId = id ?? (await hire(s.owner, name, roles));
  const signInId = newId();
  await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: staffId });
  const actor: StaffActor = {
    ...{ kind: "staff", id: staffId, name, email: `${name}@alongside.test`, roles },
    ...{ team: "EMEA support", zone: "UTC", signInId, authTime: new Date(), acr: null },
  };
  return { db, actor, ip: null, userAgent: null, requestId: newId() };
}
const ada = await person("ada", ["admin"]);
const ida = await person("ida", ["admin"]);
const cleo = await person("cleo", ["compliance"]);
const max = await person("max", ["manager"], s.max);
const mia = await person("mia", ["manager"], s.mia);
const ana = await person("ana", ["agent"], s.ana);

const policy = (by: Ctx<StaffActor>) =>
  transaction(db, (tx) =>
    propose(tx, by, { kind: "policy", before: { a: 1 }, after: { a: 2 }, reason: "For a test" }),
  );
const flag = (by: Ctx<StaffActor>) =>
  transaction(db, (tx) =>
    propose(tx, by, {
      kind: "flag",
      accountId: s.regulated,
      before: { tier: "regulated" },
      after: { tier: "standard" },
      reason: "The contract is over",
    }),
  );
const accept = (by: Ctx<StaffActor>, id: string, comment = "") =>
  transact(by, { event: "proposal.refused", body: { proposal: id } }, (tx) =>
    acceptIn(tx, by, id, comment),
  );
const eventsOf = async (id: string): Promise<string[]> => {
  const { rows } = await s.owner.query<{ event: string }>(
    `select e.event from audit_entry e join audit_payload p on p.entry_id = e.id
     where p.body::jsonb ->> 'proposal' = $1 order by e.occurred_at`,
    [id],
  );
  return rows.map(({ event }) => event);
};

describe("a proposal", () => {
  it("is accepted by a second person who holds the role, once, and is on record", async () => {
    const { id, number } = await policy(ada);
    expect(await accept(cleo, id, "Seen with counsel")).toMatchObject({
      ok: true,
      value: { number, after: { a: 2 } },
    });
    expect(await accept(ida, id)).toMatchObject({
      ok: false,
      error: { code: "already_decided", message: expect.stringContaining("cleo decided") },
    });
    expect(await eventsOf(id)).toEqual(["proposal.made", "proposal.accepted", "proposal.refused"]);
    expect(await readProposal(ada, { number })).toMatchObject({
      status: "accepted",
      decidedByName: "cleo",
      comment: "Seen with counsel",
    });
  });

  it("is not decided by who made it, nor through a second account of theirs, and says who can", async () => {
    const { id } = await policy(ada);
    expect(await accept(ada, id)).toMatchObject({
      error: {
        code: "second_person",
        message: "You proposed it; somebody else decides. cleo or ida can.",
      },
    });
    const again = await person("ada-again", ["admin"]);
    await s.owner.query("update staff set person_id = $1 where id = $2", [
      ada.actor.id,
      again.actor.id,
    ]);
    expect(await accept(again, id)).toMatchObject({ error: { code: "second_person" } });
    expect(await readProposalsWaiting(again)).toBe(0);
    expect(await decline(ida, { proposalId: id, comment: "Too wide" })).toMatchObject({ ok: true });
  });

  it("of a kind is for the roles of that kind, and seen by nobody else", async () => {
    const { id, number } = await flag(max);
    for (const other of [ada, cleo])
      expect(await accept(other, id)).toMatchObject({ error: { code: "not_approver" } });
    expect(await readProposal(ana, { id })).toBeNull();
    expect((await readWaiting(ana)).rows).toEqual([]);
    expect((await readWaiting(mia)).rows).toMatchObject([{ number, mine: true }]);
    expect((await readWaiting(max)).rows).toMatchObject([{ number, mine: false }]);
    expect(await readProposalsWaiting(mia)).toBe(1);
    expect(await readOpenOf(mia, { accountId: s.regulated })).toMatchObject([{ number }]);
    expect(await accept(mia, id)).toMatchObject({ ok: true });
  });

  it("about a person is not decided by that person", async () => {
    const { id } = await transaction(db, (tx) =>
      propose(tx, ada, {
        kind: "role",
        staffId: ida.actor.id,
        before: ["manager"],
        after: ["admin"],
        reason: "A second admin",
      }),
    );
    expect(await accept(ida, id)).toMatchObject({ error: { code: "own_record" } });
    expect(await withdraw(ada, { proposalId: id })).toMatchObject({ ok: true });
  });

  it("is taken back by who made it only", async () => {
    const { id } = await policy(ada);
    expect(await withdraw(ida, { proposalId: id })).toMatchObject({
      error: { code: "not_allowed" },
    });
    expect(await withdraw(ada, { proposalId: id })).toMatchObject({ ok: true });
    expect(await accept(ida, id)).toMatchObject({ error: { code: "already_decided" } });
  });

  it("is declined only, once who made it could not make it any more, and says so before anybody tries", async () => {
    const left = await person("left", ["admin"]);
    const { id } = await policy(left);
    expect(await readProposal(ida, { id })).toMatchObject({ refusal: null, notAcceptable: null });
    await s.owner.query(
      "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
      [left.actor.id],
    );
    const told = {
      code: "conflict",
      message: expect.stringMatching(
        /^left, who proposed it, is not an admin or somebody of compliance any more/,
      ),
    };
    expect(await readProposal(ida, { id })).toMatchObject({ refusal: null, notAcceptable: told });
    expect(await accept(ida, id)).toMatchObject({ error: told });
    expect(await decline(ida, { proposalId: id, comment: "They left" })).toMatchObject({
      ok: true,
    });
  });

  it("lapses after seven days, whether or not the worker came by", async () => {
    const { id, number } = await policy(ada);
    await s.owner.query("alter table proposals disable trigger guard, disable trigger entries");
    await s.owner.query(
      "update proposals set lapses_at = clock_timestamp(), proposed_at = proposed_at - interval '7 days' where id = $1",
      [id],
    );
    await s.owner.query(
      "alter table proposals enable always trigger guard, enable always trigger entries",
    );
    expect(await accept(ida, id)).toMatchObject({ error: { code: "lapsed" } });
    expect(await readProposalsWaiting(ida)).toBe(0);
    const worker: Ctx = { ...ada, actor: { kind: "system", part: "worker" } };
    expect(await lapseDueProposals(worker)).toBe(1);
    expect(await lapseDueProposals(worker)).toBe(0);
    const decided = await readDecided(cleo, {});
    expect(decided.rows.at(-1)).toMatchObject({ number, status: "lapsed" });
  });

  it("lapses those due longest first, all of them, past what fails, as many as a round may", async () => {
    const of = async (days: number) => {
      const { id } = await policy(ada);
      await s.owner.query("alter table proposals disable trigger guard, disable trigger entries");
      await s.owner.query(
        `update proposals set lapses_at = clock_timestamp() - make_interval(days => $2),
           proposed_at = proposed_at - make_interval(days => 7 + $2) where id = $1`,
        [id, days],
      );
      await s.owner.query(
        "alter table proposals enable always trigger guard, enable always trigger entries",
      );
      return id;
    };
    const [late, latest, later] = [await of(1), await of(3), await of(2)];
    await s.owner.query(
      "create function broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$",
    );
    await s.owner.query(`create trigger broken before update on proposals for each row
      when (new.id = '${latest}') execute function broken()`);
    await s.owner.query("alter table proposals enable always trigger broken");
    const worker: Ctx = { ...ada, actor: { kind: "system", part: "worker" } };
    const statusOf = async (id: string) =>
      (await s.owner.query("select status from proposals where id = $1", [id])).rows[0]?.status;
    await expect(lapseDueProposals(worker, 1)).rejects.toThrow();
    expect([await statusOf(later), await statusOf(late)]).toEqual(["lapsed", "pending"]);
    await s.owner.query("drop trigger broken on proposals");
    expect(await lapseDueProposals(worker)).toBe(2);
    expect([await statusOf(latest), await statusOf(late)]).toEqual(["lapsed", "lapsed"]);
  });

  it("is decided once, however many decide at once", async () => {
    const { id } = await policy(ada);
    const all = await Promise.all([accept(ida, id), accept(cleo, id), accept(ida, id)]);
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  });
});
