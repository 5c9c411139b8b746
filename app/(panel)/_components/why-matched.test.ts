import { expect, test } from "vitest";
import type { Part } from "./marked.ts";
import { asked, whyMatched } from "./why-matched.ts";

const shown = (parts: Part[]): string =>
  parts.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");
const person = (name: string, over: object = {}) => ({
  name,
  email: "mail@x.test",
  externalId: "usr_7QK2M9",
  account: { name: "Northwind", externalId: "acc_91TLWF" },
  corrected: null,
  ...over,
});
const named = (name: string, q: string, over = {}) =>
  shown(whyMatched(person(name, over), asked(q)).name);
const reason = (name: string, q: string, over = {}) =>
  whyMatched(person(name, over), asked(q)).reason;

test("the whole query is marked in its one place", () => {
  expect(named("Jane Ashdown", "jane ash")).toBe("[Jane Ash]down");
});

test("words in another order are marked each", () => {
  expect(named("Jane Ashdown", "Ashdown Jane")).toBe("[Jane] [Ashdown]");
  expect(reason("Jane Ashdown", "Ashdown Jane")).toBeNull();
});

test("a word is marked where a word begins, if one does", () => {
  expect(named("Jana Andersen", "an")).toBe("Jana [An]dersen");
  expect(named("Jana Meier", "an")).toBe("J[an]a Meier");
});

test("case and accents play no part, in any script", () => {
  expect(named("Jāne Āšdauna", "jane asd")).toBe("[Jāne Āšd]auna");
  expect(named("Łukasz Żuk", "lukasz zuk")).toBe("[Łukasz Żuk]");
  expect(named("Søren Größe", "grosse")).toBe("Søren [Größe]");
  expect(named("Джейн Эшдаун", "эшд")).toBe("Джейн [Эшд]аун");
  expect(named("杉本 みなえ", "杉本")).toBe("[杉本] みなえ");
  expect(named("Ερατώ Δρυμαία", "ερατω")).toBe("[Ερατώ] Δρυμαία");
  expect(named("O’Neill", "o'neill")).toBe("[O’Neill]");
});

test.each([
  ["Jane Ashdown", "J. Ashdown", "[J]ane [Ashdown]"],
  ["Jane Ashdown", "ashdown j", "[J]ane [Ashdown]"],
  ["Jane Ashdown", "J. A.", "[J]ane [A]shdown"],
  ["Tim Marlowe", "TM", "[T]im [M]arlowe"],
  ["Maria Lopez Garcia", "mlg", "[M]aria [L]opez [G]arcia"],
  ["Maria Lopez Garcia", "mg", "[M]aria Lopez [G]arcia"],
  ["Анна Жукова", "а. жукова", "[А]нна [Жукова]"],
])("%s, typed %s: by initials", (name, q, marked) => {
  expect(named(name, q)).toBe(marked);
  expect(reason(name, q)).toBe("by initials");
});

test.each([
  ["Анна Жукова", "zhukova", "Анна [Жукова]", "as typed in Latin: zhukova"],
  ["Анна Жукова", "anna zhuk", "[Анна Жук]ова", "as typed in Latin: anna zhuk"],
  ["Γιώργος Παπαδόπουλος", "papadopou", "Γιώργος [Παπαδόπου]λος", "as typed in Latin: papadopou"],
  ["Jürgen Müller", "mueller", "Jürgen [Müller]", "by another spelling"],
  ["Juergen Mueller", "Müller", "Juergen [Mueller]", "by another spelling"],
  ["Anna Zhukova", "жукова", "Anna [Zhukova]", "by its Latin spelling"],
])("%s, typed %s: other letters", (name, q, marked, why) => {
  expect(named(name, q)).toBe(marked);
  expect(reason(name, q)).toBe(why);
});

test("a typo that was undone is said, and what was meant is marked", () => {
  expect(named("Jane Ashdown", "jnae ashdown", { corrected: "jane ashdown" })).toBe(
    "[Jane Ashdown]",
  );
  expect(reason("Jane Ashdown", "jnae ashdown", { corrected: "jane ashdown" })).toBe(
    "one letter off",
  );
});

test("what was found by e-mail, id or account is marked there, and said", () => {
  const by = (q: string) => whyMatched(person("Olu Braithe"), asked(q));
  expect(shown(by("ail@x").email)).toBe("m[ail@x].test");
  expect(by("ail@x").heard).toBe("found by e-mail");
  expect(shown(by("usr_7qk").id)).toBe("[usr_7QK]2M9");
  expect(shown(by("northw").account)).toBe("[Northw]ind");
  expect(shown(by("acc_91tlwf").accountId)).toBe("[acc_91TLWF]");
  // By what holds the most of it.
  const people = { email: "olu@north.test", account: { name: "North Wind", externalId: "acc_1" } };
  expect(whyMatched(person("Olu Braithe", people), asked("north wi")).heard).toBe(
    "found by account",
  );
  expect(shown(by("olu northwind").name)).toBe("[Olu] Braithe");
  expect(shown(by("Olu <mail@x.test>").email)).toBe("[mail@x.test]");
});

test("of who is kept from the reader only that something else matched is said", () => {
  const kept = { email: null, externalId: null, account: { name: "Northwind", externalId: null } };
  expect(reason("Olu Braithe", "mail@x.test", kept)).toBe("by e-mail or id");
  expect(reason("Olu Braithe", "olu", kept)).toBeNull();
});

test.each([
  "",
  " ",
  "%",
  "\\",
  "((((",
  "\u0301",
  "\u202eabc",
  "a".repeat(200),
  "\0",
  "é".repeat(99),
])("%j marks nothing that is not there, and breaks nothing", (q) => {
  const why = whyMatched(person("José Ñandú \u0627\u0644\u0633"), asked(q));
  expect(why.name.map(({ text }) => text).join("")).toBe("José Ñandú \u0627\u0644\u0633");
});
