import { expect, test } from "vitest";
import { endedTo } from "./ended.ts";

const actor = { id: "teodora", name: "Teodora Quill", team: "Support Europe" };
const manager = { id: "runa", name: "Runa Castellane" };

test("who ended a session by hand reads it as their own deed, and nobody else does", () => {
  expect(endedTo("teodora", "actor", { actor, endedBy: null })).toBe("Ended by you");
  expect(endedTo("runa", "actor", { actor, endedBy: null })).toBe("Ended by the actor");
  expect(endedTo("runa", "manager", { actor, endedBy: manager })).toBe("Ended by you");
  expect(endedTo("teodora", "manager", { actor, endedBy: manager })).toBe(
    "Ended by Runa Castellane",
  );
});

test("what ended by itself was ended by nobody", () => {
  expect(endedTo("teodora", "time", { actor, endedBy: null })).toBe("Ended by time");
  expect(endedTo("teodora", "sign_out", { actor, endedBy: actor })).toBe("Ended by sign-out");
});
