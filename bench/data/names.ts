import { type Culture, cultures } from "./cultures.ts";
import { type Random, zipf } from "./random.ts";

type Names = Culture & {
  given: string;
  givenNames: string[];
  familyNames: string[];
  pickGiven: (random: Random) => number;
  pickFamily: (random: Random) => number;
};

export type Named = { name: string; words: string[]; lang: string };

/** Names as a directory of the world has them: few are common, most are rare, some people have three or four. */
export function nameMaker(random: Random): () => Named {
  const all = cultures.map((culture): Names => {
    const givenNames = listed(random, culture.given, culture.parts.given, culture.sizes.given);
    const familyNames = listed(random, culture.family, culture.parts.family, culture.sizes.family);
    return {
      ...culture,
      givenNames,
      familyNames,
      pickGiven: zipf(givenNames.length, 1.05),
      pickFamily: zipf(familyNames.length, 0.95),
    };
  });
  const byShare = all.flatMap((names) => Array.from({ length: names.share }, () => names));
  return () => named(random, random.pick(byShare));
}

function named(random: Random, names: Names): Named {
  const given = names.givenNames[names.pickGiven(random)] ?? "";
  const family = names.familyNames[names.pickFamily(random)] ?? "";
  const words = names.familyFirst ? [family, given] : [given, family];
  const chance = random.next();
  if (!names.familyFirst && chance < 0.06)
    words.splice(1, 0, names.givenNames[names.pickGiven(random)] ?? "");
  else if (!names.familyFirst && chance < 0.1)
    words[1] = `${family}-${names.familyNames[names.pickFamily(random)] ?? ""}`;
  else if (names.lang === "es" && chance < 0.5)
    words.push(names.familyNames[names.pickFamily(random)] ?? "");
  return { name: words.join(names.joint ?? " "), words, lang: names.lang };
}

/** The common ones first, then as many made-up ones as asked for, each once. */
function listed(
  random: Random,
  head: string,
  parts: [string, string, string],
  size: number,
): string[] {
  const found = new Set(head.split(" "));
  const [first, middle, last] = parts.map((part) => part.split(" "));
  if (!first || !middle || !last) throw new Error("A culture lacks parts");
  for (let tries = 0; found.size < size && tries < size * 20; tries++) {
    const middles = Array.from({ length: random.int(3) }, () => random.pick(middle)).join("");
    found.add(random.pick(first) + middles + random.pick(last));
  }
  return [...found];
}
