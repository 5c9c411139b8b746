import { form, formType, send } from "#e2e/fixtures/http.ts";
import { authorize, sessionState, wellAsked } from "#e2e/fixtures/oauth.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("a code is given to a GET only", async ({ caller, databases: { owner }, urls }) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const before = await sessionState(owner, sid);

  for (const method of ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
    const answer = await authorize(agent, wellAsked(sid), method);
    expect(answer.status, method).toBe(method === "OPTIONS" ? 204 : 405);
    expect(answer.headers.location, method).toBeUndefined();
  }
  const inBody = await send(urls.panel, "/oauth/authorize", {
    method: "POST",
    headers: { ...formType, origin: urls.panel, cookie: agent.cookie },
    body: form(wellAsked(sid)),
  });
  expect(inBody.status).toBe(405);
  expect(await sessionState(owner, sid)).toBe(before);
});
