import { z } from "zod";
import { lettersOf, typedText } from "./typed-text.ts";

/** Why somebody did something, in their own words: long enough to say it. `ask` is what an empty answer is told. */
export const sentence = (ask: string, atMost: number, atLeast = 10) =>
  typedText.pipe(
    z
      .string()
      .refine((text) => lettersOf(text) >= atLeast, {
        error: ({ input }) =>
          typeof input === "string" && input.length > 0
            ? `Too short: ${lettersOf(input)} characters of at least ${atLeast}.`
            : ask,
      })
      .refine((text) => lettersOf(text) <= atMost, {
        error: ({ input }) =>
          `Too long: ${lettersOf(String(input))} characters of at most ${atMost}.`,
      }),
  );
