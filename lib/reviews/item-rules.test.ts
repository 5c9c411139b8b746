import { describe, expect, it } from "vitest";
import { conflictOf, decisionRefusal, type ItemFacts, offered } from "./item-rules.ts";

const item = (over: Partial<ItemFacts> = {}): ItemFacts => ({
  name: "Ismene Marrowe",
  role: "agent",
  isOpen: true,
  endedAt: null,
  decision: null,
  privileged: true,
  isGone: false,
  isExcepted: false,
  lookingOnly: false,
  ...over,
});
const code = (over: Partial<ItemFacts>, decision: "keep" | "change" | "revoke", inBulk = false) =>
  decisionRefusal(item(over), decision, inBulk)?.code ?? null;

describe("a conflict", () => {
  const facts = { accounts: ["r", "r2"], personId: "p", grantedBy: null, readerReports: false };
  it.each([
    [null, {}],
    [null, { grantedBy: "somebody" }],
    ["own", { personId: "r" }],
    ["own", { personId: "r2" }],
    ["gave", { grantedBy: "r" }],
    ["gave", { grantedBy: "r2" }],
    ["reports", { readerReports: true }],
  ] as const)("is %s", (expected, over) => {
    expect(conflictOf({ ...facts, ...over })).toBe(expected);
  });
});

describe("what is offered", () => {
  it("lets acting be taken from an agent who acts, and from nobody else", () => {
    expect(offered(item())).toEqual(["keep", "change", "revoke"]);
    expect(offered(item({ lookingOnly: true }))).toEqual(["keep", "revoke"]);
    expect(offered(item({ role: "manager" }))).toEqual(["keep", "revoke"]);
  });
  it("lets nobody revoke the last admin", () => {
    const admin = item({ role: "admin" });
    expect(offered({ ...admin, isLastAdmin: false })).toEqual(["keep", "revoke"]);
    expect(offered({ ...admin, isLastAdmin: true })).toEqual(["keep"]);
  });
});

describe("a decision", () => {
  it("may be thought over until it was carried out", () => {
    expect(code({ decision: "keep" }, "revoke")).toBeNull();
    expect(code({ decision: "revoke" }, "keep")).toBe("already_decided");
    expect(code({ decision: "change" }, "revoke")).toBe("already_decided");
  });
  it("is none of a closed review, nor of a right that had ended", () => {
    expect(code({ isOpen: false }, "keep")).toBe("ended");
    expect(code({ endedAt: new Date() }, "keep")).toBe("ended");
  });
  it("of a privileged item is made by itself", () => {
    expect(code({}, "keep", true)).toBe("invalid");
    expect(code({ privileged: false, role: "compliance" }, "keep", true)).toBeNull();
  });
  it("fits the right", () => {
    expect(code({ role: "admin" }, "change")).toBe("invalid");
  });
  it("is none of a right that was taken meanwhile, nor of one that is excepted", () => {
    for (const decision of ["keep", "change", "revoke"] as const) {
      expect(code({ isGone: true }, decision)).toBe("conflict");
      expect(code({ isExcepted: true }, decision)).toBe("already_decided");
    }
  });
});
