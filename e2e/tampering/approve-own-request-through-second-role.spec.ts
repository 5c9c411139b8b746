import { act, actionNamed, refusedWith } from "#e2e/fixtures/actions.ts";
import { tellsOfItself } from "#e2e/fixtures/caller.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { refusalsOf, stateOfAll } from "#e2e/fixtures/untouched.ts";

const sensitive = "aino@quennell.test";

async function hashOf(
  owner: { query: (text: string, values: string[]) => Promise<{ rows: { hash: string }[] }> },
  id: string,
) {
  const { rows } = await owner.query(
    "select encode(ask_hash, 'hex') as hash from requests where id = $1",
    [id],
  );
  return rows[0]?.hash ?? "";
}

test("an agent who is a manager too does not approve their own request", async ({
  signedIn,
  databases,
}) => {
  const { owner } = databases;
  const both = await signedIn(await hireOne(owner, ["agent", "manager"]));
  const requestId = await asked(both, await subjectOf(owner, sensitive));
  const cookies = await both.context.cookies();
  const me = { ...both, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
  const before = await stateOfAll(owner);
  for (const vote of ["approve", "deny"]) {
    const answer = await act(actionNamed("decideRequest"), me, {
      vote,
      requestId,
      ask: await hashOf(owner, requestId),
      minutes: "30",
      comment: "Mine.",
    });
    expect(refusedWith(answer)).toBe("own_request");
    expect(answer.text).toContain("You cannot decide on your own request. Another manager can.");
    expect(tellsOfItself(answer)).toBe(false);
  }
  expect(await stateOfAll(owner)).toEqual(before);
  expect(await refusalsOf(owner, both.person.id)).toEqual([
    { event: "vote.refused", refused: "own_request" },
    { event: "vote.refused", refused: "own_request" },
  ]);
});

test("who reports to the agent, or was shown something else, or votes twice, is refused", async ({
  signedIn,
  caller,
  databases,
}) => {
  const { owner } = databases;
  const agent = await signedIn(await hireOne(owner));
  const below = await caller(["manager"]);
  await owner.query("update staff set manager_id = $1 where id = $2", [
    agent.person.id,
    below.person.id,
  ]);
  const requestId = await asked(agent, await subjectOf(owner, sensitive));
  const right = { vote: "approve", requestId, ask: await hashOf(owner, requestId), minutes: "30" };
  const decide = actionNamed("decideRequest");

  const above = await caller(["manager"]);
  const before = await stateOfAll(owner);
  expect(refusedWith(await act(decide, below, right))).toBe("reports_to_actor");
  const shownElse = { ...right, ask: "0".repeat(64) };
  expect(refusedWith(await act(decide, above, shownElse))).toBe("conflict");
  const longer = { ...right, minutes: "600" };
  expect(refusedWith(await act(decide, above, longer))).toBe("invalid");
  expect(await stateOfAll(owner)).toEqual(before);

  expect(refusedWith(await act(decide, above, right))).toBe(null);
  const decided = await stateOfAll(owner);
  expect(decided).not.toEqual(before);
  expect(refusedWith(await act(decide, above, right))).toBe("already_decided");
  expect(await stateOfAll(owner)).toEqual(decided);
  expect(await refusalsOf(owner, below.person.id)).toEqual([
    { event: "vote.refused", refused: "reports_to_actor" },
  ]);
  expect(await refusalsOf(owner, above.person.id)).toEqual([
    { event: "vote.refused", refused: "conflict" },
    { event: "vote.refused", refused: "already_decided" },
  ]);
});
