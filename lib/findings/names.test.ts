import { expect, it, test } from "vitest";
import { domainOf, surnamesOf } from "./names.ts";

test.each([
  ["jane ashdown", null, ["ashdown"]],
  ["jane van der berg", null, ["berg"]],
  ["jana meyer-landrut", "de", ["meyer-landrut", "meyer", "landrut"]],
  ["nagy eszter", "hu", ["nagy"]],
  ["杉 本 み な え", "ja", []],
  ["madonna", null, []],
  ["li wu", null, []],
])("the surname of %s (%s) is %j", (name, lang, surnames) => {
  expect(surnamesOf(name, lang)).toEqual(surnames);
});

it("takes a domain where anybody may have mail for none", () => {
  expect(domainOf("Ana@Ruiz.Example")).toBe("ruiz.example");
  expect(domainOf("ana@gmail.com")).toBeNull();
});
