import { type Face, fontFor, ownFont } from "./fonts.ts";

/** A part of a word that one font prints in one direction. */
export type Run = { text: string; font: string; bytes: Buffer; rightToLeft: boolean };

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const printable = /^[\u0020-\u007e]*$/;
// Hebrew, Arabic and the scripts beside them.
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
// Nothing that is not seen is printed as if it were not there: control characters, and marks that turn the direction.
const unseen = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;

/** A word as runs. What no font at hand has is printed as its code point: `[U+1F600]`. */
export function runsOf(word: string, face: Face): Run[] {
  const own = ownFont(face);
  if (printable.test(word))
    return [{ text: word, font: own.name, bytes: own.bytes, rightToLeft: false }];
  const runs: Run[] = [];
  for (const { segment } of graphemes.segment(word)) {
    const run = runOf(segment, face);
    const last = runs.at(-1);
    if (last && last.font === run.font && last.rightToLeft === run.rightToLeft)
      last.text += run.text;
    else runs.push(run);
  }
  return runs;
}

function runOf(grapheme: string, face: Face): Run {
  const codePoints = [...grapheme].map((letter) => letter.codePointAt(0) ?? 0);
  const font = unseen.test(grapheme) ? null : fontFor(face, codePoints);
  if (font)
    return {
      text: grapheme,
      font: font.name,
      bytes: font.bytes,
      rightToLeft: rightToLeft.test(grapheme),
    };
  const own = ownFont(face);
  return {
    text: codePoints.map(named).join(""),
    font: own.name,
    bytes: own.bytes,
    rightToLeft: false,
  };
}

const named = (codePoint: number): string =>
  `[U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}]`;
