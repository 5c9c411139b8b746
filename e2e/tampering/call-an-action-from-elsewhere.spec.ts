import { act, allActions, refusedWith } from "#e2e/fixtures/actions.ts";
import { tellsOfItself } from "#e2e/fixtures/caller.ts";
import { countOf } from "#e2e/fixtures/record.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stateOfAll } from "#e2e/fixtures/untouched.ts";

/** "" stands for none at all. */
const foreign = ["https://evil.test", "null", "", "http://localhost", "http://localhost.evil.test"];

for (const origin of foreign)
  test(`no action is done for a form from ${origin || "nowhere"}`, async ({
    caller,
    databases,
  }) => {
    const all = await caller(["manager", "admin"]);
    const actions = allActions();
    expect(actions.length).toBeGreaterThan(6);
    const before = await stateOfAll(databases.owner);
    const counted = await countOf(databases.owner, "page.refused", "not_allowed");
    for (const action of actions) {
      const answer = await act(action, all, {}, { headers: { origin } });
      expect(answer.status, action.name).toBeLessThan(500);
      expect(tellsOfItself(answer), action.name).toBe(false);
      // Signing out is refused by going nowhere.
      if (action.name === "signOutAction")
        expect(answer.headers["x-action-redirect"]).toMatch(/^\/;/);
      else expect(refusedWith(answer), action.name).toBe("not_allowed");
    }
    expect(await stateOfAll(databases.owner)).toEqual(before);
    const after = await countOf(databases.owner, "page.refused", "not_allowed");
    expect(after - counted).toBe(actions.length);
  });
