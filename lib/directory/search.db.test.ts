import { expect, test } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { searchSubjects } from "./search.ts";
import { account, customersOf, user } from "./testing.ts";

const s = await scene();
const { ana, push } = customersOf(s);

const names = [
  "Łukasz Żuk",
  "Søren Østergård",
  "Zoë Größe",
  "Джейн Ёлкина",
  "Γιώργος Παπαδόπουλος",
  "مُحَمَّد أحمد",
  "שָׂרָה כהן",
  "प्रिया शर्मा",
  "山田太郎",
  "杉本 みなえ",
  "김민준",
  "สมชาย ใจดี",
  "Nguyễn Đức",
  "O’Neill 100%_ok",
];
await push(
  account({ id: "acc_91TLWF", name: "Tallowfield Clinics" }),
  account({ id: "acc_2", name: "Århus Fragt", tier: "regulated" }),
  ...names.map((name, i) =>
    user({ id: `usr_7QK2M${i}`, account_id: "acc_91TLWF", name, email: `person${i}@tallow.test` }),
  ),
  user({
    id: "usr_a",
    account_id: "acc_2",
    name: "Velma Ash",
    email: "jane@arhus.test",
    last_seen_at: null,
  }),
  user({ id: "usr_b", account_id: "acc_91TLWF", name: "Velma Ash", email: "velma@tallow.test" }),
  user({ id: "usr_c", account_id: "acc_2", name: "Mary Velma Poole", email: "ANA@alongside.test" }),
  user({ id: "usr_d", account_id: "acc_2", name: "Avelma Under", email: "under_score@arhus.test" }),
);
const found = async (q: string) => (await searchSubjects(ana, { q })).hits.map((hit) => hit.name);

test.each([
  ["lukasz zuk", "Łukasz Żuk"],
  ["ŁUKASZ", "Łukasz Żuk"],
  ["ostergard", "Søren Østergård"],
  ["østerg", "Søren Østergård"],
  ["grosse", "Zoë Größe"],
  ["GRÖSSE", "Zoë Größe"],
  ["Zoe\u0308", "Zoë Größe"],
  ["елкин", "Джейн Ёлкина"],
  ["ДЖЕЙН", "Джейн Ёлкина"],
  ["γιωργοσ", "Γιώργος Παπαδόπουλος"],
  ["ΓΙΩΡΓΟΣ", "Γιώργος Παπαδόπουλος"],
  ["δόπουλ", "Γιώργος Παπαδόπουλος"],
  ["محمد", "مُحَمَّد أحمد"],
  ["احمد", "مُحَمَّد أحمد"],
  ["שרה", "שָׂרָה כהן"],
  ["प्रिया", "प्रिया शर्मा"],
  ["山田", "山田太郎"],
  ["太郎", "山田太郎"],
  ["郎", "山田太郎"],
  ["みなえ", "杉本 みなえ"],
  ["なえ", "杉本 みなえ"],
  ["민준", "김민준"],
  ["ใจดี", "สมชาย ใจดี"],
  ["ใจ", "สมชาย ใจดี"],
  ["duc nguyen", "Nguyễn Đức"],
  ["zu", "Łukasz Żuk"],
  ["uk", "Łukasz Żuk"],
])("%s finds %s", async (q, name) => expect(await found(q)).toContain(name));

test.each([
  ["100%", ["O’Neill 100%_ok"]],
  ["%_", ["O’Neill 100%_ok"]],
  ["under_sc", ["Avelma Under"]],
  ["underxsc", []],
  ["\\", []],
  ["郎太", []],
])("%s is meant as it is written", async (q, expected) => {
  expect(await found(q)).toEqual(expected);
});

test("part of an e-mail, a product id, an account's id and name each find their person", async () => {
  expect(await found("person3@tal")).toEqual(["Джейн Ёлкина"]);
  expect(await found("usr_7qk2m8")).toEqual(["山田太郎"]);
  expect(await found("acc_91tlwf lukasz")).toEqual(["Łukasz Żuk"]);
  expect(await found("clinics zoe")).toEqual(["Zoë Größe"]);
});

test("namesakes are counted; the name's beginning comes before its middle, who was seen before who was not", async () => {
  const { hits, total, more } = await searchSubjects(ana, { q: "velma" });
  expect(hits.map((hit) => [hit.externalId, hit.sameName])).toEqual([
    ["usr_b", 2],
    ["usr_a", 2],
    ["usr_c", 1],
    ["usr_d", 1],
  ]);
  expect({ total, more }).toEqual({ total: 4, more: false });
});

test("who has two words that begin so is there once", async () => {
  await push(user({ id: "usr_g", account_id: "acc_2", name: "Ida Quirino Quirinal" }));
  expect(await found("quirin")).toEqual(["Ida Quirino Quirinal"]);
});

test("the very e-mail comes first", async () => {
  expect(await found("JANE@arhus.test")).toEqual(["Velma Ash"]);
  const { hits } = await searchSubjects(ana, { q: "usr_a" });
  expect(hits[0]).toMatchObject({ externalId: "usr_a", account: { externalId: "acc_2" } });
});

test("a hit says what the policy needs to know, that it is staff too", async () => {
  const [hit] = (await searchSubjects(ana, { q: "mary poole" })).hits;
  expect(hit).toMatchObject({
    isStaff: true,
    account: { tier: "regulated", stance: "allowed" },
    product: { name: "Ledger" },
  });
});

test("an account's new name finds its people, the old one no more", async () => {
  await push(account({ id: "acc_2", name: "Nordkraft" }));
  expect(await found("nordkr mary")).toEqual(["Mary Velma Poole"]);
  expect(await found("fragt")).toEqual([]);
});

test("nothing typed, marks alone and a NUL find nobody", async () => {
  expect(await found("  ")).toEqual([]);
  expect(await found("\u0301")).toEqual([]);
  expect(await found("\0")).toEqual([]);
  expect(await found("luk\0asz")).toEqual(["Łukasz Żuk"]);
});

test("more than 200 are 200 and more", async () => {
  await push(
    ...Array.from({ length: 230 }, (_, i) =>
      user({ id: `usr_n${i}`, account_id: "acc_2", name: `Nils ${i}` }),
    ),
  );
  const { hits, total, more } = await searchSubjects(ana, { q: "nils" });
  expect([hits.length, total, more]).toEqual([20, 200, true]);
});
