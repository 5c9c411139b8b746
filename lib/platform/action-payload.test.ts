import { describe, expect, it } from "vitest";
import { isFetchedForm, isFetchedText, isPostedForm } from "./action-payload.ts";

const id = "7f13f0317c9a715b17df1e3e2adda200f7b5a706c8";
const form = (fields: [string, string | Blob][]) => {
  const made = new FormData();
  for (const [name, value] of fields) made.append(name, value);
  return made;
};
const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("a form that the page's script sends", () => {
  it.each([
    [
      "with fields and a state",
      [
        ["_1_a", "1"],
        ["0", '[{"ok":null},"$K1"]'],
      ],
    ],
    [
      "with what was typed before",
      [
        ["_1_a", "$1"],
        ["0", '[{"ok":false,"values":{"a":"$$1"}},"$K1"]'],
      ],
    ],
  ] as [string, [string, string][]][])("is read %s", (_, fields) =>
    expect(isFetchedForm(form(fields))).toBe(true),
  );

  it.each([
    ["without arguments", [["_1_a", "1"]]],
    [
      "with arguments twice",
      [
        ["0", "[]"],
        ["0", "[]"],
      ],
    ],
    ["that is not JSON", [["0", "[{"]]],
    ["that is no list", [["0", '{"a":1}']]],
    ["that refers to nothing", [["0", '["$5"]']]],
    ["that waits for nothing", [["0", '["$@1"]']]],
    [
      "that names a server reference",
      [
        ["0", '["$h1"]'],
        ["1", `{"id":"${id}"}`],
      ],
    ],
    ["with a number of many digits", [["0", '["$n9999"]']]],
    [
      "with another form's fields",
      [
        ["_2_a", "1"],
        ["0", '["$K1"]'],
      ],
    ],
    ["that reaches for prototypes", [["0", '[{"__proto__":{"a":1}},"$K1"]']]],
    ["that is too deep", [["0", deep(5000)]]],
    [
      "with a file",
      [
        ["_1_a", new Blob(["x"])],
        ["0", '["$K1"]'],
      ],
    ],
  ] as [string, [string, string | Blob][]][])("is refused %s", (_, fields) =>
    expect(isFetchedForm(form(fields))).toBe(false),
  );
});

it("takes plain arguments alone as a text", () => {
  expect(isFetchedText("[]")).toBe(true);
  for (const text of ["", "{}", '["$1"]', deep(5000)]) expect(isFetchedText(text)).toBe(false);
});

describe("a form that is sent without script", () => {
  const reference = ["$ACTION_1:0", `{"id":"${id}","bound":"$@1"}`] as const;
  it.each([
    ["none of Next's", [["staffId", "1"]]],
    ["an action", [[`$ACTION_ID_${id}`, ""]]],
    [
      "an action with a state",
      [
        ["$ACTION_REF_1", ""],
        reference,
        ["$ACTION_1:1", '[{"ok":null}]'],
        ["$ACTION_KEY", "k1"],
        ["a", "1"],
      ],
    ],
  ] as [string, [string, string][]][])("is read when it names %s", (_, fields) =>
    expect(isPostedForm(form(fields))).toBe(true),
  );

  it.each([
    ["half an action", [["$ACTION_REF_1", ""]]],
    ["a state that is missing", [["$ACTION_REF_1", ""], reference]],
    [
      "two actions",
      [["$ACTION_REF_1", ""], ["$ACTION_REF_2", ""], reference, ["$ACTION_1:1", "[]"]],
    ],
    [
      "an action twice",
      [
        [`$ACTION_ID_${id}`, ""],
        [`$ACTION_ID_${id}`, ""],
      ],
    ],
    ["what is no id", [["$ACTION_ID_constructor", ""]]],
    [
      "an odd reference",
      [
        ["$ACTION_REF_1", ""],
        ["$ACTION_1:0", `{"id":"${id}","bound":"$@7"}`],
        ["$ACTION_1:1", "[]"],
      ],
    ],
    ["a state that is not JSON", [["$ACTION_REF_1", ""], reference, ["$ACTION_1:1", "["]]],
    ["something else of Next's", [["$ACTION_X", ""]]],
  ] as [string, [string, string][]][])("is refused when it names %s", (_, fields) =>
    expect(isPostedForm(form(fields))).toBe(false),
  );
});
