import { describe, expect, it } from "vitest";
import { plainText } from "./typed-text.ts";

describe("plainText", () => {
  it.each([
    ["NUL", "a\0b", "ab"],
    ["a bell", "a\u0007b", "ab"],
    ["an override of direction", "a\u202eb\u2066c", "abc"],
    ["a half surrogate", "a\ud800b", "a\ufffdb"],
    ["foreign line ends", "a\r\nb\rc", "a\nb\nc"],
    ["space around it", "  a\tb \n", "a\tb"],
  ])("takes out or mends %s", (_, typed, kept) => expect(plainText(typed)).toBe(kept));

  it.each(["杉本 みなえ", "داليا الغابي", "👩‍👩‍👧 “quoted”"])("keeps %s", (text) =>
    expect(plainText(text)).toBe(text),
  );
});
