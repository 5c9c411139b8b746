import { expect, test } from "vitest";
import { guaranteeRefusal } from "#lib/kernel/database-refusals.ts";
import { asksAgain } from "./asks-again.ts";

test.each([
  "session_request_used",
  "session_request_lapsed",
  "session_without_approval",
  "session_policy_stricter",
])("%s says to ask again, and leads there", (name) => {
  const refusal = guaranteeRefusal(name);
  expect(refusal.message).toMatch(/Ask again\.$/);
  expect(asksAgain(refusal)).toBe(true);
});

test.each(["session_terms", "session_break_glass", "session_reach", "session_without_grant"])(
  "%s is mended by no new request",
  (name) => {
    expect(asksAgain(guaranteeRefusal(name))).toBe(false);
  },
);
