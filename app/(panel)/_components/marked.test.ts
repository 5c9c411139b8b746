import { expect, test } from "vitest";
import { markedParts } from "./marked.ts";

const marked = (name: string, query: string): string =>
  markedParts(name, query)
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join("");

test("the whole query is marked in its one place", () => {
  expect(marked("Jane Ashdown", "jane ash")).toBe("[Jane Ash]down");
});

test("words in another order are marked each", () => {
  expect(marked("Jane Ashdown", "ash jane")).toBe("[Jane] [Ash]down");
});

test("case and accents play no part, in any script", () => {
  expect(marked("Jāne Āšdauna", "jane asd")).toBe("[Jāne Āšd]auna");
  expect(marked("Джейн Эшдаун", "эшд")).toBe("Джейн [Эшд]аун");
  expect(marked("杉本 みなえ", "杉本")).toBe("[杉本] みなえ");
  expect(marked("Ερατώ Δρυμαία", "ερατω")).toBe("[Ερατώ] Δρυμαία");
});

test("what was found by mail or account leaves the name unmarked", () => {
  expect(marked("Olu Braithe", "pebblewick")).toBe("Olu Braithe");
  expect(marked("Olu Braithe", "")).toBe("Olu Braithe");
});
