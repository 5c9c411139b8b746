import { send } from "#e2e/fixtures/http.ts";
import { act, report } from "#e2e/fixtures/report.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("what a product says is text on every page that shows it", async ({
  caller,
  databases: { owner },
  urls,
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"), {
    scope: "write",
  });
  const evil = `"><img src=x onerror=alert(1)></script><script>alert(1)</script>`;
  const attempt = act({
    resource: evil,
    route: `/${evil}`,
    user_agent: evil,
    data: [evil.slice(0, 60)],
    changes: [{ field: evil, before: `=cmd|'/C calc'!A0`, after: `javascript:alert(1) ${evil}` }],
  });
  expect((await report(sid, [attempt])).status).toBe(200);
  expect((await report(sid, { by: "customer", comment: evil }, undefined, "end")).status).toBe(200);

  for (const path of [`/sessions/${sid}`, "/sessions", "/audit", `/audit?session=${sid}`]) {
    const { status, text } = await send(urls.panel, path, { headers: { cookie: agent.cookie } });
    expect(status, path).toBe(200);
    expect(text, path).not.toMatch(/<img src=x/i);
    expect(text, path).not.toMatch(/<script>alert/i);
    expect(text, path).not.toMatch(/href="javascript:/i);
  }
  const shown = await send(urls.panel, `/sessions/${sid}`, { headers: { cookie: agent.cookie } });
  expect(shown.text).toContain("&lt;img src=x");
});
