import { expect, test } from "vitest";
import { ageSession } from "#db/testing/age.ts";
import { scene } from "#db/testing/scene.ts";
import { end } from "./end.ts";
import { readJustEnded } from "./just-ended.ts";
import { standIn } from "./stand-in.ts";
import { atWork, question } from "./testing.ts";

const s = await scene();
const { ana, ben, max, ledger } = await atWork(s);

async function started(): Promise<string> {
  const result = await standIn(ana, question(s.jane.id));
  if (!result.ok || result.value.kind !== "started") throw new Error("It did not start");
  return result.value.sessionId;
}

test("an end is told to who pressed, by whichever button, for a moment", async () => {
  const sessionId = await started();
  expect(await readJustEnded(ana)).toBeNull();
  await end(ledger, { sessionId, by: "actor" });
  expect(await readJustEnded(ana)).toMatchObject({ id: sessionId, subjectId: s.jane.id });
  expect(await readJustEnded(ben)).toBeNull();
  await ageSession(s.owner, sessionId, "16 seconds");
  expect(await readJustEnded(ana)).toBeNull();
});

test("what somebody else ended is not confirmed as one's own", async () => {
  const sessionId = await started();
  await end(max, { sessionId, comment: "The ticket is closed." });
  expect(await readJustEnded(ana)).toBeNull();
});
