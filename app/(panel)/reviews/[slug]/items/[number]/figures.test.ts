import { describe, expect, it } from "vitest";
import type { ItemFigures } from "#lib/reviews/figures-of.ts";
import { figureRows, isFar } from "./figures.ts";

const none: ItemFigures["now"] = {
  ...{ sessions: 0, acting: 0, sensitive: 0, outside: 0, accounts: 0, seconds: 0, ended: 0 },
  ...{ wrote: 0, reads: 0, writes: 0, data: 0, configuration: 0, messages: 0, exports: 0 },
  ...{ refusals: 0, approved: 0, denied: 0, quick: 0, breakGlass: 0, findings: 0 },
};

describe("the figures of an item", () => {
  it("are of what the role does", () => {
    const labels = (role: "agent" | "manager" | "admin") =>
      figureRows(role, { now: none, before: none, peers: null }).map(({ label }) => label);
    expect(labels("agent")).toContain("Accounts");
    expect(labels("manager")).toContain("Approved");
    expect(labels("admin")).toEqual([]);
  });

  it("say what writes are made of, and nothing of none", () => {
    const now = { ...none, writes: 6, data: 4, configuration: 2 };
    const writes = (figures: ItemFigures["now"]) =>
      figureRows("agent", { now: figures, before: none, peers: null }).find(
        ({ label }) => label === "Writes",
      );
    expect(writes(now)?.of).toBe("4 data, 2 configuration, 0 messages");
    expect(writes(none)?.of).toBeUndefined();
  });

  it("are far above the peers only where the distance is more than chance", () => {
    const spread = { low: 4, median: 9, high: 12 };
    expect(isFar(12, spread)).toBe(false);
    expect(isFar(16, spread)).toBe(false);
    expect(isFar(17, spread)).toBe(true);
    expect(isFar(2, { low: 0, median: 0, high: 0 })).toBe(false);
    expect(isFar(3, { low: 0, median: 0, high: 0 })).toBe(true);
  });
});
