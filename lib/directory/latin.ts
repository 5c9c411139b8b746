/**
 * The letters of `fold` and `latin` in the database, one by one: for the marks, which must find in a name what the search
 * found in it. `latin.db.test.ts` holds them against each other.
 */

/** What has no accent to take off and is another letter all the same when it is folded. */
const plain: Record<string, string> = {
  æ: "ae",
  ð: "d",
  ø: "o",
  þ: "th",
  ß: "ss",
  đ: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  ŋ: "n",
  œ: "oe",
  ŧ: "t",
  ɓ: "b",
  ɗ: "d",
  ɛ: "e",
  ƙ: "k",
  ƴ: "y",
  ς: "σ",
  "’": "'",
  "‘": "'",
  ʼ: "'",
  ʻ: "'",
  "‐": "-",
  "‑": "-",
  "–": "-",
  "—": "-",
};

const twoLetters: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };

const pairsOf = (from: string, to: string): Record<string, string> =>
  Object.fromEntries([...from].map((letter, at) => [letter, to[at] ?? ""]));
const greek: Record<string, string> = {
  ...pairsOf("αβγδεζηικλμνξοπρστυφως", "avgdeziiklmnxoprstyfos"),
  θ: "th",
  χ: "ch",
  ψ: "ps",
};
const cyrillic: Record<string, string> = {
  ...pairsOf("абвгдезийклмнопрстуфыэіґўјћьъ", "abvgdeziyklmnoprstufyeigujc"),
  ж: "zh",
  х: "kh",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "shch",
  ю: "yu",
  я: "ya",
  ё: "yo",
  є: "ye",
  ї: "yi",
  љ: "lj",
  њ: "nj",
  џ: "dz",
  ђ: "dj",
};

const withoutMarks = (sign: string): string => sign.normalize("NFKD").replace(/\p{M}/gu, "");

/** One sign without case and accents: "ß" is two letters, a lone accent none. */
export function foldSign(sign: string): string {
  if (sign < "\x80") return sign.toLowerCase();
  const low = sign.toLocaleLowerCase("en");
  return plain[low] ?? [...withoutMarks(low)].map((letter) => plain[letter] ?? letter).join("");
}

/** The same in Latin letters: "Ж" is "zh", "ü" is "ue". `before` is the sign that it follows: "ου" is "ou", "ευ" is "ev". */
export function latinSign(sign: string, before: string): string {
  if (sign < "\x80") return sign.toLowerCase();
  const low = sign.toLocaleLowerCase("en").normalize("NFC");
  const exact = twoLetters[low] ?? cyrillic[low];
  if (exact !== undefined) return exact;
  const bare = foldSign(sign);
  if (low === "υ" || low === "ύ") {
    const last = foldSign(before);
    if (last === "ο") return "u";
    if (last === "α" || last === "ε") return "v";
  }
  return [...bare].map((letter) => greek[letter] ?? cyrillic[letter] ?? letter).join("");
}

export const foldText = (text: string): string => [...text].map(foldSign).join("");

export function latinText(text: string): string {
  const signs = [...text];
  return signs.map((sign, at) => latinSign(sign, signs[at - 1] ?? "")).join("");
}

/** Greek or Cyrillic, which other letters stand for when they are typed. */
export const isOfAnotherScript = (text: string): boolean => /[\p{sc=Grek}\p{sc=Cyrl}]/u.test(text);
