import { act, actionNamed, allActions, multipart } from "#e2e/fixtures/actions.ts";
import { ask, tellsOfItself } from "#e2e/fixtures/caller.ts";
import { countOf } from "#e2e/fixtures/record.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stateOfAll } from "#e2e/fixtures/untouched.ts";
import { stack } from "#e2e/support/stack.ts";

const broken: [string, string][] = [
  ["nothing", ""],
  ["half a form", "--alongside-test\r\ncontent-disposition: form-data; na"],
  ["no arguments", multipart([["_1_a", "1"]])],
  ["no JSON", multipart([["0", "[{"]])],
  ["a reference to nothing", multipart([["0", '["$5"]']])],
  ["a promise that never comes", multipart([["0", '["$@9"]']])],
  [
    "a server reference",
    multipart([
      ["0", '["$h1"]'],
      ["1", '{"id":"x","bound":null}'],
    ]),
  ],
  ["prototypes", multipart([["0", '[{"__proto__":{"ok":true}},"$K1"]']])],
  ["a thing of itself", multipart([["0", '["$0","$K1"]']])],
  ["what is 100,000 deep", multipart([["0", "[".repeat(1e5) + "]".repeat(1e5)]])],
];
for (const [name, body] of broken)
  test(`an action with ${name} is a refusal, not a fault`, async ({ caller, databases }) => {
    const agent = await caller();
    const before = await stateOfAll(databases.owner);
    const counted = await countOf(databases.owner, "page.refused", "invalid");
    for (const action of allActions()) {
      const answer = await act(action, agent, {}, { body });
      expect(answer.status, action.name).toBe(400);
      expect(answer.text).toContain("Nothing was changed.");
      expect(tellsOfItself(answer)).toBe(false);
    }
    expect(await stateOfAll(databases.owner)).toEqual(before);
    const after = await countOf(databases.owner, "page.refused", "invalid");
    expect(after - counted).toBe(allActions().length);
  });

test("an action of an older deployment is told so", async ({ caller }) => {
  const agent = await caller();
  const old = { id: "7f".padEnd(42, "0"), page: "/" };
  const fetched = await act(old, agent, { sessionId: "1" });
  expect(fetched.status).toBe(409);
  expect(fetched.headers["x-nextjs-action-not-found"]).toBe("1");
  expect(tellsOfItself(fetched)).toBe(false);
  const posted = await ask("/", agent, {
    method: "POST",
    headers: {
      origin: stack().panelUrl,
      "content-type": "multipart/form-data; boundary=alongside-test",
    },
    body: multipart([[`$ACTION_ID_${old.id}`, ""]]),
  });
  expect(posted.status).toBe(409);
  expect(tellsOfItself(posted)).toBe(false);
});

test("a form as large as a book is refused before it is read", async ({ caller, databases }) => {
  const agent = await caller();
  const before = await stateOfAll(databases.owner);
  const large = "x".repeat(2 << 20);
  const tooLarge = await act(actionNamed("askToStandIn"), agent, { reason: large });
  expect(tooLarge.status).toBe(413);
  const persona = await ask("/sign-in/persona", null, {
    method: "POST",
    headers: { origin: stack().panelUrl, "content-type": "application/x-www-form-urlencoded" },
    body: `staffId=${large}`,
  });
  expect(persona.status).toBe(413);
  const endless = await ask("/", agent, {
    method: "POST",
    headers: { origin: stack().panelUrl, "transfer-encoding": "chunked" },
  });
  expect(endless.status).toBe(411);
  expect(await stateOfAll(databases.owner)).toEqual(before);
});
