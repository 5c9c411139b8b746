import { expect, it } from "vitest";
import { transaction } from "#db/client.ts";
import { restingTriggers } from "#db/resting-triggers.ts";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { ageRequest } from "#db/testing/age.ts";
import { attack } from "#db/testing/attack.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { atWork, eventsOf, question } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newSecret } from "#lib/kernel/ids.ts";
import { limits } from "#lib/limits/limits.ts";
import { ask } from "./ask.ts";
import {
  approvalLink,
  approvalLinksFor,
  decideByLink,
  followLink,
  forgetLinks,
  withoutToken,
} from "./links.ts";
import { readRequest } from "./queries.ts";

const s = await scene();
const { ana, max, mia, moe } = await atWork(s);

async function asked(by: Ctx<StaffActor> = ana) {
  const result = await ask(by, question(s.rita.id));
  if (!result.ok) throw new Error(result.error.message);
  const request = await readRequest(max, result.value.id);
  if (!request) throw new Error("It was not asked");
  return { requestId: request.id, ask: request.ask };
}
const linkFor = async (requestId: string, to: Ctx<StaffActor>) => {
  const path = await transaction(to.db, (tx) =>
    approvalLink(tx, { requestId, approverId: to.actor.id }),
  );
  return path.replace("/requests/decide/", "");
};
const yes = (request: { requestId: string; ask: string }, link: string) =>
  ({ vote: "approve", minutes: 15, link, ...request }) as const;
const rows = async (what: string) =>
  (await s.owner.query<{ n: number }>(`select count(*)::int as n from ${what}`)).rows[0]?.n ?? 0;

it("leads its own approver to the request, any number of times, and nothing is used up", async () => {
  const { requestId } = await asked();
  const [one, other] = [await linkFor(requestId, max), await linkFor(requestId, max)];
  expect(one).not.toBe(other);
  for (const link of [one, one, other])
    expect(await followLink(max, link)).toEqual({ ok: true, value: requestId });
  expect(await eventsOf(s, { request: requestId })).not.toContain("link.refused");
});

it("leads nobody who may not decide", async () => {
  const { requestId } = await asked();
  const copies = [max, ana, mia].map(({ actor }) => ({
    id: actor.id,
    requestId,
    approverId: actor.id,
  }));
  await takeRole(s.owner, moe.actor.id, "manager");
  copies.push({ id: moe.actor.id, requestId, approverId: moe.actor.id });
  const paths = await approvalLinksFor(max.db, copies);
  expect([...paths.keys()].sort()).toEqual([max.actor.id, mia.actor.id].sort());
  const link = paths.get(max.actor.id)?.replace("/requests/decide/", "") ?? "";
  expect(await followLink(max, link)).toEqual({ ok: true, value: requestId });
});

it("keeps of the token its hash only", async () => {
  const { requestId } = await asked();
  const link = await linkFor(requestId, max);
  const { rows: kept } = await s.owner.query(
    "select t::text as line from approval_links t where request_id = $1",
    [requestId],
  );
  expect(kept[0]?.line).not.toContain(link);
  expect(withoutToken(`/requests/decide/${link}?done=1`)).toBe("/requests/decide/…?done=1");
});

it("answers alike to another approver, to who asks, and to a token that was altered or never made", async () => {
  const { requestId } = await asked();
  const link = await linkFor(requestId, max);
  const altered = (link.startsWith("A") ? "B" : "A") + link.slice(1);
  const before = await rows("audit_entry where event = 'link.refused'");
  const answers = [
    await followLink(mia, link),
    await followLink(ana, link),
    await followLink(max, altered),
    await followLink(max, newSecret()),
    await followLink(max, `${link}x`),
    await followLink(max, "'; --"),
  ];
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({ error: { code: "not_found" } });
  expect(JSON.stringify(answers)).not.toContain(requestId);
  expect(await rows("audit_entry where event = 'link.refused'")).toBe(before + 6);
  const { rows: said } = await s.owner.query(
    "select 1 from audit_payload where body like '%' || $1 || '%' or body like '%' || $2 || '%'",
    [link, altered],
  );
  expect(said).toHaveLength(0);
});

it("decides for its own approver, once: a second press is told who decided", async () => {
  const request = await asked();
  const [link, others] = [
    await linkFor(request.requestId, max),
    await linkFor(request.requestId, mia),
  ];
  expect(await decideByLink(mia, yes(request, link))).toMatchObject({
    error: { code: "not_found" },
  });
  expect(await decideByLink(max, yes(request, link))).toMatchObject({
    ok: true,
    value: { status: "granted", minutes: 15 },
  });
  expect(await decideByLink(max, yes(request, link))).toMatchObject({
    error: { code: "already_decided", message: "You have decided on this already." },
  });
  const late = await decideByLink(mia, {
    ...{ vote: "deny", comment: "Not now", link: others },
    ...request,
  });
  expect(late).toMatchObject({ error: { code: "already_decided" } });
  expect(late.ok ? "" : late.error.message).toMatch(/max decided before you/);
  expect(await rows(`approvals where request_id = '${request.requestId}'`)).toBe(1);
});

