import { expect, it } from "vitest";
import { groupsIn } from "./issuer-groups.ts";

it.each([
  ["a list", { groups: ["desk", "leads", "desk"] }, ["desk", "leads"]],
  ["one", { groups: "desk" }, ["desk"]],
  ["none at all", { groups: [] }, []],
  ["no word of them", {}, null],
  ["too many to name", { groups: ["desk"], _claim_names: { groups: "src1" } }, null],
  ["more than are read", { groups: Array.from({ length: 1001 }, (_, n) => `g${n}`) }, null],
  ["something else", { groups: { desk: true } }, null],
  ["a claim of every object", JSON.parse('{"__proto__": ["desk"]}'), null],
])("reads %s", (_what, claims, groups) => {
  expect(groupsIn(claims, "groups")).toEqual(groups);
});
