import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { scene } from "#db/testing/scene.ts";
import { searchSubjects } from "./search.ts";
import { searchedText } from "./searched-text.ts";
import { account, customersOf, user } from "./testing.ts";

const s = await scene();
const { ana, push } = customersOf(s);
const seed = 20261124;
const limit = 20;

const words = fc.constantFrom(
  ..."Ana Anna Annabel Maria Mari Marianne Garcia Garci Gar Lopez Bo Li Żuk Żukowska Großmann Джейн Эшдаун Ashdown Ash".split(
    " ",
  ),
);
const people = fc.sample(
  fc.record({
    name: fc.array(words, { minLength: 1, maxLength: 4 }).map((list) => list.join(" ")),
    mail: fc.tuple(words, words).map(([a, b]) => `${a}.${b}`.toLowerCase()),
    account_id: fc.constantFrom("acc_1", "acc_2", "acc_3"),
    last_seen_at: fc.option(
      fc
        .integer({ min: 1, max: 28 })
        .map((day) => `2026-10-${String(day).padStart(2, "0")}T08:00:00Z`),
    ),
  }),
  { numRuns: 180, seed },
);
await push(
  account({ id: "acc_1", name: "Garcia Foods" }),
  account({ id: "acc_2", name: "Maria Ashdown Press" }),
  account({ id: "acc_3", name: "Pebblewick Bakery" }),
  ...people.map(({ mail, ...person }, i) =>
    user({ ...person, id: `usr_${i}Q`, email: `${mail}${i % 7}@ash${i % 3}.test` }),
  ),
);
const row = z.object({
  id: z.string(),
  name: z.string(),
  latin: z.string(),
  search: z.string(),
  starts: z.array(z.string()),
  exact: z.array(z.string()),
  seen: z.number().nullable(),
});
const all = z.array(row).parse(
  (
    await s.owner.query(`
      select s.id, s.search_name as name, s.search_latin as latin, s.search, extract(epoch from s.last_seen_at)::float8 as seen,
        array[lower(s.email), lower(s.external_id), fold(a.name), lower(a.external_id)] as starts,
        array[lower(s.email), lower(s.external_id), lower(a.external_id)] as exact
      from subjects s join accounts a on a.id = s.account_id order by s.external_id`)
  ).rows,
);
type Row = z.infer<typeof row>;

/** The order that `searchSubjects` promises, found by looking at everybody; null: not found. */
function rank(row: Row, typed: string, spellings: string[]): number | null {
  const { name, latin, search, starts, exact } = row;
  const [whole = ""] = spellings;
  const terms = whole.split(" ");
  const isOne = terms.length === 1;
  const called = name.split(" ");
  const names = [name, latin].filter(Boolean);
  const rules = [
    isOne && exact.includes(typed.toLowerCase()),
    ...spellings.flatMap((spelled) => nameRules(names, spelled)),
    isOne && starts.some((start) => start.startsWith(whole)),
    isOne && /^\p{L}{2,3}$/u.test(whole) && names.some((one) => initials(one).includes(whole)),
    terms.every((term) => called.includes(term)),
    terms.every((term) => called.some((word) => word.startsWith(term))),
    terms.every((term) => search.includes(` ${term}`)),
    terms.every((term) => search.includes(term)),
  ];
  const at = rules.indexOf(true);
  return at < 0 ? null : at;
}

function nameRules(names: string[], whole: string): boolean[] {
  const [first = "", second, ...further] = whole.split(" ");
  const some = (fits: (name: string) => boolean) => names.some(fits);
  if (second === undefined)
    return [
      some((name) => ` ${name} `.startsWith(` ${whole} `)),
      some((name) => name.startsWith(whole)),
      some((name) => name.split(" ").includes(whole)),
      some((name) => name.includes(` ${whole}`)),
    ];
  const isPair = (one: string, fits: (word: string) => boolean) =>
    further.length === 0 &&
    some((name) => {
      const called = name.split(" ");
      return called.some((a, i) => a === one && called.some((b, j) => i !== j && fits(b)));
    });
  const letters = [whole.replaceAll(" ", ""), [...whole.replaceAll(" ", "")].reverse().join("")];
  return [
    some((name) => ` ${name} `.startsWith(` ${whole} `)),
    some((name) => name.startsWith(whole)),
    isPair(first, (word) => word === second),
    isPair(first, (word) => word.startsWith(second)),
    first.length === 1 && second.length > 1 && isPair(second, (word) => word.startsWith(first)),
    /^\S( \S)+$/.test(whole) && some((name) => initials(name).some((one) => letters.includes(one))),
  ];
}

