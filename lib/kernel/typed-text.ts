import { z } from "zod";

const directions = /[\u202a-\u202e\u2066-\u2069]/g;
const unseen = /[\p{DI}--[\p{Join_C}\p{VS}\u202a-\u202e\u2066-\u2069]]/gv;
/** Joiners and selectors have a sense after other scripts and emoji; after these they only hide. */
const senseless = /(?<=^|[\s\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}])[\p{Join_C}\p{VS}]+/gu;

/** Overrides and isolates, which let a text be read as another. */
export const changesDirection = (text: string): boolean => text.search(directions) >= 0;

/** What is read is what is there: two texts that look the same are not told apart by what is not seen. */
export const withoutUnseen = (text: string): string =>
  text.replace(unseen, "").replace(senseless, "");

/**
 * What somebody typed, as it may be stored and shown: line ends of one kind, no other control characters (PostgreSQL
 * refuses NUL), no half surrogates, no overrides of direction and nothing unseen (they let a text pass for another, or
 * for one at all), no space around it.
 */
export const plainText = (text: string): string =>
  withoutUnseen(
    text
      .toWellFormed()
      .replace(/\r\n?/g, "\n")
      .replace(/[^\P{Cc}\n\t]/gu, "")
      .replace(directions, ""),
  ).trim();

/** Length as PostgreSQL counts it, by which it refuses what is too short: an emoji is one, not two. */
export const lettersOf = (text: string): number => [...text].length;

/** A text field of a form or an address. Lengths are for the field to say, with `pipe`. */
export const typedText = z.string().transform(plainText);
