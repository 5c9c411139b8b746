import { describe, expect, it } from "vitest";
import { newId } from "#lib/kernel/ids.ts";
import {
  decideManySchema,
  decideSchema,
  exceptSchema,
  taskGivenOnSchema,
  taskSchema,
} from "./item-schemas.ts";

const itemId = newId();
const sentence = "A sentence that says why.";

describe("what a form of an item sends", () => {
  it("is one box or several, each item once", () => {
    const all = { decision: "keep", justification: sentence };
    expect(decideManySchema.parse({ ...all, items: itemId }).items).toEqual([itemId]);
    expect(decideManySchema.parse({ ...all, items: [itemId, itemId] }).items).toEqual([itemId]);
    expect(decideManySchema.safeParse(all).success).toBe(false);
    expect(decideManySchema.safeParse({ ...all, items: itemId, decision: "change" }).success).toBe(
      false,
    );
  });

  it("says why in ten characters that are there", () => {
    const of = (justification: string) =>
      decideSchema.safeParse({ itemId, decision: "keep", justification }).error?.issues[0]?.message;
    expect(of(sentence)).toBeUndefined();
    expect(of("Short\u200b\u200b\u200b\u200b\u200b")).toContain("Too short: 5");
    expect(of("")).toContain("Say why");
  });

  it("names somebody by e-mail and a day", () => {
    const task = { itemId, what: sentence, ownerEmail: "kesi@alongside.test", dueOn: "2026-12-01" };
    expect(taskSchema.safeParse(task).success).toBe(true);
    expect(taskSchema.safeParse({ ...task, dueOn: "2026-02-30" }).success).toBe(false);
    const on = { taskId: itemId, reason: sentence, ownerEmail: "kesi@alongside.test" };
    expect(taskGivenOnSchema.safeParse({ ...on, dueOn: "2026-12-01" }).success).toBe(true);
    expect(taskGivenOnSchema.safeParse({ ...on, dueOn: "tomorrow" }).success).toBe(false);
    const exception = { itemId, reason: sentence, ownerEmail: "nobody", expiresOn: "2026-12-01" };
    expect(exceptSchema.safeParse(exception).error?.issues[0]?.path).toEqual(["ownerEmail"]);
  });
});