it("is for one request: it does not carry a vote on another", async () => {
  const [one, other] = [await asked(), await asked(moe)];
  const link = await linkFor(one.requestId, max);
  expect(await decideByLink(max, yes(other, link))).toMatchObject({ error: { code: "not_found" } });
  expect(await rows(`approvals where request_id = '${other.requestId}'`)).toBe(0);
});

it("decides nothing once the role is lost, or the request has lapsed", async () => {
  const [late, lost] = [await asked(), await asked()];
  const links = [await linkFor(late.requestId, max), await linkFor(lost.requestId, mia)];
  await ageRequest(s.owner, late.requestId, "5 hours");
  expect(await decideByLink(max, yes(late, links[0] ?? ""))).toMatchObject({
    error: { code: "lapsed" },
  });
  await takeRole(s.owner, mia.actor.id, "manager");
  // As the panel knew her a moment ago.
  expect(await decideByLink(mia, yes(lost, links[1] ?? ""))).toMatchObject({
    error: { code: "not_approver" },
  });
});

it("of a hundred presses at once by link, one is a vote", async () => {
  const request = await asked();
  const link = await linkFor(request.requestId, max);
  const pressed = await Promise.all(
    Array.from({ length: 100 }, () => decideByLink(max, yes(request, link))),
  );
  expect(pressed.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await rows(`approvals where request_id = '${request.requestId}'`)).toBe(1);
});

it("carries no vote on another ask than was shown, and none that counts once somebody else is to decide", async () => {
  const request = await asked();
  const link = await linkFor(request.requestId, max);
  const altered = {
    ...request,
    ask: request.ask.replace(/^./, (one) => (one === "0" ? "1" : "0")),
  };
  expect(await decideByLink(max, yes(altered, link))).toMatchObject({
    error: { code: "conflict" },
  });
  await insert(s.owner, "policy_versions", {
    version: 15,
    body: { ...policy14, approvals: { sensitive: 1, rules: [{ by: "own_manager", votes: 1 }] } },
  });
  const agent = await hire(s.owner, "led", ["agent"], { managerId: max.actor.id });
  const led = await asked({ ...ana, actor: { ...ana.actor, id: agent } });
  const own = await linkFor(led.requestId, max);
  await s.owner.query("update staff set manager_id = $1 where id = $2", [mia.actor.id, agent]);
  const pressed = await Promise.all(
    Array.from({ length: 50 }, () => decideByLink(max, yes(led, own))),
  );
  for (const one of pressed) expect(one).toMatchObject({ error: { code: "not_approver" } });
  expect(
    await rows(`approvals where request_id in ('${request.requestId}', '${led.requestId}')`),
  ).toBe(0);
  await insert(s.owner, "policy_versions", { version: 16, body: policy14 });
});

it("is never made for who asks, never changed, and only forgotten when it is old", async () => {
  const { requestId } = await asked();
  await linkFor(requestId, max);
  const own = {
    token_hash: Buffer.alloc(32, 1),
    request_id: requestId,
    approver_id: ana.actor.id,
  };
  const insertOwn = () =>
    attack(s, (sql) =>
      sql.query(
        "insert into approval_links (token_hash, request_id, approver_id) values ($1, $2, $3)",
        Object.values(own),
      ),
    );
  expect(await insertOwn()).toBe("approval_link_own_request");
  await s.owner.query("update staff set person_id = $1 where id = $2", [
    ana.actor.id,
    moe.actor.id,
  ]);
  own.approver_id = moe.actor.id;
  expect(await insertOwn()).toBe("approval_link_own_request");
  expect(await attack(s, (sql) => sql.query("delete from approval_links"))).toBe(
    "approval_link_kept",
  );
  for (const statement of [
    "update approval_links set approver_id = request_id",
    "truncate approval_links",
  ])
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
  expect(await forgetLinks(max)).toBe(0);
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "approval_links", () =>
      sql.query("update approval_links set expires_at = expires_at - interval '31 days'"),
    ),
  );
  expect(await forgetLinks(max)).toBeGreaterThan(0);
});

it("is not guessed: who tries many is refused also the right one, for a while", async () => {
  const { requestId } = await asked();
  const link = await linkFor(requestId, max);
  for (let n = 0; n < limits.approval_link_guesses_of_person.most; n += 1)
    await followLink(max, newSecret());
  expect(await followLink(max, link)).toMatchObject({ error: { code: "too_often" } });
});
