import { describe, expect, it } from "vitest";
import type { Deed } from "./deeds.ts";
import { partsOf, type Told, withoutReads } from "./timeline.ts";

const minute = (n: number) => new Date(Date.UTC(2026, 10, 24, 10, n));
const deed = (n: number, phase: Deed["phase"]): Deed => ({
  id: String(n),
  seq: n,
  phase,
  effect: phase === "view" ? "view" : "data",
  method: phase === "view" ? "GET" : "POST",
  route: "/invoices",
  resource: null,
  kinds: [],
  changes: null,
  refusal: null,
  status: null,
  at: minute(n),
  doneAt: null,
  entryId: String(n),
});
const told = (n: number, event: Told["event"]): Told => ({
  id: event,
  at: minute(n),
  event,
  body: {},
});
const session = { startedAt: minute(2), endedAt: minute(20) };

describe("the timeline of a session", () => {
  it("folds reads that follow each other, and never a write", () => {
    const { during } = partsOf(
      session,
      [],
      [deed(3, "view"), deed(4, "view"), deed(5, "attempt"), deed(6, "attempt"), deed(7, "view")],
    );
    expect(during.map(({ kind }) => kind)).toEqual(["reads", "write", "write", "reads"]);
    expect(during[0]).toMatchObject({ deeds: [{ seq: 3 }, { seq: 4 }] });
  });

  it("keeps what opened it before, and what came after its end after", () => {
    const { before, during, after } = partsOf(
      session,
      [
        told(1, "request.asked"),
        told(2, "session.started"),
        told(3, "code.issued"),
        told(20, "session.ended"),
      ],
      [deed(21, "refused")],
    );
    expect(before).toHaveLength(2);
    expect(during).toHaveLength(1);
    expect(after.map(({ kind }) => kind)).toEqual(["told", "refused"]);
  });

  it("leaves reads out when asked for writes and refusals", () => {
    const { during } = partsOf(session, [], [deed(3, "view"), deed(4, "refused")]);
    expect(withoutReads(during).map(({ kind }) => kind)).toEqual(["refused"]);
  });
});
