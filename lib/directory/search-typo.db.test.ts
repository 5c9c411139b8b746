import { expect, test } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { searchSubjects } from "./search.ts";
import { account, customersOf, user } from "./testing.ts";

const s = await scene();
const { ana, push } = customersOf(s);
const names = [
  "Jane Ashdown",
  "Robert Garcia",
  "Maria Lopez Garcia",
  "Łukasz Żuk",
  "Джейн Эшдаун",
  "김민준",
  "Halvor Venn-Ruiz",
  "Bo Li",
];
await push(
  account({ id: "acc_1", name: "Tallowfield Clinics" }),
  ...names.map((name, i) => user({ id: `usr_${i}`, name, email: `p${i}@tallow.test` })),
);
const found = async (q: string) => {
  const { hits } = await searchSubjects(ana, { q });
  return hits.map((hit) => [hit.name, hit.corrected]);
};

test.each([
  ["a letter left out", "jane ashdwn", "Jane Ashdown", "jane ashdown"],
  ["a letter too many", "janne ashdown", "Jane Ashdown", "jane ashdown"],
  ["another letter", "jane ashdowm", "Jane Ashdown", "jane ashdown"],
  ["another first letter", "kane ashdown", "Jane Ashdown", "jane ashdown"],
  ["two letters that changed places", "jnae ashdown", "Jane Ashdown", "jane ashdown"],
  ["the space left out", "janeashdown", "Jane Ashdown", "jane ashdown"],
  ["a letter for the space", "jane-ashdown", "Jane Ashdown", "jane ashdown"],
  ["the space too early", "jan eashdown", "Jane Ashdown", "jane ashdown"],
  ["the space too late", "janea shdown", "Jane Ashdown", "jane ashdown"],
  ["one word alone", "ashdwon", "Jane Ashdown", "ashdown"],
  ["family name first", "gracia robert", "Robert Garcia", "garcia robert"],
  ["the outer two of three words", "maria gracia", "Maria Lopez Garcia", "maria garcia"],
  ["three words", "maria lpoez garcia", "Maria Lopez Garcia", "maria lopez garcia"],
  ["accents and a slip", "lukazs zuk", "Łukasz Żuk", "lukasz zuk"],
  ["Cyrillic", "джейн эшдуан", "Джейн Эшдаун", "джеин эшдаун"],
  ["a syllable of Hangul", "김민중", "김민준", "김민준".normalize("NFKD")],
  ["a hyphen", "halvor vennruiz", "Halvor Venn-Ruiz", "halvor venn-ruiz"],
  ["the last word is still being typed", "jnae ash", "Jane Ashdown", "jane ash"],
])("%s: %s finds %s", async (_, q, name, meant) => expect(await found(q)).toEqual([[name, meant]]));

test.each([
  ["two slips", "jnae ashdwon"],
  ["a short word", "bi"],
  ["an e-mail", "p11@tallow.test"],
  ["an id", "usr_99"],
])("%s is not forgiven: %s", async (_, q) => expect(await found(q)).toEqual([]));

test("a space too many is no slip: both parts are in the name", async () => {
  expect(await found("jane ash down")).toEqual([["Jane Ashdown", null]]);
});

test("who matches as it was typed is not mixed with who nearly does", async () => {
  await push(user({ id: "usr_j", name: "Jana Ashdown", email: "jana@tallow.test" }));
  expect(await found("jana ashdown")).toEqual([["Jana Ashdown", null]]);
  const both = await found("jan ashdown");
  expect(both.map(([name]) => name).sort()).toEqual(["Jana Ashdown", "Jane Ashdown"]);
});

test("each correction gets its turn, however many people another one finds", async () => {
  await push(
    ...Array.from({ length: 30 }, (_, i) =>
      user({ id: `usr_k${i}`, name: "Kate Moss", email: `kate${i}@tallow.test` }),
    ),
    user({ id: "usr_l", name: "Kale Moss", email: "kale@tallow.test", last_seen_at: null }),
  );
  const hits = await found("kake moss");
  expect(hits.length).toBe(20);
  expect(hits).toContainEqual(["Kale Moss", "kale moss"]);
});
