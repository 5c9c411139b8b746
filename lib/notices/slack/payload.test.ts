import fc from "fast-check";
import { expect, it } from "vitest";
import { askedIn } from "./modal.ts";
import { memberOf, readPayload } from "./payload.ts";

const inForm = (text: string) => new URLSearchParams({ payload: text }).toString();

it("reads anything without failing, and of what is no press it makes nothing", () => {
  const odd = fc.oneof(fc.json(), fc.string({ unit: "binary" }), fc.anything().map(String));
  fc.assert(
    fc.property(odd, (text) => {
      expect(readPayload(text)).toBeNull();
      expect(readPayload(inForm(text))).toBeNull();
    }),
    { numRuns: 500, seed: 20618 },
  );
});

it("knows a member by both ids, and by neither alone", () => {
  const press = (more: object) =>
    readPayload(
      inForm(
        JSON.stringify({
          type: "block_actions",
          trigger_id: "1.1",
          actions: [{ action_id: "deny" }],
          user: { id: "U0MAX" },
          ...more,
        }),
      ),
    );
  const [whole, ofGrid, none] = [
    press({ team: { id: "T0ONE" } }),
    press({ team: null, user: { id: "U0MAX", team_id: "T0TWO" } }),
    press({ team: null }),
  ];
  if (!whole || !ofGrid || !none) throw new Error("It was not read");
  expect(memberOf(whole)).toEqual({ teamId: "T0ONE", userId: "U0MAX" });
  expect(memberOf(ofGrid)).toEqual({ teamId: "T0TWO", userId: "U0MAX" });
  expect(memberOf(none)).toBeNull();
});

it("reads out of a button which ask it is of, and nothing else", () => {
  const [id, hash] = ["01900000-0000-7000-8000-000000000001", "a".repeat(64)];
  expect(askedIn(`${id}.${hash}`)).toEqual({ requestId: id, ask: hash });
  for (const value of [
    undefined,
    "",
    id,
    `${id}.`,
    `${id}.${hash}.x`,
    `${id}.${"g".repeat(64)}`,
    `x.${hash}`,
    ` ${id}.${hash}`,
  ])
    expect(askedIn(value)).toBeNull();
});
