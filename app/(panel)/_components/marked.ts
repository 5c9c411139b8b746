import { foldSign, latinSign } from "#lib/directory/latin.ts";

export type Part = { text: string; hit: boolean };
type Spelling = "folded" | "latin";

/** A text as it is compared: without case and accents, or in Latin letters. */
export type Letters = {
  letters: string;
  /** Which sign each letter came from: "ß" is two letters, a lone accent none. Null: each from its own. */
  from: number[] | null;
};

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

export function lettersOf(text: string, spelling: Spelling = "folded"): Letters {
  if (isAscii(text)) return { letters: text.toLowerCase(), from: null };
  const signs = [...text];
  const from: number[] = [];
  let letters = "";
  signs.forEach((sign, index) => {
    const spelled = spelling === "latin" ? latinSign(sign, signs[index - 1] ?? "") : foldSign(sign);
    letters += spelled;
    for (let unit = 0; unit < spelled.length; unit++) from.push(index);
  });
  return { letters, from };
}

/** The sign that a letter came from. */
export const signOf = ({ from }: Letters, letter: number): number =>
  from ? (from[letter] ?? -1) : letter;

/** The signs in which a word is, at the beginning of a word where there is one; null: nowhere. A single letter only there. */
export function placeOf(
  text: Letters,
  word: string,
  onlyAtStart = word.length < 2,
): number[] | null {
  const { letters } = text;
  const first = letters.indexOf(word);
  if (first < 0) return null;
  let at = first;
  while (at > 0 && /[\p{L}\p{N}]/u.test(letters[at - 1] ?? "")) at = letters.indexOf(word, at + 1);
  if (at < 0 && !onlyAtStart) at = first;
  return at < 0 ? null : Array.from({ length: word.length }, (_, unit) => signOf(text, at + unit));
}

export function partsOf(text: string, hits: ReadonlySet<number>): Part[] {
  if (hits.size === 0) return [{ text, hit: false }];
  return [...text].reduce<Part[]>((parts, sign, index) => {
    const last = parts.at(-1);
    const hit = hits.has(index);
    if (last?.hit === hit) last.text += sign;
    else parts.push({ text: sign, hit });
    return parts;
  }, []);
}
