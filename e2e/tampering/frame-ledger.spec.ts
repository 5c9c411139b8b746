import { fromLedger, throughTheDoor } from "#e2e/fixtures/door.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("no answer of Ledger may be framed, sniffed or kept", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const cookie = await throughTheDoor(agent, sid);
  for (const path of [
    "/",
    "/invoices",
    "/settings",
    "/settings/password",
    "/reports/invoices.csv",
    "/clients/export.csv",
    "/settings/two-factor/new",
    "/api/invoices",
    "/join/x",
    "/shared/x",
    "/nowhere",
    "/%E0%A4%A",
    "/sign-in",
    "/alongside/login?iss=x",
    "/alongside/callback",
    "/alongside/ended",
    "/alongside/end",
  ])
    for (const who of [cookie, "alongside_session=x", ""]) {
      const { status, headers } = await fromLedger(who, path);
      expect(status, path).toBeLessThan(500);
      expect(headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
      expect(headers["x-frame-options"], path).toBe("DENY");
      expect(headers["x-content-type-options"], path).toBe("nosniff");
      expect(headers["cache-control"], path).toContain("no-store");
    }
});
