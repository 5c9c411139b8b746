import fc from "fast-check";
import type pg from "pg";
import { customersOwn, fromLedger, throughTheDoor } from "#e2e/fixtures/door.ts";
import { formType } from "#e2e/fixtures/http.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { expectHarmless } from "./answers.ts";
import { encoded, oddHeaders, oddQuery, oddSegment, oddText, runs } from "./arbitraries.ts";

const folders = [
  "invoices",
  "recurring",
  "clients",
  "reports",
  "settings",
  "settings/team",
  "settings/keys",
  "settings/two-factor",
  "shared",
  "join",
  "api",
  "sign-in",
  "alongside",
  "assets",
];
const names = [
  "name",
  "email",
  "note",
  "version",
  "client",
  "client_id",
  "vat",
  "price",
  "quantity",
];
const more = ["description", "issued_on", "due_on", "subject", "body", "invoice", "next", "state"];
const latest = ["every", "next_on", "search", "role", "code", "after", "again"];
const others = [
  ...latest,
  "default_vat",
  "payment_days",
  "before",
  "done",
  "_method",
  "iss",
  "login_hint",
];
/** Somebody whose company is in no other test. */
async function nobodyElses(ledger: pg.Pool): Promise<string> {
  const { rows } = await ledger.query<{ email: string }>(
    `select min(u.email) as email from users u join accounts a on a.id = u.account_id
      where a.tier = 'standard' and a.impersonation = 'allowed' and u.status = 'active' and u.kind = 'person'
        and u.role = 'member' and not u.vip and u.password_hash is not null
        and u.email !~ '@(pebblewick|ardentloom)' and (select count(*) from users o where o.email = u.email) = 1`,
  );
  return rows[0]?.email ?? "";
}

for (const who of ["a customer", "an agent while acting", "nobody"] as const)
  test(`Ledger never fails, whatever ${who} asks`, async ({
    caller,
    databases: { owner, ledger },
  }) => {
    const agent = await caller();
    const customer = await nobodyElses(ledger);
    const cookie =
      who === "nobody"
        ? ""
        : who === "a customer"
          ? await customersOwn(customer)
          : await throughTheDoor(
              agent,
              await started(agent, await subjectOf(owner, customer), { scope: "write" }),
            );
    const page = await fromLedger(cookie, "/invoices/new");
    const as = /name="_as" value="([^"]*)"/.exec(page.text)?.[1] ?? "";
    const segment = fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom("INV-0001", "new", "paid", "message", "messages") },
      {
        weight: 2,
        arbitrary: fc.constantFrom("share", "search", "change", "next", "invites", "role"),
      },
      { weight: 1, arbitrary: fc.constantFrom("login", "callback", "end", "ended", "banner.js") },
      { weight: 2, arbitrary: oddSegment },
    );
    const fields = fc.array(
      fc.tuple(fc.constantFrom(...names, ...more, ...others), fc.oneof(oddText, fc.constant("1"))),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"),
        fc.constantFrom(...folders),
        fc.array(segment, { maxLength: 2 }),
        oddQuery([...names, ...more, ...others]),
        fields,
        oddHeaders,
        async (method, folder, rest, search, sent, headers) => {
          const path = `/${[folder, ...rest].join("/")}?${search}`;
          const body = [["_as", as], ...sent].map((pair) => pair.map(encoded).join("=")).join("&");
          const answer = await fromLedger(cookie, path, {
            method,
            headers: { ...formType, ...headers, cookie },
            ...(method !== "GET" && method !== "HEAD" && { body }),
          });
          const what = `${method} ${path} ${body} → ${answer.status} ${answer.text.slice(0, 200)}`;
          expectHarmless(answer, what);
          if (answer.status !== 431)
            expect(answer.headers["x-content-type-options"], what).toBe("nosniff");
        },
      ),
      runs(30),
    );
  });
