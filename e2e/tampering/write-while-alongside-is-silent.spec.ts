import { fromLedger, throughTheDoor } from "#e2e/fixtures/door.ts";
import { form, formType } from "#e2e/fixtures/http.ts";
import { invoiceOf, stateOf } from "#e2e/fixtures/ledger.ts";
import { actionsOf } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const halvor = "halvor@ardentloom.test";

test("no answer, no write", async ({ caller, databases: { owner, ledger } }) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, halvor), { scope: "write" });
  const cookie = await throughTheDoor(agent, sid);
  const path = `/invoices/${await invoiceOf(ledger, halvor)}`;
  const page = await fromLedger(cookie, path);
  const as = /name="_as" value="([^"]*)"/.exec(page.text)?.[1] ?? "";
  expect(as).not.toBe("");
  const before = await stateOf(ledger, halvor);

  // Whoever holds the session's row keeps Alongside from answering about it.
  const holder = await owner.connect();
  try {
    await holder.query("begin");
    await holder.query("select 1 from sessions where id = $1 for update", [sid]);
    const answer = await fromLedger(cookie, path, {
      method: "POST",
      headers: formType,
      body: form({ _as: as, version: "1", note: "This must never arrive." }),
    });
    expect(answer.status).toBe(503);
    expect(answer.headers["retry-after"]).toBe("5");
    expect(await stateOf(ledger, halvor)).toBe(before);
  } finally {
    await holder.query("rollback");
    holder.release();
  }
  // Told late, it is on record as what it was; nothing of it ran.
  await expect
    .poll(async () => (await actionsOf(owner, sid)).map(({ refusal }) => refusal))
    .toContain("unreachable");
  expect(await stateOf(ledger, halvor)).toBe(before);
});
