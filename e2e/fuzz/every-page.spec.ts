import fc from "fast-check";
import { invited, pressed } from "#e2e/fixtures/guests.ts";
import { send } from "#e2e/fixtures/http.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { asked, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { auditParams } from "#lib/audit/search-params.ts";
import { evidenceParams } from "#lib/evidence/controls/params.ts";
import { addressesOf, filled } from "./addresses.ts";
import { expectHarmless, expectSecured } from "./answers.ts";
import { oddCursor, oddHeaders, oddQuery, oddSegment, runs } from "./arbitraries.ts";

const pages = addressesOf("page.tsx");
/** Every parameter that some page reads; a page that does not know one has to bear it. */
const names = [
  ...Object.keys(auditParams.shape),
  ...Object.keys(evidenceParams.shape),
  "key",
  ...["q", "open", "done", "end", "error", "person", "because", "scope", "url", "again"],
  ...["callbackUrl", "redirect", "lift", "staff", "product", "role", "page", "_rsc"],
];

test("there are pages", () => {
  expect(pages.length).toBeGreaterThan(8);
});

for (const page of pages) {
  test(`${page.template} never fails, whatever its address says`, async ({
    caller,
    databases: { owner },
    urls,
  }) => {
    const agent = await caller();
    const subjectId = await subjectOf(owner, "jane@pebblewick.test");
    const sensitive = await subjectOf(owner, "jane.ashdown@tallowfield.test");
    const sid = await started(agent, subjectId);
    const requestId = await asked(await caller(), sensitive);
    const { rows } = await owner.query<{ id: string }>(
      "select account_id as id from subjects where id = $1",
      [subjectId],
    );
    const ids = [sid, requestId, subjectId, sensitive, rows[0]?.id ?? ""];
    const days = { from: "2001-01-01", to: "2026-12-31" };
    const auditor = page.template.startsWith("/auditor")
      ? await pressed((await invited(await caller(["compliance"]), days)).secret)
      : null;
    const cookies = [
      ...(auditor ? [auditor.cookie] : []),
      agent.cookie,
      (await caller(runa)).cookie,
      (await caller(["compliance"])).cookie,
      (await caller(["admin"])).cookie,
      "",
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          { weight: 4, arbitrary: fc.constantFrom(...ids) },
          { weight: 1, arbitrary: oddSegment },
        ),
        oddQuery(names, fc.oneof(oddCursor, fc.constantFrom(...ids))),
        oddHeaders,
        fc.constantFrom(...cookies),
        async (id, search, headers, cookie) => {
          const path = `${filled(page, [id])}?${search}`;
          const answer = await send(urls.panel, path, { headers: { cookie, ...headers } });
          const what = `${path} → ${answer.status} ${answer.text.slice(0, 200)}`;
          expectHarmless(answer, what);
          expectSecured(answer, what);
        },
      ),
      runs(15),
    );
  });
}
