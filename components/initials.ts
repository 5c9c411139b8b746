const wholeNames = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const initialled =
  /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}]/u;

/**
 * What stands in a person's disc. Where names are abbreviated by first letters, those of the first and last name; in
 * Han, Kana and Hangul the first two signs (the family name, mostly); else the first sign alone.
 */
export function initials(name: string): string {
  const words = name
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+/u, ""))
    .filter(Boolean);
  const [first] = words;
  if (!first) return "–";
  if (wholeNames.test(first)) return signs(first).slice(0, 2).join("");
  const last = words.at(-1);
  const letters = [first, ...(last && words.length > 1 ? [last] : [])].map(
    (word) => signs(word)[0],
  );
  return (initialled.test(first) ? letters : letters.slice(0, 1)).join("").toLocaleUpperCase("en");
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
const signs = (word: string): string[] =>
  [...segmenter.segment(word)].map(({ segment }) => segment);
