import { Fragment } from "react";

type SentenceProps = {
  text: string;
  /** Who is named in it, as far as it is known. */
  names?: readonly { name: string | null; lang: string | null }[];
};

/** A sentence as it is on record: names of another language in theirs, and what is written from the right by itself. */
export function Sentence({ text, names = [] }: SentenceProps) {
  const langs = new Map(names.flatMap(({ name, lang }) => (name && lang ? [[name, lang]] : [])));
  return partsOf(text, [...langs.keys()]).map(({ part, apart }, n) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
    if (!apart) return <Fragment key={n}>{part}</Fragment>;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
      <bdi key={n} lang={langs.get(part)}>
        {part}
      </bdi>
    );
  });
}

/** Words of a script that is written from the right, with what stands between them. */
const fromRight = String.raw`[\p{Script=Arabic}\p{Script=Hebrew}]+(?:[\s’'.-]+[\p{Script=Arabic}\p{Script=Hebrew}]+)*`;

/** A text in its order, cut where a known name or words from the right begin and end. */
export function partsOf(
  text: string,
  names: readonly string[],
): { part: string; apart: boolean }[] {
  // Not within another word: Li is nobody in "Lifted".
  const known = [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => `(?<![\\p{L}\\p{N}])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`);
  const cut = new RegExp(`(${[...known, fromRight].join("|")})`, "u");
  return text
    .split(cut)
    .map((part, n) => ({ part, apart: n % 2 === 1 }))
    .filter(({ part }) => part !== "");
}
