import { v7 as newId } from "uuid";
import { authorize, sentBack, sessionState, wellAsked } from "#e2e/fixtures/oauth.ts";
import { countOf, watch } from "#e2e/fixtures/record.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { end } from "#lib/impersonation/end.ts";

test("the authorize step in any browser but the actor's own gives no code", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const others = [await caller(), await caller(runa), await caller(["admin"])];
  const before = await sessionState(owner, sid);
  const refused = await watch(owner, "code.refused");

  for (const other of others) {
    const query = wellAsked(sid);
    const answer = await authorize(other, query);
    const unknown = await authorize(other, { ...query, login_hint: newId() });
    expect(sentBack(answer)?.get("error")).toBe("access_denied");
    // Unknown and forbidden answer alike.
    expect(answer.headers.location).toBe(unknown.headers.location);
  }
  expect(await sessionState(owner, sid)).toBe(before);
  const entries = await refused();
  expect(entries.map(({ body }) => body.by)).toEqual(
    others.flatMap(({ person }) => [person.name, person.name]),
  );
  expect(new Set(entries.map(({ body }) => body.error))).toEqual(new Set(["access_denied"]));
});

test("nobody is signed in: no code, and it is counted", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const before = await sessionState(owner, sid);
  const counted = await countOf(owner, "code.refused", "invalid");
  const back = sentBack(await authorize(null, wellAsked(sid)));
  expect(back?.get("error")).toBe("login_required");
  expect(back?.has("code")).toBe(false);
  expect(await sessionState(owner, sid)).toBe(before);
  expect(await countOf(owner, "code.refused", "invalid")).toBe(counted + 1);
});

test("no code for a session that has ended", async ({ caller, databases: { owner } }) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  await end(agent.ctx, { sessionId: sid });
  const before = await sessionState(owner, sid);
  const refused = await watch(owner, "code.refused");
  const back = sentBack(await authorize(agent, wellAsked(sid)));
  expect(back?.get("error")).toBe("access_denied");
  expect(await sessionState(owner, sid)).toBe(before);
  expect(await refused()).toMatchObject([{ session_id: sid, body: { error: "access_denied" } }]);
});
