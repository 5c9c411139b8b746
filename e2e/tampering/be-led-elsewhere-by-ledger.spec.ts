import { atTheDoor, fromLedger } from "#e2e/fixtures/door.ts";
import { form, formType } from "#e2e/fixtures/http.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const elsewhere = [
  "https://evil.test/",
  "//evil.test/",
  "///evil.test/",
  "/\\evil.test/",
  "\\\\evil.test/",
  "/\t/evil.test/",
  "/\n/evil.test/",
  "/%09/evil.test",
  "https:evil.test",
  "javascript:alert(1)",
  "data:text/html,x",
  "/..//evil.test/",
  "http://127.0.0.1.evil.test/",
  "http://127.0.0.1@evil.test/",
  "x\r\nSet-Cookie: evil=1",
];

const leadsTo = (location: string | undefined, own: string) =>
  new URL(location ?? "http://nowhere.test", own).origin;

test("target_link_uri leads to Ledger's own pages only", async ({
  caller,
  databases: { owner },
  urls,
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  for (const target of [...elsewhere, `${urls.panel}/`]) {
    const { callback, state } = await atTheDoor(agent, sid, target);
    const { status, headers } = await fromLedger(state, callback);
    expect(status, target).toBe(303);
    expect(leadsTo(headers.location, urls.ledger), target).toBe(urls.ledger);
    expect(headers["set-cookie"], target).not.toContain("evil");
  }
});

test("next leads to Ledger's own pages only", async ({ urls }) => {
  for (const next of elsewhere) {
    const { status, headers } = await fromLedger("", "/sign-in", {
      method: "POST",
      headers: formType,
      body: form({ email: "olu@pebblewick.test", password: "ledger-demo", next }),
    });
    expect(status, next).toBe(303);
    expect(leadsTo(headers.location, urls.ledger), next).toBe(urls.ledger);
    expect(headers["set-cookie"], next).not.toContain("evil");
  }
});
