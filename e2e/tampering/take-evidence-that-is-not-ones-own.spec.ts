import { act, actionNamed, refusedWith } from "#e2e/fixtures/actions.ts";
import { ask } from "#e2e/fixtures/caller.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { refusalsOf, stateOfAll } from "#e2e/fixtures/untouched.ts";
import { startLogExport } from "#lib/evidence/exports/start.ts";

const reason = "A request that nobody made";

for (const role of ["agent", "manager", "admin"] as const)
  test(`a mere ${role} exports nothing, by page, form or address`, async ({
    caller,
    databases,
  }) => {
    const { owner } = databases;
    const [one, cleo] = [await caller([role]), await caller(["compliance"])];
    const begun = await startLogExport(cleo.ctx, { format: "csv", filter: {}, reason });
    if (!begun.ok) throw new Error(begun.error.message);
    const subject = await subjectOf(owner, "olu@pebblewick.test");
    const session = await started(await caller(), subject);
    const before = await stateOfAll(owner);
    const { id } = begun.value;
    const pages = [
      "/audit/export",
      "/audit/exports",
      `/audit/exports/${id}`,
      `/sessions/${session}/report`,
      "/evidence/CC6.1/population",
      "/reviews/2026-q3/population/file",
    ];
    for (const path of [...pages, `/customers/${subject}/report`, `/audit/exports/${id}/file`])
      expect((await ask(path, one)).status, path).toBe(403);
    const forms = {
      exportLog: { format: "csv", filter: "", reason },
      exportSession: { session, reason },
      exportSubject: { format: "json", subject, reason },
      exportExposure: {
        of: "actor",
        id: one.person.id,
        from: "2026-01-01",
        to: "2026-12-31",
        reason,
      },
      cancel: { id },
    };
    for (const [name, fields] of Object.entries(forms))
      expect(refusedWith(await act(actionNamed(name), one, fields)), name).toBe("not_allowed");
    expect(await stateOfAll(owner)).toEqual(before);
    expect((await refusalsOf(owner, one.person.id)).length).toBeGreaterThanOrEqual(10);
  });

test("another's file is not there, not even for compliance, and one's own is given once", async ({
  caller,
}) => {
  const [cleo, carl] = [await caller(["compliance"]), await caller(["compliance"])];
  const begun = await startLogExport(cleo.ctx, {
    format: "jsonl",
    filter: { actor: cleo.person.id },
    reason,
  });
  if (!begun.ok) throw new Error(begun.error.message);
  const file = `/audit/exports/${begun.value.id}/file`;
  expect((await ask(file, carl)).status).toBe(404);
  expect((await ask(file, null)).status).toBe(307);
  expect((await ask(file, cleo, { method: "HEAD" })).status).toBe(405);
  expect((await ask(file, cleo, { headers: { "sec-purpose": "prefetch" } })).status).toBe(409);
  const given = await ask(file, cleo, { headers: { "accept-encoding": "gzip, br" } });
  expect(given.status).toBe(200);
  expect(given.headers).toMatchObject({
    "content-type": "application/jsonl; charset=utf-8",
    "cache-control": "no-store, no-transform",
    "transfer-encoding": "chunked",
  });
  expect(given.headers["content-encoding"]).toBeUndefined();
  expect(given.headers["content-disposition"]).toMatch(
    /^attachment; filename="audit-log-\w+-[0-9a-f]{8}\.jsonl"$/,
  );
  expect(given.text).toContain('{"kind":"end","rows":');
  const again = await ask(file, cleo);
  expect(again.status).toBe(409);
  expect(again.text).not.toContain("entry_id");
});

test("a filter that is SQL is a filter that nothing fits", async ({ caller }) => {
  const cleo = await caller(["compliance"]);
  const filter = `ticket=${encodeURIComponent("X' OR 1=1; DROP TABLE exports; --")}`;
  const begun = await act(actionNamed("exportLog"), cleo, { format: "csv", filter, reason });
  const id = /exports\/([0-9a-f-]{36})/.exec(begun.headers["x-action-redirect"] ?? "")?.[1];
  const given = await ask(`/audit/exports/${id}/file`, cleo);
  expect(given.status).toBe(200);
  expect(given.text.trim().split("\r\n")).toHaveLength(1);
});
