import type pg from "pg";
import { type Random, seeded } from "./data/random.ts";

export type Person = { id: string; name: string; email: string; externalId: string };
export type Sample = { q: string; person: Person };
export type Kind = keyof typeof makers;

/** Asked for as often as they are among people: who has a frequent name is drawn more often. */
const makers = {
  "two letters": ({ name }: Person) => [...name].slice(0, 2).join(""),
  surname: ({ name }: Person) => name.split(" ").at(-1) ?? "",
  "name's beginning": ({ name }: Person, random: Random) =>
    [...name].slice(0, 3 + random.int(4)).join(""),
  "first and last name": ({ name }: Person) => `${name.split(" ")[0]} ${name.split(" ").at(-1)}`,
  "exact e-mail": ({ email }: Person) => email,
  "product id": ({ externalId }: Person) => externalId,
  "part of an e-mail": ({ email }: Person, random: Random) =>
    email.slice(0, Math.max(5, email.indexOf("@") - 2 + random.int(6))),
  "7-letter substring": ({ email, name }: Person, random: Random) => {
    const letters = [...(random.next() < 0.5 ? email : name)];
    const at = 1 + random.int(Math.max(1, letters.length - 8));
    return letters.slice(at, at + 7).join("");
  },
  "no match": ({ name }: Person, random: Random) =>
    [...name.replaceAll(" ", "")].reverse().join("") + "qxzj"[random.int(4)],
  typo: ({ name }: Person, random: Random) => oneEdit(random, name),
} satisfies Record<string, (person: Person, random: Random) => string>;
export const kinds = Object.keys(makers) as Kind[];

/**
 * So many different queries of a kind, each made from a person who is drawn by chance. Two words are wanted of whoever
 * has the typo; letters of a script without them between its words are not taken for a substring.
 */
export async function sampled(
  owner: pg.Pool,
  kind: Kind,
  count: number,
  seed: number,
): Promise<Sample[]> {
  const random = seeded(seed + kinds.indexOf(kind));
  const { rows: people } = await owner.query<Person>(
    `select id, name, email, external_id as "externalId" from subjects
     order by md5(id::text || $1) limit $2`,
    [String(random.int(1_000_000)), count * 12],
  );
  const samples = new Map<string, Sample>();
  for (const person of people) {
    if (samples.size === count) break;
    if (!fits(kind, person)) continue;
    const q = makers[kind](person, random).trim();
    if (q.length >= 2 && !samples.has(q)) samples.set(q, { q, person });
  }
  return [...samples.values()];
}

function fits(kind: Kind, { name }: Person): boolean {
  const words = name.split(" ");
  if (kind === "typo") return words.length === 2 && words.every((word) => [...word].length >= 3);
  if (kind === "surname" || kind === "first and last name") return words.length > 1;
  return kind !== "7-letter substring" || [...name].length > 9;
}

/** A letter left out, doubled by another, changed, or put after the next one; anywhere, the space included. */
function oneEdit(random: Random, name: string): string {
  const letters = [...name.normalize("NFC").toLowerCase()];
  const at = random.int(letters.length - 1);
  const other = random.pick(letters.filter((letter) => letter !== letters[at] && letter !== " "));
  const edit = random.int(4);
  if (edit === 0) letters.splice(at, 1);
  else if (edit === 1) letters.splice(at, 0, other);
  else if (edit === 2) letters.splice(at, 1, other);
  else letters.splice(at, 2, letters[at + 1] ?? "", letters[at] ?? "");
  return letters.join("");
}
