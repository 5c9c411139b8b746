import { plainText } from "#lib/kernel/typed-text.ts";

/** A text of others on one line: no line ends, nothing that changes direction or is not seen, so long at most. */
export function oneLine(text: string, atMost = 200): string {
  const line = plainText(text).replace(/\s+/gu, " ");
  const letters = [...line];
  return letters.length <= atMost ? line : `${letters.slice(0, atMost - 1).join("")}…`;
}

/** The same for what may have lines. */
export const someLines = (text: string): string => plainText(text).slice(0, 2_000);
