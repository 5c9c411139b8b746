import { atTheDoor, fromLedger } from "#e2e/fixtures/door.ts";
import { sessionState } from "#e2e/fixtures/oauth.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("an answer of Alongside is taken by the browser that asked, from this issuer, once", async ({
  caller,
  databases: { owner },
  urls,
}) => {
  const agent = await caller();
  const other = await caller();
  const subject = await subjectOf(owner, "jane@pebblewick.test");
  const sid = await started(agent, subject);
  const mine = await atTheDoor(agent, sid);
  const theirs = await atTheDoor(other, await started(other, subject));
  const before = await sessionState(owner, sid);
  const change = (name: string, value: string | null): string => {
    const url = new URL(mine.callback, urls.ledger);
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
    return url.pathname + url.search;
  };

  const tries: [string, string, string][] = [
    ["no cookie", "", mine.callback],
    ["another browser's cookie", theirs.state, mine.callback],
    ["another's answer", mine.state, theirs.callback],
    ["a made-up cookie", "alongside_state=e.y.J.x.x", mine.callback],
    ["another state", mine.state, change("state", "x")],
    ["no state", mine.state, change("state", null)],
    ["another issuer", mine.state, change("iss", "http://evil.test")],
    ["no issuer", mine.state, change("iss", null)],
    ["the issuer with a slash", mine.state, change("iss", `${urls.panel}/`)],
    ["no code", mine.state, change("code", null)],
    ["an error", mine.state, `${change("code", null)}&error=%3Cscript%3E`],
  ];
  for (const [name, cookie, path] of tries) {
    const answer = await fromLedger(cookie, path);
    expect(answer.status, name).toBe(400);
    expect(answer.headers["set-cookie"] ?? "", name).not.toContain("alongside_session=");
    expect(answer.text, name).not.toContain("<script>");
  }
  // The code was not even presented.
  expect(await sessionState(owner, sid)).toBe(before);

  const entered = await fromLedger(mine.state, mine.callback);
  expect(entered.status).toBe(303);
  expect(entered.headers["set-cookie"]).toContain("alongside_session=");
});

test("a login begins for our issuer only", async ({ urls }) => {
  for (const iss of ["http://evil.test", `${urls.panel}/`, `${urls.panel}.evil.test`, ""]) {
    const answer = await fromLedger("", `/alongside/login?iss=${encodeURIComponent(iss)}`);
    expect(answer.status, iss).toBe(400);
    expect(answer.headers.location, iss).toBeUndefined();
    expect(answer.headers["set-cookie"], iss).toBeUndefined();
  }
});
