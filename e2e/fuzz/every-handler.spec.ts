import fc from "fast-check";
import { v7 as newId } from "uuid";
import { basic, form, send, sendAndLeave } from "#e2e/fixtures/http.ts";
import { codeFor, redemption, wellAsked } from "#e2e/fixtures/oauth.ts";
import { anotherProduct, ledger } from "#e2e/fixtures/products.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { reported } from "#lib/impersonation/testing.ts";
import { addressesOf, filled } from "./addresses.ts";
import { expectHarmless, expectProblem, expectSecured } from "./answers.ts";
import {
  type Json,
  mutated,
  oddCursor,
  oddHeaders,
  oddJson,
  oddQuery,
  oddSegment,
  oddText,
  runs,
} from "./arbitraries.ts";

const action = () => ({
  ...reported(),
  data: ["invoice"],
  resource: "INV-0001",
  changes: [{ field: "Note", before: "a", after: "b" }],
  status: 200,
  ip: "192.0.2.7",
  user_agent: "a browser",
});
const lines: Json[] = [
  { type: "account", id: "acc_1", name: "One", tier: "standard", impersonation: "allowed" },
  {
    type: "user",
    id: "usr_1",
    account_id: "acc_1",
    name: "Una One",
    email: "una@one.test",
    role: "member",
    owner: false,
    vip: false,
    status: "active",
    kind: "person",
    last_seen_at: "2026-06-01T10:00:00Z",
    lang: "en",
  },
  {
    type: "ticket",
    id: "T-1",
    account_id: "acc_1",
    user_id: "usr_1",
    title: "Help",
    status: "open",
    assignee_email: null,
  },
];

const types = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
  lines: "application/x-ndjson",
};
const asForm = (value: Json): string =>
  form(
    Object.entries(value !== null && typeof value === "object" ? value : { value }).map(
      ([name, text]): [string, string] => [
        name,
        typeof text === "string" ? text : JSON.stringify(text),
      ],
    ),
  );

type Sent = { type: string; body: string };

/** What a handler would take, for mutation; everything else that it may be sent is odd from the start. */
const bodyLike = (valid: Json, type: "json" | "form" | "lines"): fc.Arbitrary<Sent> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: mutated(valid).map((value) => ({
        type: types[type],
        body:
          type === "form"
            ? asForm(value)
            : type === "lines"
              ? [value]
                  .flat()
                  .map((line) => JSON.stringify(line))
                  .join("\n")
              : JSON.stringify(value),
      })),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constantFrom(...Object.values(types), "multipart/form-data; boundary=x", ""),
        body: fc.oneof(
          oddText,
          oddJson.map((value) => JSON.stringify(value)),
        ),
      }),
    },
  );

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "PURGE"];
const handlers = addressesOf("route.ts");

test("there are handlers", () => {
  expect(handlers.length).toBeGreaterThan(10);
});

for (const handler of handlers) {
  test(`${handler.template} never fails, whatever it is asked`, async ({
    caller,
    databases: { owner },
    urls,
  }) => {
    const agent = await caller();
    const admin = await caller(["admin"]);
    const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
    const code = await codeFor(agent, sid);
    // Its directory is nobody else's.
    const shop = await anotherProduct(owner);
    const asked: Record<string, { body: fc.Arbitrary<Sent>; query: string[] }> = {
      "/api/v1/sessions/[sid]/actions": {
        body: bodyLike({ actions: [action(), action()] }, "json"),
        query: [],
      },
      "/api/v1/sessions/[sid]/end": {
        body: bodyLike({ by: "customer", comment: "Enough." }, "json"),
        query: [],
      },
      "/api/v1/directory": { body: bodyLike(lines, "lines"), query: ["full", "sync"] },
      "/oauth/token": { body: bodyLike(redemption(code), "form"), query: [] },
      "/oauth/authorize": {
        body: bodyLike(wellAsked(sid), "form"),
        query: Object.keys(wellAsked(sid)),
      },
    };
    const { body, query } = asked[handler.template] ?? {
      body: bodyLike({ token: "a.b.c", q: "jane", staffId: newId(), csrfToken: "x" }, "form"),
      query: ["q", "request", "session", "callbackUrl", "error", "csrfToken"],
    };
    const segment = fc.oneof(
      { weight: 3, arbitrary: fc.constant(sid) },
      { weight: 1, arbitrary: fc.uuid() },
      { weight: 2, arbitrary: oddSegment },
      { weight: 1, arbitrary: fc.constantFrom("signin", "callback/persona", "session", "csrf") },
    );
    const own = handler.template.startsWith("/api/v1/directory") ? shop : ledger();
    // One that goes on until it is left is left once it has begun.
    const ask = handler.template === "/api/stream" ? sendAndLeave : send;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          { weight: 2, arbitrary: fc.constantFrom("GET", "POST", "PUT") },
          { weight: 1, arbitrary: fc.constantFrom(...methods) },
        ),
        segment,
        fc.oneof(oddQuery(query, oddCursor), fc.constant("")),
        body,
        oddHeaders,
        fc.constantFrom<Record<string, string>>(
          own.proof,
          own.proof,
          { cookie: agent.cookie },
          { cookie: admin.cookie },
          basic("ledger", "\0"),
          {},
        ),
        async (method, fill, search, sent, headers, proof) => {
          const path = filled(handler, [fill]) + (search && `?${search}`);
          const answer = await ask(urls.panel, path, {
            method,
            headers: { ...(sent.type && { "content-type": sent.type }), ...proof, ...headers },
            ...(method !== "GET" && method !== "HEAD" && { body: sent.body }),
          });
          const what = `${method} ${path} → ${answer.status} ${answer.text.slice(0, 300)}`;
          expectHarmless(answer, what);
          expectSecured(answer, what);
          if (/^[\w.-]+$/.test(fill)) expectProblem(answer, filled(handler, [fill]), what);
        },
      ),
      runs(25),
    );
  });
}
