import { v7 as newId } from "uuid";
import { ageSession } from "#db/testing/age.ts";
import { send } from "#e2e/fixtures/http.ts";
import { introspection, jsonOf, sessionState, tokenFor } from "#e2e/fixtures/oauth.ts";
import { anotherProduct, ledger, type Product } from "#e2e/fixtures/products.ts";
import { watch } from "#e2e/fixtures/record.ts";
import { act, report } from "#e2e/fixtures/report.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stack } from "#e2e/support/stack.ts";

const look = (sid: string, product: Pick<Product, "proof"> = ledger()) =>
  send(stack().panelUrl, `/api/v1/sessions/${sid}/look`, {
    method: "POST",
    headers: product.proof,
  });

test("after “just look” no token, old or new, writes again, and nothing is longer", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const subject = await subjectOf(owner, "jane@pebblewick.test");
  const sid = await started(agent, subject, { scope: "write", minutes: 15 });
  const token = await tokenFor(agent, sid);
  const before = await introspection(token);
  expect(jsonOf(await look(sid))).toEqual({ active: true, scope: "read" });
  const after = await introspection(token);
  expect(after).toMatchObject({ active: true, scope: "read", exp: before.exp });
  for (const attempt of [act(), act({ effect: "export" })])
    expect(jsonOf(await report(sid, [attempt]))).toMatchObject({
      active: true,
      accepted: [{ accepted: false }],
    });

  // A token that is new says it too; a second time changes nothing.
  const next = await tokenFor(agent, sid);
  expect(await introspection(next)).toMatchObject({ scope: "read", exp: before.exp });
  const state = await sessionState(owner, sid);
  expect(jsonOf(await look(sid))).toEqual({ active: true, scope: "read" });
  expect(await sessionState(owner, sid)).toBe(state);
  const { rows } = await owner.query(
    "select count(*)::int as sessions from sessions where actor_id = $1",
    [agent.person.id],
  );
  expect(rows).toEqual([{ sessions: 1 }]);
});

test("nobody narrows what is another product’s, unknown, nonsense or over", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const subject = await subjectOf(owner, "jane@pebblewick.test");
  const sid = await started(agent, subject, { scope: "write", minutes: 15 });
  const thief = await anotherProduct(owner);
  const refused = await watch(owner, "session.narrow_refused");
  const state = await sessionState(owner, sid);
  for (const id of [sid, newId(), "S-1"]) expect((await look(id, thief)).status).toBe(404);
  expect((await look(sid, { proof: {} })).status).toBe(401);
  expect(await sessionState(owner, sid)).toBe(state);
  expect((await refused()).map(({ body }) => body.refused)).toEqual(Array(3).fill("not_found"));

  await ageSession(owner, sid, "15 minutes");
  expect(jsonOf(await look(sid))).toMatchObject({ active: false, sid });
  const over = await sessionState(owner, sid);
  expect(jsonOf(await look(sid))).toMatchObject({ active: false, sid });
  expect(await sessionState(owner, sid)).toBe(over);
});
