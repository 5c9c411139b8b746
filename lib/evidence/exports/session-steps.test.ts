import { expect, test } from "vitest";
import type { Deed } from "#lib/impersonation/deeds.ts";
import type { Item } from "#lib/impersonation/timeline.ts";
import { stepsIn, stepsOf } from "./session-steps.ts";

const at = (n: number) => new Date(Date.UTC(2026, 10, 24, 10, 0, n));
const deed = (n: number, phase: Deed["phase"]): Deed => ({
  ...{ id: String(n), seq: n, phase, effect: "view", method: "GET", route: "/invoices", kinds: [] },
  ...{ resource: null, changes: null, refusal: null, status: null, doneAt: null },
  ...{ at: at(n), entryId: String(n) },
});
const told = (n: number): Item => ({
  kind: "told",
  at: at(n),
  entry: { id: String(n), at: at(n), event: "request.approved", body: {} },
});
async function* from(deeds: Deed[]) {
  yield* deeds;
}
const short = async (items: Item[], deeds: Deed[]) =>
  (await Array.fromAsync(stepsOf(items, from(deeds)))).map((item) => [item.kind, stepsIn(item)]);

test("reads fold, until something else is told or done", async () => {
  const deeds = [
    ...[deed(1, "view"), deed(2, "view"), deed(4, "view"), deed(5, "attempt")],
    ...[deed(6, "refused"), deed(7, "view")],
  ];
  expect(await short([told(0), told(3), told(9)], deeds)).toEqual([
    ["told", 1],
    ["reads", 2],
    ["told", 1],
    ["reads", 1],
    ["write", 1],
    ["refused", 1],
    ["reads", 1],
    ["told", 1],
  ]);
  expect(await short([told(0)], [])).toEqual([["told", 1]]);
});

test("no line stands for more than 200 reads, and none is lost", async () => {
  const steps = await short(
    [],
    Array.from({ length: 450 }, (_, n) => deed(n, "view")),
  );
  expect(steps).toEqual([
    ["reads", 200],
    ["reads", 200],
    ["reads", 50],
  ]);
});
