const foldSign = (sign: string): string =>
  sign < "\x80"
    ? sign.toLowerCase()
    : sign.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en");

type Part = { text: string; hit: boolean };

/**
 * A name in parts, those that hold a word of the query marked: without case and accents, as the search finds them.
 * Where the whole query is in the name, that one place is marked; else each word at its first place.
 */
export function markedParts(name: string, query: string): Part[] {
  const signs = [...name];
  // Each folded letter remembers the sign it came from: "ß" is two letters, a lone accent none.
  const from: number[] = [];
  let folded = "";
  signs.forEach((sign, index) => {
    for (const letter of foldSign(sign)) {
      folded += letter;
      for (let unit = 0; unit < letter.length; unit++) from.push(index);
    }
  });
  const whole = [...query.trim()].map(foldSign).join("");
  const words = folded.includes(whole) ? [whole] : whole.split(/\s+/u);
  const hits = new Set<number>();
  for (const word of words.filter(Boolean)) {
    const at = folded.indexOf(word);
    if (at >= 0) for (let unit = at; unit < at + word.length; unit++) hits.add(from[unit] ?? -1);
  }
  return signs.reduce<Part[]>((parts, sign, index) => {
    const last = parts.at(-1);
    const hit = hits.has(index);
    if (last?.hit === hit) last.text += sign;
    else parts.push({ text: sign, hit });
    return parts;
  }, []);
}
