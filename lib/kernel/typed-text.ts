import { z } from "zod";

/**
 * What somebody typed, as it may be stored and shown: line ends of one kind, no other control characters (PostgreSQL
 * refuses NUL), no half surrogates, no overrides of direction (they let a text pass for another), no space around it.
 */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, "")
    .trim();

/** Length as PostgreSQL counts it, by which it refuses what is too short: an emoji is one, not two. */
export const lettersOf = (text: string): number => [...text].length;

/** A text field of a form or an address. Lengths are for the field to say, with `pipe`. */
export const typedText = z.string().transform(plainText);
