import { expect, it } from "vitest";
import { newId } from "#lib/kernel/ids.ts";
import { actionsBodySchema, endBodySchema } from "./schemas.ts";

const action = {
  id: newId(),
  phase: "attempt",
  at: "2026-11-24T10:00:00Z",
  method: "POST",
  route: "/invoices/:x",
  effect: "data",
  seq: 1,
};
const takes = (over: Record<string, unknown>) =>
  actionsBodySchema.safeParse({ actions: [{ ...action, ...over }] }).success;

it.each([
  ["a view as an attempt", { effect: "view" }],
  ["a write as a view", { phase: "view", effect: "export" }],
  ["a time before everything", { at: "0000-01-01T00:00:00Z" }],
  ["a time after everything", { at: "9999-12-31T23:59:59-23:59" }],
  ["a half surrogate", { resource: "a\ud800" }],
  ["a half surrogate in a change", { changes: [{ field: "a", after: "\udc00" }] }],
  ["a control character", { resource: "a\0" }],
  ["a query", { route: "/invoices?token=1" }],
])("does not take %s", (_, over) => {
  expect(takes({})).toBe(true);
  expect(takes(over)).toBe(false);
});

it("leaves out an address that is none, not what was done from it", () =>
  expect(
    actionsBodySchema.parse({ actions: [{ ...action, ip: "unknown" }] }).actions[0]?.ip,
  ).toBeNull());

it("takes out of a comment what cannot be stored", () =>
  expect(endBodySchema.parse({ comment: " no\0w \ud800" }).comment).toBe("now \ufffd"));
