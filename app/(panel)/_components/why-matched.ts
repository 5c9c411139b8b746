import { foldText, isOfAnotherScript, latinText } from "#lib/directory/latin.ts";
import { searchedText } from "#lib/directory/searched-text.ts";
import { type Letters, lettersOf, type Part, partsOf, placeOf, signOf } from "./marked.ts";

/** Of a person, what a search looks into. Null: kept from the reader. */
type Searched = {
  name: string;
  email: string | null;
  externalId: string | null;
  account: { name: string; externalId: string | null };
  /** What was meant, where a typo was undone. */
  corrected: string | null;
};

export type Why = {
  name: Part[];
  email: Part[];
  id: Part[];
  account: Part[];
  accountId: Part[];
  /** In words, where the marks alone do not say it. */
  reason: string | null;
  /** Where the match is, for who does not see marks; null: in the name. */
  heard: string | null;
};

const fields = ["name", "email", "id", "account", "accountId"] as const;
type Field = (typeof fields)[number];
const called: Record<Field, string> = {
  name: "name",
  email: "e-mail",
  id: "product id",
  account: "account",
  accountId: "account id",
};

/** What was typed, as the marks need it: read once for all rows of an answer. */
export type Asked = { searched: string; whole: string; words: { typed: string; folded: string }[] };

export const asked = (q: string): Asked => askedFor(searchedText(q));

function askedFor(searched: string): Asked {
  const typed = searched.split(/\s+/u).filter(Boolean);
  const words = typed.map((word) => ({ typed: word, folded: foldText(word) }));
  return { searched, whole: words.map(({ folded }) => folded).join(" "), words };
}

/**
 * Why a person is among what was found: the places where each word that was typed stands, in every field, and a reason in
 * words where what was typed is not what stands there (initials, other letters, a typo). No row is without either.
 */
export function whyMatched(person: Searched, query: Asked): Why {
  const ask = person.corrected === null ? query : askedFor(person.corrected);
  const text: Record<Field, string> = {
    name: person.name,
    email: person.email ?? "",
    id: person.externalId ?? "",
    account: person.account.name,
    accountId: person.account.externalId ?? "",
  };
  const name = lettersOf(person.name);
  const hits = new Map<Field, Set<number>>();
  const found = new Set<string>();
  let where: Field | null = null;
  let most = 0;
  for (const field of fields) {
    const { places, words } = placesIn(
      field === "name" ? name : lettersOf(text[field]),
      ask,
      field,
    );
    hits.set(field, new Set(places));
    if (words.length > most) {
      where = field;
      most = words.length;
    }
    for (const word of words) found.add(word);
  }
  const left = ask.words.filter(({ folded }) => !found.has(folded));
  const inName = hits.get("name") ?? new Set();
  const other =
    byInitials(person.name, name, ask, inName) ??
    (left.length > 0 ? byOtherLetters(person.name, name, ask, left) : null);
  for (const at of other?.places ?? []) inName.add(at);

  const parts = (field: Field) => partsOf(text[field], hits.get(field) ?? new Set());
  const hidden = left.length > 0 && !other;
  return {
    name: parts("name"),
    email: parts("email"),
    id: parts("id"),
    account: parts("account"),
    accountId: parts("accountId"),
    reason:
      person.corrected !== null
        ? "one letter off"
        : (other?.reason ??
          (hidden ? (person.email === null ? "by e-mail or id" : "by another spelling") : null)),
    heard: where && inName.size === 0 ? `found by ${called[where]}` : null,
  };
}

/** Where what was typed stands in a field: all of it in one place, or each word in its first. */
function placesIn(letters: Letters, { whole, words }: Asked, field: Field) {
  const inOne = whole ? placeOf(letters, whole, whole.includes(" ")) : null;
  if (inOne && (words.length > 1 || whole.length > 1 || field === "name"))
    return { places: inOne, words: words.map(({ folded }) => folded) };
  const places: number[] = [];
  const found: string[] = [];
  for (const { folded } of words) {
    // A letter alone is an initial: it says nothing of an e-mail.
    const place = folded.length > 1 || field === "name" ? placeOf(letters, folded) : null;
    if (!place) continue;
    places.push(...place);
    found.push(folded);
  }
  return { places, words: found };
}

type Other = { places: number[]; reason: string };

function byInitials(
  name: string,
  letters: Letters,
  { whole, words }: Asked,
  inName: ReadonlySet<number>,
): Other | null {
  const reason = "by initials";
  if (words.length > 1)
    return words.some(({ folded }) => isInitial(letters, folded)) ? { places: [], reason } : null;
  if (inName.size > 0 || whole.length < 2 || whole.length > 8) return null;
  const places = initialsIn(letters, whole) ?? initialsIn(lettersOf(name, "latin"), whole);
  return places && { places, reason };
}

/** The words that stand nowhere as they were typed, found in the name in Latin letters, or typed in other ones. */
function byOtherLetters(
  name: string,
  letters: Letters,
  { searched, whole, words }: Asked,
  left: Asked["words"],
): Other | null {
  const inLatin = lettersOf(name, "latin");
  const inOne = left.length === words.length ? placeOf(inLatin, whole, whole.includes(" ")) : null;
  if (inOne) return { places: inOne, reason: otherLetters(name, searched, searched) };
  const places: number[] = [];
  let reason: string | null = null;
  for (const { typed, folded } of left) {
    const latin = latinText(typed);
    const place = placeOf(inLatin, folded) ?? placeOf(letters, latin) ?? placeOf(inLatin, latin);
    if (!place) continue;
    places.push(...place);
    reason ??= otherLetters(name, typed, searched);
  }
  return reason === null ? null : { places, reason };
}

function otherLetters(name: string, typed: string, searched: string): string {
  if (isOfAnotherScript(name)) return `as typed in Latin: ${searched}`;
  return isOfAnotherScript(typed) ? "by its Latin spelling" : "by another spelling";
}

/** Where each word of a name begins, in letters. */
const startsOf = ({ letters }: Letters): number[] =>
  [...letters.matchAll(/(?<=^|\s)\S/gu)].map(({ index }) => index);

/** A single letter that begins a longer word. */
const isInitial = (name: Letters, word: string): boolean =>
  /^\p{L}$/u.test(word) &&
  startsOf(name).some(
    (at) => name.letters.startsWith(word, at) && /\p{L}/u.test(name.letters[at + 1] ?? ""),
  );

/** "ja" in Jane Ashdown, "jd" in Jane A. Doe: all initials or the outer two. */
function initialsIn(name: Letters, typed: string): number[] | null {
  const starts = startsOf(name);
  const sign = (at: number) => signOf(name, at);
  const all = starts.map((at) => name.letters[at]).join("");
  if (starts.length < 2 || typed.length < 2) return null;
  if (all === typed) return starts.map(sign);
  const [first, last] = [starts[0], starts.at(-1)];
  return first !== undefined && last !== undefined && `${all[0]}${all.at(-1)}` === typed
    ? [sign(first), sign(last)]
    : null;
}
