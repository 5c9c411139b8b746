import { describe, expect, it } from "vitest";
import { newId } from "#lib/kernel/ids.ts";
import { askSchema, denySchema } from "./schemas.ts";

const answers = {
  subjectId: newId(),
  reasonCategory: "bug",
  reason: "Invoices are shown twice.",
  callerCheck: "nobody_calling",
  scope: "read",
  minutes: "15",
};
/** The fields that are refused. */
const wrong = (over: Record<string, unknown>) =>
  askSchema.safeParse({ ...answers, ...over }).error?.issues.map(({ path }) => path[0]) ?? [];

describe("the start form", () => {
  it("takes out of a sentence what cannot be stored", () =>
    expect(askSchema.parse({ ...answers, reason: "Invoices \0are\r\ntwice" }).reason).toBe(
      "Invoices are\ntwice",
    ));

  it("counts letters as the database does", () => {
    expect(wrong({ reason: "👍".repeat(9) })).toEqual(["reason"]);
    expect(wrong({ reason: "👍".repeat(10) })).toEqual([]);
  });

  it("takes no field that it does not know, nor other values", () => {
    expect(askSchema.parse({ ...answers, actorId: newId(), expiresAt: "2030" })).not.toHaveProperty(
      "actorId",
    );
    expect(wrong({ minutes: "600" })).toEqual(["minutes"]);
    expect(wrong({ scope: "admin" })).toEqual(["scope"]);
  });

  it.each(["//evil.example", "/x/..//evil.example", "/\\evil.example", "https://evil.example/"])(
    "leads back to our own pages, not to %s",
    (returnPath) => expect(askSchema.parse({ ...answers, returnPath }).returnPath).toBe("/"),
  );
});

it("asks a denial for three letters, as the database does", () => {
  const denied = { requestId: newId(), ask: "0".repeat(64) };
  expect(denySchema.safeParse({ ...denied, comment: "👍👍" }).success).toBe(false);
  expect(denySchema.safeParse({ ...denied, comment: "No." }).success).toBe(true);
});
