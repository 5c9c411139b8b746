import { expect, it } from "vitest";
import { newId } from "#lib/kernel/ids.ts";
import type { Refusal } from "../facts.ts";
import { access, agentId, factsOf, rulesOf } from "../testing.ts";
import { refusals } from "./refusals.ts";

const rules = rulesOf({ refusalsInARow: 5 });
const first = Date.parse("2026-11-14T21:10:00Z");
const session = access({ at: first - 60_000 });
const refusal = (minute: number, over: Partial<Refusal> = {}): Refusal => ({
  entryId: newId(),
  event: "request.refused",
  at: first + minute * 60_000,
  actorId: agentId,
  session: null,
  subjectId: null,
  subject: null,
  accountId: null,
  account: null,
  explained: false,
  ...over,
});
const find = (list: Refusal[]) => refusals.find(factsOf({ refusals: list }), rules);

it("finds five within an hour, not four, nor five in more than an hour", () => {
  expect(find([0, 1, 2, 3].map((n) => refusal(n)))).toEqual([]);
  expect(find([0, 15, 30, 45, 60].map((n) => refusal(n)))).toHaveLength(1);
  expect(find([0, 15, 30, 45, 61].map((n) => refusal(n)))).toEqual([]);
});

it("finds who waits between them, when there are many within a day", () => {
  const rulesOfDay = { ...rules, refusalsInADay: 8 };
  const slowly = (n: number, every: number) =>
    refusals.find(
      factsOf({ refusals: Array.from({ length: n }, (_, i) => refusal(i * every)) }),
      rulesOfDay,
    );
  expect(slowly(7, 60)).toEqual([]);
  expect(slowly(8, 60)).toHaveLength(1);
  expect(slowly(8, 210)).toEqual([]);
});

it("counts nothing that is explained", () => {
  expect(find([0, 1, 2, 3, 4].map((n) => refusal(n, { explained: true })))).toEqual([]);
});

it("tells those of one session as one, and says what was refused", () => {
  const inSession = [0, 1, 2, 3].map((n) => refusal(n, { event: "action.refused", session }));
  const [found] = find([...inSession, refusal(4)]);
  expect(found?.evidence.items).toMatchObject([
    { id: session.id, of: "session", count: 4 },
    { of: "entry", count: 1 },
  ]);
  expect(found && refusals.words(found.evidence, "Europe/Berlin")).toBe(
    "5 refusals, 14 Nov, 22:10–22:14: by the product, within a session; asks that were refused at once.",
  );
});
