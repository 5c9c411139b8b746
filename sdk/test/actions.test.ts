import { expect, test } from "vitest";
import { extraOf } from "../core/actions.ts";

test("cuts what is too long, never leaving half an emoji", () => {
  const long = `${"x".repeat(499)}😀`;
  const extra = extraOf({ resource: "a\0b", changes: [{ field: "note", after: long }] });
  expect(extra.resource).toBe("a b");
  expect(extra.changes?.[0]?.after).toBe(`${"x".repeat(499)}\ufffd`);
});
