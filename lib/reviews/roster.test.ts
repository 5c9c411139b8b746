import { expect, test } from "vitest";
import { membershipIn } from "./memberships.ts";
import { compareRoster, readRoster } from "./roster.ts";

const people = (text: string) => {
  const read = readRoster(text);
  return "people" in read ? read.people.map(({ email, active }) => [email, active]) : read.problems;
};

test("columns in any order and case, quotes, a byte order mark, empty lines", () => {
  expect(
    people(
      '\uFEFFStatus,NAME,Email\r\nactive,"Quill, Teodora",T.Quill@a.test\r\n\r\nTerminated,Pavo,pavo@a.test\r\n',
    ),
  ).toEqual([
    ["t.quill@a.test", true],
    ["pavo@a.test", false],
  ]);
});

test.each([
  ["semicolons", 'Email;Name;Status\r\na@a.test;"Quill; T., ""Teo""";active\r\n'],
  ["tabs", "Email\tName\tStatus\na@a.test\tQuill, T.\tactive\n"],
  ["a separator that Excel names", "\uFEFFsep=;\r\nemail;name;status\r\nA@A.test;A;Active"],
  [
    "a comma in the head's quotes",
    '"Email";"Name, as; in, the, passport";name;status\na@a.test;x;A;active',
  ],
  ["a name over two lines", 'email,name,status\na@a.test,"Quill\nT.",active\n'],
])("%s between the columns", (_, text) => {
  expect(people(text)).toEqual([["a@a.test", true]]);
});

test("a line is named by its number in the file, whatever is above it", () => {
  expect(people('email,name,status\n\na@a.test,"A\nB",active\nb@a.test,B,perhaps\n')).toEqual([
    "Line 5: the status “perhaps” says neither active nor inactive.",
  ]);
});

test("6,000 lines, with somebody twice in other letters", () => {
  const lines = Array.from({ length: 6000 }, (_, n) => `P${n}@a.test;"Person; ${n}";active`);
  const text = `\uFEFFemail;name;status\r\n${lines.join("\r\n")}\r\n`;
  const read = readRoster(text);
  expect(read).toMatchObject({ lines: 6000 });
  expect("people" in read && read.people.at(-1)).toMatchObject({
    ...{ email: "p5999@a.test", name: "Person; 5999", active: true },
  });
  expect(people(`${text}p17@A.TEST;Again;left\r\n`)).toEqual([
    "Line 6002: p17@a.test is there twice.",
  ]);
});

test.each([
  ["", "The file has no lines below its head."],
  ["email,name,status\n", "The file has no lines below its head."],
  ["email,name\na@a.test,A", "The first line must name the columns; missing: status."],
  ["email,name,status\nnobody,A,active", "Line 2: “nobody” is no e-mail."],
  ["email,name,status\n,A,active", "Line 2: the e-mail is missing."],
  ["email,name,status\na@a.test,A,active\nA@a.test,A,active", "Line 3: a@a.test is there twice."],
  [
    "email,name,status\na@a.test,A,maybe",
    "Line 2: the status “maybe” says neither active nor inactive.",
  ],
])("%j is refused in words", (text, problem) => {
  expect(people(text)).toEqual([problem]);
});

test("a broken quote names its line", () => {
  expect(String(people('email,name,status\na@a.test,"A,active'))).toMatch(/line 2|Quote/i);
});

test("what is too long is refused", () => {
  expect(people("x".repeat((5 << 20) + 1))).toEqual(["The file is larger than 5 MB."]);
  const line = "a@a.t,A,\n";
  expect(people(`email,name,status\n${line.repeat(100_001)}`)).toEqual([
    "The file has more than 100000 lines.",
  ]);
});

test("in both, in one only, and where they differ", () => {
  const read = readRoster(
    "email,name,status\na@a.test,A,active\nb@a.test,B,left\nc@a.test,C,active",
  );
  const roster = "people" in read ? read.people : [];
  const here = (email: string, active: boolean) => ({ email, name: email, active });
  const compared = compareRoster(roster, [
    here("A@a.test", true),
    here("b@a.test", true),
    here("d@a.test", false),
  ]);
  expect(compared).toMatchObject({
    inBoth: 2,
    onlyInRoster: [{ email: "c@a.test" }],
    onlyInPanel: [{ email: "d@a.test", status: "deactivated" }],
    differ: [{ email: "b@a.test", status: "left in the roster, active here" }],
  });
});

test("groups, where a roster has them, tell who is in one and who is not, and nothing of others", () => {
  const read = readRoster(
    "email,groups,name,status\na@a.test,Support-EU; everybody,A,active\nb@a.test,everybody,B,active\nc@a.test,,C,left",
  );
  const of = membershipIn("people" in read ? read.people : []);
  expect(of?.("A@a.test", "support-eu")).toBe("in");
  expect(of?.("b@a.test", " Support-EU")).toBe("out");
  expect(of?.("c@a.test", "support-eu")).toBe("out");
  expect(of?.("nobody@a.test", "support-eu")).toBe("unknown");
  expect(of?.("b@a.test", "support-europe")).toBe("unknown");
  const without = readRoster("email,name,status\na@a.test,A,active");
  expect(membershipIn("people" in without ? without.people : [])).toBeNull();
});

test("a group is not cut off from a line where cells are apart by semicolons too", () => {
  const head = "email;name;status;groups\n";
  expect(people(`${head}a@a.test;A;active;one;two`)).toEqual([
    "Line 2: it has more cells than the first line.",
  ]);
  const read = readRoster(`${head}a@a.test;A;active;"one;two"`);
  expect("people" in read && read.people[0]?.groups).toEqual(["one", "two"]);
});
