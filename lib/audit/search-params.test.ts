import { expect, it } from "vitest";
import { auditParams } from "./search-params.ts";

it("keeps what no text can be out of the filters", () => {
  expect(auditParams.parse({ resource: "INV\0-1", ticket: " sup-4821\0" })).toMatchObject({
    resource: "INV-1",
    ticket: "SUP-4821",
  });
  expect(auditParams.parse({ resource: "\0" }).resource).toBeUndefined();
});

it.each(["2026-02-30", "0000-01-01", "9999-12-31", "0001-01-01", "2026-6-1"])(
  "takes %s for no day",
  (day) => {
    expect(auditParams.parse({ from: day, to: day })).toMatchObject({
      from: undefined,
      to: undefined,
    });
  },
);
