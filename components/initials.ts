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
  if (wholeNames.test(first)) return signs(first, 2);
  const last = words.at(-1);
  const letters = [first, ...(last && words.length > 1 ? [last] : [])].map((word) =>
    signs(word, 1),
  );
  return (initialled.test(first) ? letters : letters.slice(0, 1)).join("").toLocaleUpperCase("en");
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
/** The first signs of a word. Between two letters of ASCII there is always a border, and no need to look for it. */
function signs(word: string, wanted: 1 | 2): string {
  if (wanted === 1 && /^[\x20-\x7e]{2}/.test(word)) return word.charAt(0);
  let found = "";
  let left: number = wanted;
  for (const { segment } of segmenter.segment(word)) {
    found += segment;
    left -= 1;
    if (left === 0) break;
  }
  return found;
}
