import { describe, expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { addAccount, addSubject } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { must } from "#lib/directory/testing.ts";
import { ask } from "#lib/requests/ask.ts";
import { approve } from "#lib/requests/vote.ts";
import type { Scope } from "#lib/vocabulary.ts";
import { end } from "./end.ts";
import { endDue } from "./end-due.ts";
import { readEnding } from "./ending.ts";
import { readSession } from "./lock.ts";
import { recordActions } from "./record-actions.ts";
import { standIn } from "./stand-in.ts";
import { start } from "./start.ts";
import { atWork, question, reported } from "./testing.ts";
import { tightenFlag } from "./tighten-flag.ts";

const s = await scene();
const { ana, max, ledger, worker } = await atWork(s);
const reason = "The customer wrote to us about it.";
let version = 14;
const policy = (body: object) => {
  version += 1;
  return insert(s.owner, "policy_versions", { version, body: { ...policy14, ...body } });
};
const customer = async (tier: "standard" | "enterprise" = "standard") => {
  const accountId = await addAccount(s.owner, s.product, tier);
  return { accountId, subject: await addSubject(s.owner, s.product, accountId) };
};
const live = async (subjectId: string, scope: Scope = "write") => {
  const started = must(await standIn(ana, question(subjectId, { scope })));
  if (started.kind !== "started") throw new Error("It should have started");
  return started.sessionId;
};
const approved = async (subjectId: string) => {
  const asked = must(await ask(ana, question(subjectId, { scope: "write" })));
  const { rows } = await s.owner.query(
    "select encode(ask_hash, 'hex') as ask from requests where id = $1",
    [asked.id],
  );
  must(await approve(max, { requestId: asked.id, ask: rows[0].ask, minutes: 30 }));
  return must(await start(ana, { requestId: asked.id })).sessionId;
};
const causeOf = async (id: string) => (await readSession(ana.db, id))?.session.endCause;
const anewOf = async (session: string) => {
  const { rows } = await s.owner.query(
    `select r.id, r.status, r.number, r.reason, r.scope, e.event, p.body::jsonb ->> 'by_kind' as by, p.body::jsonb ->> 'carried_over' as "from"
     from requests r join audit_entry e on e.id = r.asked_entry_id join audit_payload p on p.entry_id = e.id
     where r.carried_from = $1`,
    [session],
  );
  return rows;
};

describe("a session that rests on less than its account wants by now", () => {
  it("ends with the press that tightens: the next write is refused", async () => {
    const { accountId, subject } = await customer();
    const id = await live(subject.id);
    expect(must(await recordActions(ledger, id, [reported()])).verdicts).toMatchObject([
      { accepted: true },
    ]);
    const done = await tightenFlag(max, { accountId, flag: "tier", value: "enterprise", reason });
    expect(done).toMatchObject({ ok: true, value: { ended: 1 } });
    const { active, verdicts } = must(await recordActions(ledger, id, [reported({ seq: 2 })]));
    expect({ active, verdicts }).toMatchObject({
      active: false,
      verdicts: [{ accepted: false, reason: "ended" }],
    });
    expect(await causeOf(id)).toBe("account_stricter");
    expect(await anewOf(id)).toEqual([]);
  });

  it("ends where nobody wrote its end down: the next question finds it", async () => {
    const { accountId, subject } = await customer();
    const id = await live(subject.id, "read");
    await s.owner.query("update accounts set stance = 'opted_out' where id = $1", [accountId]);
    const view = reported({ phase: "view", effect: "view", method: "GET" });
    expect(must(await recordActions(ledger, id, [view])).active).toBe(false);
    expect(await causeOf(id)).toBe("account_stricter");
  });

  it("goes on where its approvals are enough for that too", async () => {
    const { accountId, subject } = await customer("enterprise");
    const id = await approved(subject.id);
    must(await tightenFlag(max, { accountId, flag: "tier", value: "regulated", reason }));
    expect(must(await recordActions(ledger, id, [reported()])).active).toBe(true);
    must(await tightenFlag(max, { accountId, flag: "stance", value: "closed", reason }));
    expect(await causeOf(id)).toBe("account_stricter");
  });

  it("ends where what it is by now wants more votes, or others, than it had", async () => {
    await policy({
      approvals: { sensitive: 1, rules: [{ tiers: ["regulated"], votes: 2, by: "manager" }] },
    });
    const { accountId, subject } = await customer("enterprise");
    const id = await approved(subject.id);
    must(await tightenFlag(max, { accountId, flag: "tier", value: "regulated", reason }));
    expect(await causeOf(id)).toBe("account_stricter");
  });

  it("is asked for anew, where the policy says so, and the actor only waits", async () => {
    await policy({ becomesSensitive: "ask" });
    const { accountId, subject } = await customer();
    const id = await live(subject.id);
    must(await tightenFlag(max, { accountId, flag: "stance", value: "opted_out", reason }));
    const [anew, ...more] = await anewOf(id);
    expect(more).toEqual([]);
    expect(anew).toMatchObject({
      ...{ status: "pending", scope: "write", event: "request.asked", by: "system" },
      reason: question(subject.id).reason,
      from: expect.stringMatching(/^S-\d+$/),
    });
    expect(await readEnding(ana.db, id)).toMatchObject({
      cause: "account_stricter",
      comment: `R-${anew.number} asks for it anew: only the approval is missing`,
      returnPath: `/requests/${anew.id}`,
    });
    const { rows } = await s.owner.query(
      "select encode(ask_hash, 'hex') as ask from requests where id = $1",
      [anew.id],
    );
    must(await approve(max, { requestId: anew.id, ask: rows[0].ask, minutes: 30 }));
    const again = must(await start(ana, { requestId: anew.id }));
    expect(must(await recordActions(ledger, again.sessionId, [reported()])).active).toBe(true);
    must(await end(ana, { sessionId: again.sessionId }));
  });

  it("ends without another ask where nobody could approve it: a closed account", async () => {
    const { accountId, subject } = await customer();
    const id = await live(subject.id);
    must(await tightenFlag(max, { accountId, flag: "stance", value: "closed", reason }));
    await endDue(worker);
    expect(await causeOf(id)).toBe("account_stricter");
    expect(await anewOf(id)).toEqual([]);
  });

  it("ends when its account leaves the reach of the actor's team", async () => {
    const { accountId, subject } = await customer();
    const id = await live(subject.id);
    await policy({ reach: [{ team: "EMEA support", regions: ["Europe"] }] });
    expect(must(await recordActions(ledger, id, [reported()])).active).toBe(false);
    expect(await causeOf(id)).toBe("account_stricter");
    await s.owner.query("update accounts set region = 'Europe' where id = $1", [accountId]);
    const again = await live(subject.id);
    expect(must(await recordActions(ledger, again, [reported()])).active).toBe(true);
    await s.owner.query("update accounts set region = 'Asia' where id = $1", [accountId]);
    expect(must(await recordActions(ledger, again, [reported({ seq: 2 })])).active).toBe(false);
  });
});
