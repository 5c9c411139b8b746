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
    ["what is not seen", "\ufeffJa\u200bne\u00ad A\u2060sh\u200fdown\u{e0041}", "Jane Ashdown"],
    ["a reason of nothing at all", "\u200b\u3164\u200d\u2063\u115f", ""],
    ["joiners and selectors that only hide", "Ja\u200dne\u200c \u200dД\ufe0fж", "Jane Дж"],
  ])("takes out or mends %s", (_, typed, kept) => expect(plainText(typed)).toBe(kept));

  it.each(["杉本 みなえ", "داليا الغابي", "می\u200cخواهم", "क्\u200dष", "👩‍👩‍👧 1️⃣ “quoted”"])(
    "keeps %s",
    (text) => expect(plainText(text)).toBe(text),
  );
});
