import { customersOwn, fromLedger, throughTheDoor } from "#e2e/fixtures/door.ts";
import { form, formType } from "#e2e/fixtures/http.ts";
import { invoiceOf, stateOf } from "#e2e/fixtures/ledger.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const halvor = "halvor@ardentloom.test";
const olu = "olu@pebblewick.test";

test("with both cookies the impersonation counts, and a form made in one is not sent in the other", async ({
  caller,
  databases: { owner, ledger },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, halvor), { scope: "write" });
  const standIn = await throughTheDoor(agent, sid);
  const own = await customersOwn(olu);
  const path = `/invoices/${await invoiceOf(ledger, halvor)}`;
  const page = await fromLedger(standIn, path);
  const fields = [...page.text.matchAll(/<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"/g)];
  const body = form(fields.map(([, name = "", value = ""]): [string, string] => [name, value]));
  expect(body).toContain("_as=");
  const before = [await stateOf(ledger, halvor), await stateOf(ledger, olu)];

  // Opened as the agent, sent when only the customer's own cookie is left.
  const sent = await fromLedger(own, path, { method: "POST", headers: formType, body });
  expect(sent.status).toBe(409);
  // And the other way round.
  const ownPage = await fromLedger(own, "/invoices/new");
  const as = /name="_as" value="([^"]*)"/.exec(ownPage.text)?.[1] ?? "";
  for (const _as of [as, "", "x"]) {
    const answer = await fromLedger(`${own}; ${standIn}`, path, {
      method: "POST",
      headers: formType,
      body: form({ _as, note: "x" }),
    });
    expect(answer.status).toBe(409);
  }
  expect([await stateOf(ledger, halvor), await stateOf(ledger, olu)]).toEqual(before);

  for (const cookies of [`${own}; ${standIn}`, `${standIn}; ${own}`]) {
    const both = await fromLedger(cookies, "/invoices");
    expect(both.text).toContain("<alongside-banner");
    expect(both.text).toContain("Halvor");
  }
  // A made-up impersonation is nobody, never the customer by default, and is cleared.
  const planted = await fromLedger(`${own}; alongside_session=planted`, "/invoices");
  expect(planted.status).toBe(403);
  expect(planted.headers["set-cookie"]).toMatch(/alongside_session=;.*Max-Age=0/);
  expect((await fromLedger(own, "/invoices")).status).toBe(200);
});

test("another site's page sends no form, to either", async ({
  caller,
  databases: { owner, ledger },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, halvor), { scope: "write" });
  const standIn = await throughTheDoor(agent, sid);
  const own = await customersOwn(olu);
  const before = [await stateOf(ledger, halvor), await stateOf(ledger, olu)];
  for (const origin of ["https://evil.test", "null", "http://localhost:3001", ""])
    for (const cookie of [standIn, own])
      for (const path of ["/settings", "/alongside/end", "/sign-out"]) {
        const { status } = await fromLedger(cookie, path, {
          method: "POST",
          headers: { ...formType, origin },
          body: form({ name: "Evil" }),
        });
        expect([403, 303], `${path} from ${origin}`).toContain(status);
      }
  expect([await stateOf(ledger, halvor), await stateOf(ledger, olu)]).toEqual(before);
  expect((await fromLedger(standIn, "/invoices")).status).toBe(200);
  expect((await fromLedger(own, "/invoices")).status).toBe(200);
});
