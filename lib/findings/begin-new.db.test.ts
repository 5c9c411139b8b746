import { expect, it } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import { readLooking } from "./looking.ts";
import { detectAll, visit } from "./testing.ts";

const s = await scene();
const { ana, max, worker } = await atWork(s);

it("begins at the beginning where no log is older than the policy minds", async () => {
  await visit(s, ana, s.jane, "1 hour");
  await detectAll(worker);
  expect(await readLooking(max)).toEqual({ begins: null, missed: [] });
});
