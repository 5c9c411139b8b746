import { describe, expect, it } from "vitest";
import { requestStatuses } from "#lib/vocabulary.ts";
import { canMove, leastMinutes, statusAt } from "./rules.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 10, minute));

describe("a request", () => {
  it("moves only as the life cycle says", () => {
    const moves = requestStatuses.flatMap((from) =>
      requestStatuses.filter((to) => canMove(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(moves).toEqual([
      "pending → granted",
      "pending → denied",
      "pending → cancelled",
      "pending → lapsed",
      "granted → used",
      "granted → cancelled",
      "granted → lapsed",
    ]);
  });

  it("has lapsed at its deadline, whether or not that was written down", () => {
    const pending = { status: "pending", lapsesAt: at(10), startBy: null } as const;
    expect(statusAt(pending, at(9))).toBe("pending");
    expect(statusAt(pending, at(10))).toBe("lapsed");
    const granted = { status: "granted", lapsesAt: at(10), startBy: at(40) } as const;
    expect(statusAt(granted, at(39))).toBe("granted");
    expect(statusAt(granted, at(40))).toBe("lapsed");
    expect(statusAt({ ...granted, status: "used" }, at(50))).toBe("used");
  });

  it("is granted for the least of ask, votes and policy", () => {
    expect(leastMinutes(60, [45, 30], 60)).toBe(30);
    expect(leastMinutes(60, [], 15)).toBe(15);
  });
});
