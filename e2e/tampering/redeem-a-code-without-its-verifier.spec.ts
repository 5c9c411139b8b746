import {
  challengeOf,
  codeFor,
  jsonOf,
  newVerifier,
  post,
  redemption,
} from "#e2e/fixtures/oauth.ts";
import { eventsOf, sessionOf, watch } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const wrong: [string, (verifier: string) => Record<string, string>][] = [
  ["another", () => ({ code_verifier: newVerifier() })],
  ["none", () => ({})],
  ["an empty", () => ({ code_verifier: "" })],
  ["the challenge as a", (verifier) => ({ code_verifier: challengeOf(verifier) })],
  ["a cut", (verifier) => ({ code_verifier: verifier.slice(0, 42) })],
  ["a longer", (verifier) => ({ code_verifier: `${verifier}A` })],
  ["one in another case", (verifier) => ({ code_verifier: verifier.toUpperCase() })],
];

test("a code without its verifier is refused, and is used up by that", async ({
  caller,
  databases: { owner },
}) => {
  const subject = await subjectOf(owner, "jane@pebblewick.test");
  for (const [name, over] of wrong) {
    await test.step(`${name} verifier`, async () => {
      const agent = await caller();
      const sid = await started(agent, subject);
      const refused = await watch(owner, "token.refused");
      const code = await codeFor(agent, sid);
      const { code_verifier: _, ...rest } = redemption(code);

      const answer = await post("token", { ...rest, ...over(code.verifier) });
      expect(answer.status, name).toBe(400);
      expect(jsonOf(answer), name).toMatchObject({ error: "invalid_grant" });
      expect(await eventsOf(owner, sid), name).not.toContain("token.issued");
      expect((await refused()).at(-1), name).toMatchObject({
        session_id: sid,
        body: { error: "invalid_grant" },
      });

      // Whoever guesses has one try: the right one now is the second presentation.
      expect((await post("token", redemption(code))).status, name).toBe(400);
      expect((await sessionOf(owner, agent.person.id)).end_cause, name).toBe("code_reuse");
    });
  }
});
