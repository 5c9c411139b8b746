import type { Face } from "./fonts.ts";
import { type Run, runsOf } from "./runs.ts";

/** Measures what a font prints, in parts of its size. */
export type Measure = (run: Run) => number;

export type Word = {
  runs: { run: Run; width: number }[];
  width: number;
  /** Without a space before it. */
  close?: boolean;
};

const number = /^[\p{P}\p{S}]*\p{N}[\p{N}\p{P}\p{S}]*$/u;

/** A text as lines of words that fit a width, by the words of the text and its own line ends. */
export function linesOf(text: string, face: Face, width: number, measure: Measure): Word[][] {
  const space = wordOf("\u00a0", face, measure).width;
  return text.split(/\r\n|\r|\n/).flatMap((line) => wrapped(line, face, width, space, measure));
}

function wrapped(
  text: string,
  face: Face,
  width: number,
  space: number,
  measure: Measure,
): Word[][] {
  const lines: Word[][] = [];
  let line: Word[] = [];
  let used = 0;
  for (const part of text.split(/[ \t]+/).filter(Boolean)) {
    for (const word of fitting(part, face, width, measure)) {
      const wide = line.length === 0 ? word.width : used + space + word.width;
      if (line.length > 0 && wide > width) {
        lines.push(line);
        line = [];
        used = word.width;
      } else used = wide;
      line.push(word);
    }
  }
  return [...lines, line];
}

/** A word, in pieces where it is wider than the line: better after a sign than within letters. */
function fitting(part: string, face: Face, width: number, measure: Measure): Word[] {
  const whole = wordOf(part, face, measure);
  if (whole.width <= width) return [whole];
  const pieces: Word[] = [];
  let text = "";
  for (const piece of part
    .split(/(?<=[-_/.:,;@&=])|(?=[([{])/)
    .flatMap((one) => narrow(one, face, width, measure))) {
    if (text && wordOf(text + piece, face, measure).width > width) {
      pieces.push(wordOf(text, face, measure));
      text = "";
    }
    text += piece;
  }
  return [...pieces, wordOf(text, face, measure)];
}

/** Each letter by itself where not even the piece fits, with the marks that belong to it. */
const narrow = (piece: string, face: Face, width: number, measure: Measure): string[] =>
  wordOf(piece, face, measure).width <= width
    ? [piece]
    : lettersOf(piece).flatMap((letter) =>
        wordOf(letter, face, measure).width <= width ? [letter] : codePointsOf(letter, face),
      );

/** Of a letter that no font has, and which is printed as its code points, each of these by itself. */
const codePointsOf = (letter: string, face: Face): string[] =>
  runsOf(letter, face)
    .map(({ text }) => text)
    .join("")
    .split(/(?=\[U\+)/);

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
// What begins no line in Chinese, Japanese, Korean and Thai, and what ends none.
const noFirst =
  /^[\p{Pe}\p{Pf}、。，．：；！？・ー〜～％…‥々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶๆฯ]/u;
const noLast = /[\p{Ps}\p{Pi}]$/u;

/** So many signs stay together at most: a row of them breaks like any text. */
const mostKept = 6;

function lettersOf(piece: string): string[] {
  const letters: string[] = [];
  for (const { segment } of graphemes.segment(piece)) {
    const last = letters.at(-1) ?? "";
    const isKept = last !== "" && last.length < mostKept;
    if (isKept && (noFirst.test(segment) || noLast.test(last)))
      letters[letters.length - 1] = last + segment;
    else letters.push(segment);
  }
  return letters;
}

function wordOf(text: string, face: Face, measure: Measure): Word {
  const runs = runsOf(text, face).map((run) => ({ run, width: measure(run) }));
  return { runs, width: runs.reduce((sum, one) => sum + one.width, 0) };
}

/**
 * The words of a line from left to right. Words that are written from right to left stand the other way round among
 * themselves, with the numbers between and after them; the line as a whole begins at the left, and so a sign that ends
 * such a group is to its right.
 */
export function inSight(line: readonly Word[]): Word[] {
  const seen: Word[] = [];
  for (let at = 0; at < line.length; ) {
    const end = turnedUpTo(line, at);
    const group = line.slice(at, end);
    const last = group.at(-1);
    const { word, sign } = last && isTurned(last) ? withoutSign(last) : { word: last, sign: [] };
    const turned = [...group.slice(0, -1), ...(word ? [word] : [])].reverse();
    seen.push(...turned.map(withRunsTurned), ...sign);
    at = end;
  }
  return seen;
}

const withRunsTurned = (word: Word): Word =>
  isTurned(word) ? { ...word, runs: word.runs.toReversed() } : word;

/** The sign at the end of a word by itself, close to what is before it. */
function withoutSign(word: Word): { word: Word; sign: Word[] } {
  const last = word.runs.at(-1);
  if (!last || last.run.rightToLeft) return { word, sign: [] };
  const kept = { runs: word.runs.slice(0, -1), width: word.width - last.width };
  return { word: kept, sign: [{ runs: [last], width: last.width, close: true }] };
}

/** Where the words end that stand turned round from here; the next word where this one is not. */
function turnedUpTo(line: readonly Word[], from: number): number {
  let end = from + 1;
  for (let at = from; at < line.length; at++) {
    const word = line[at];
    if (!word) break;
    if (at === from && !isTurned(word)) break;
    if (isTurned(word) || word.runs.every(({ run }) => number.test(run.text))) end = at + 1;
    else break;
  }
  return end;
}

const isTurned = ({ runs }: Word): boolean => runs.some(({ run }) => run.rightToLeft);