function initials(name: string): string[] {
  const all = name.split(" ").map((word) => word.slice(0, 1));
  return all.length < 2 ? [] : [all.join(""), `${all[0]}${all.at(-1)}`];
}

async function byLookingAtEverybody(q: string): Promise<string[]> {
  const typed = searchedText(q);
  const { rows } = await s.owner.query<{ whole: string; latin: string }>(
    "select btrim(fold($1)) as whole, latin($1)",
    [typed],
  );
  const spellings = rows.flatMap(({ whole, latin }) => [whole, latin]).filter(Boolean);
  const found = all.flatMap((one) => {
    const at = rank(one, typed, spellings);
    return at === null ? [] : [{ ...one, rank: at }];
  });
  const isId = /[@_0-9]/.test(typed) && found.some((one) => one.rank === 0);
  return found
    .filter((one) => !isId || one.rank === 0)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        (b.seen ?? -1) - (a.seen ?? -1) ||
        (a.id < b.id ? 1 : a.id > b.id ? -1 : 0),
    )
    .map(({ id }) => id);
}

const aPerson = fc.constantFrom(...all);
const part = (text: string) =>
  fc
    .tuple(fc.nat({ max: Math.max(0, text.length - 3) }), fc.integer({ min: 3, max: 8 }))
    .map(([from, size]) => text.slice(from, from + size).trim());
const word = (text: string) => fc.constantFrom(...text.split(" ").filter(Boolean));
const wordStart = (text: string) =>
  fc.tuple(word(text), fc.integer({ min: 1, max: 5 })).map(([w, size]) => w.slice(0, size));
const query = aPerson.chain(({ name, search, exact }) =>
  fc.oneof(
    word(name),
    wordStart(name).filter((w) => w.length > 2),
    part(search),
    fc.constantFrom(name, ...exact),
    fc.tuple(word(search), word(name)).map((both) => both.join(" ")),
    fc.tuple(word(name), wordStart(name)).map((both) => both.join(" ")),
    fc.tuple(part(search), word(search)).map((both) => both.join(" ")),
  ),
);
/** Short words and signs are looked for in names only (`search.db.test.ts`). */
const hasTrigrams = (q: string) => /[\p{L}\p{N}]{3}/u.test(q);

test.each([
  ["before anybody counted trigrams", "select"],
  ["when it is known which are rare", "analyze subjects"],
])("what the tiers find is what looking at everybody finds, in its order, %s", async (_, first) => {
  await s.owner.query(first);
  await fc.assert(
    fc.asyncProperty(query.filter(hasTrigrams), async (q) => {
      const { hits, total, more } = await searchSubjects(ana, { q, limit });
      const expected = await byLookingAtEverybody(q);
      expect(hits.map((hit) => hit.subjectId)).toEqual(expected.slice(0, limit));
      if (!more) expect(total).toBe(expected.length);
      else expect(expected.length).toBeGreaterThanOrEqual(total);
    }),
    { numRuns: 400, seed },
  );
});

test("a word of one or two letters finds only whom looking at everybody finds, names first", async () => {
  await fc.assert(
    fc.asyncProperty(
      aPerson.chain(({ search }) =>
        fc.nat({ max: search.length - 2 }).map((at) => search.slice(at, at + 2).trim()),
      ),
      async (q) => {
        const { hits } = await searchSubjects(ana, { q, limit });
        const expected = await byLookingAtEverybody(q);
        const found = hits.map((hit) => hit.subjectId);
        expect(expected).toEqual(expect.arrayContaining(found));
        const inNames = expected.filter((id) =>
          all.some((one) => one.id === id && ` ${one.name}`.includes(` ${q}`)),
        );
        expect(found.slice(0, inNames.length).sort()).toEqual(
          inNames.length > limit ? expect.anything() : inNames.sort(),
        );
      },
    ),
    { numRuns: 100, seed },
  );
});
