import { randomUUID } from "node:crypto";
import { form, formType, jsonType, send } from "#e2e/fixtures/http.ts";
import {
  authorize,
  codeFor,
  introspection,
  jsonOf,
  post,
  redemption,
  sentBack,
  sessionState,
  wellAsked,
} from "#e2e/fixtures/oauth.ts";
import { ledger } from "#e2e/fixtures/products.ts";
import { watch } from "#e2e/fixtures/record.ts";
import { act, report } from "#e2e/fixtures/report.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("a client's own scope, end and actor count nowhere", async ({
  caller,
  databases: { owner },
  urls,
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"), { minutes: 15 });
  const wide = {
    scope: "write",
    expires_in: "99999",
    exp: "9999999999",
    max_age: "99999",
    sub: "usr_other",
    act: "somebody",
    actor: "somebody",
    minutes: "60",
    sid: randomUUID(),
    audience: "http://evil.test",
    resource: "http://evil.test",
  };
  const code = await codeFor(agent, sid);
  expect(sentBack(await authorize(agent, { ...wide, ...wellAsked(sid) }))?.has("code")).toBe(true);
  const tokens = jsonOf(await post("token", { ...wide, ...redemption(code) }));
  expect(tokens.scope).toBe("read");
  expect(tokens.expires_in).toBeLessThanOrEqual(15 * 60);
  expect(await introspection(String(tokens.access_token))).toMatchObject({
    sid,
    scope: "read",
    act: { sub: agent.person.id },
    aud: urls.ledger,
  });
  const before = await owner.query(
    "select scope, expires_at, actor_id from sessions where id = $1",
    [sid],
  );
  const said = { ...wide, ...act(), scope: "write", actor: randomUUID(), actor_id: randomUUID() };
  expect(jsonOf(await report(sid, { ...wide, actions: [said] }))).toMatchObject({
    accepted: [{ accepted: false, reason: "scope" }],
  });
  const after = await owner.query(
    "select scope, expires_at, actor_id from sessions where id = $1",
    [sid],
  );
  expect(after.rows).toEqual(before.rows);
  const { rows } = await owner.query(
    "select distinct actor_id from audit_entry where session_id = $1 and event like 'action.%'",
    [sid],
  );
  expect(rows).toEqual([{ actor_id: agent.person.id }]);
});

test("what is too large, too deep or not text is refused whole", async ({
  caller,
  databases: { owner },
  urls,
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"), {
    scope: "write",
  });
  const { proof } = ledger();
  const before = await sessionState(owner, sid);
  const refused = await watch(owner, "action.refused");
  const bad: [string, string][] = [
    ["no action", JSON.stringify({ actions: [] })],
    ["101 actions", JSON.stringify({ actions: Array.from({ length: 101 }, () => act()) })],
    ["more than a MiB", JSON.stringify({ actions: [act()], pad: "x".repeat(1 << 20) })],
    ["a list in a list, 100,000 times", "[".repeat(100_000) + "]".repeat(100_000)],
    ["the same under actions", `{"actions":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
    ["not JSON", "{"],
    ["nothing", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["__proto__", '{"__proto__":{"actions":[]}}'],
    ["a NUL", JSON.stringify({ actions: [act({ resource: "a\0b" })] })],
    [
      "half a surrogate",
      `{"actions":[${JSON.stringify(act({ resource: "x" })).replace('"x"', '"\\ud800"')}]}`,
    ],
    [
      "a new line in the browser's name",
      JSON.stringify({ actions: [act({ user_agent: "a\r\nb" })] }),
    ],
    [
      "a new line in the route",
      JSON.stringify({ actions: [act({ route: "/a\r\nSet-Cookie: x" })] }),
    ],
    ["a query in the route", JSON.stringify({ actions: [act({ route: "/a?token=1" })] })],
    ["a route of another host", JSON.stringify({ actions: [act({ route: "http://evil.test/" })] })],
    ["a long route", JSON.stringify({ actions: [act({ route: `/${"x".repeat(300)}` })] })],
    ["51 changes", JSON.stringify({ actions: [act({ changes: Array(51).fill({ field: "x" }) })] })],
    ["one bad among good", JSON.stringify({ actions: [act(), act({ effect: "all" }), act()] })],
  ];
  for (const [name, body] of bad) {
    const answer = await send(urls.panel, `/api/v1/sessions/${sid}/actions`, {
      method: "POST",
      headers: { ...jsonType, ...proof },
      body,
    });
    expect([400, 413], `${name}: ${answer.status}`).toContain(answer.status);
    expect(answer.headers["content-type"], name).toBe("application/problem+json");
    expect(jsonOf(answer), name).toMatchObject({ status: answer.status, type: "about:blank" });
  }
  const asForm = await send(urls.panel, `/api/v1/sessions/${sid}/actions`, {
    method: "POST",
    headers: { ...formType, ...proof },
    body: form({ actions: JSON.stringify([act()]) }),
  });
  expect([400, 415]).toContain(asForm.status);
  expect(await sessionState(owner, sid)).toBe(before);
  expect(await refused()).toHaveLength(bad.length + 1);
  // Nothing of it stuck to what every object inherits.
  expect((await report(sid, [act()])).status).toBe(200);
});
