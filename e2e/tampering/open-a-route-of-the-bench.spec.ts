import { send } from "#e2e/fixtures/http.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("what the bench compares with is in no ordinary build", async ({ caller, urls }) => {
  const { cookie } = await caller();
  for (const [method, path] of [
    ["GET", "/bench"],
    ["GET", "/bench/page"],
    ["GET", "/bench/shell"],
    ["GET", "/bench/handler"],
    ["POST", "/bench/handler"],
  ] as const) {
    const answer = await send(urls.panel, path, { method, headers: { cookie } });
    expect(answer.status, `${method} ${path}`).toBe(404);
  }
});
