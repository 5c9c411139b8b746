import { expect, test } from "vitest";
import { runsOf } from "./runs.ts";
import { inSight, linesOf } from "./words.ts";

const letters = ({ text }: { text: string }) => text.length;
const lines = (text: string, width: number) =>
  linesOf(text, "regular", width, letters).map((line) => line.map(said).join(" "));
const said = ({ runs }: { runs: { run: { text: string } }[] }) =>
  runs.map(({ run }) => run.text).join("");

test("text breaks between words, at signs of a long one, and else within it", () => {
  expect(lines("one two three", 7)).toEqual(["one two", "three"]);
  expect(lines("0199b4c2-1f0e-7a31", 14)).toEqual(["0199b4c2-1f0e-", "7a31"]);
  expect(lines("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
  expect(lines("a\n\nb", 4)).toEqual(["a", "", "b"]);
  // No sign of punctuation begins a line, no bracket ends one, and no mark leaves its letter.
  expect(lines("每天工作，没有异常", 4)).toEqual(["每天工", "作，没有", "异常"]);
  expect(lines("平台（上海）工作", 3)).toEqual(["平台", "（上", "海）工", "作"]);
  const family = "\u{1F469}\u200D\u{1F467}";
  expect(lines(family, 12)).toEqual(["[U+1F469]", "[U+200D]", "[U+1F467]"]);
  expect(lines("。".repeat(12), 6)).toEqual(["。。。。。。", "。。。。。。"]);
  expect(lines("ทำที่นี่", 4)).toEqual(["ทำ", "ที่", "นี่"]);
});

test("what no font has, and what is not seen, is printed as its code point", () => {
  const text = (word: string) =>
    runsOf(word, "regular")
      .map((run) => run.text)
      .join("");
  expect(text("a\u202eb")).toBe("a[U+202E]b");
  expect(text("\u0007")).toBe("[U+0007]");
  expect(text("\u{10900}")).toBe("[U+10900]");
});

test("words from right to left stand the other way round, with the numbers between and after them", () => {
  const turned = (text: string) => ({
    runs: [{ run: { text, font: "", bytes: Buffer.alloc(0), rightToLeft: true }, width: 1 }],
    width: 1,
  });
  const plain = (text: string) => ({
    runs: [{ run: { text, font: "", bytes: Buffer.alloc(0), rightToLeft: false }, width: 1 }],
    width: 1,
  });
  const line = [
    plain("for"),
    turned("A"),
    plain("12"),
    turned("B"),
    plain("7"),
    plain("and"),
    plain("3"),
  ];
  expect(inSight(line).map(said)).toEqual(["for", "7", "B", "12", "A", "and", "3"]);

  const withSign = { runs: [...turned("C").runs, ...plain(",").runs], width: 2 };
  expect(inSight([turned("B"), withSign, plain("end")]).map(said)).toEqual(["C", "B", ",", "end"]);
});
