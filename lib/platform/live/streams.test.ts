import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Role } from "#lib/vocabulary.ts";
import { mostOfOnePerson, Streams } from "./streams.ts";

let streams: Streams;
beforeEach(() => {
  vi.useFakeTimers();
  streams = new Streams();
});
afterEach(() => {
  streams.close();
  vi.useRealTimers();
});

const person = (id: string, roles: Role[]): StaffActor => ({
  kind: "staff",
  ...{ id, name: id, email: `${id}@alongside.test`, team: "Support Europe", zone: "Europe/Oslo" },
  ...{ roles, signInId: `of ${id}`, authTime: null, acr: null },
});
const ana = person("ana", ["agent"]);
const ben = person("ben", ["agent"]);
const max = person("max", ["manager"]);

/** A stream of this person; `said` is what came, and `signedIn` whether their sign-in still lives. */
function open(actor: StaffActor) {
  const own = {
    said: [] as string[],
    signedIn: true,
    takes: true,
    close: null as (() => void) | null,
  };
  const say = (word: string) => () => {
    if (own.takes) own.said.push(word);
    return own.takes;
  };
  own.close = streams.open(
    actor,
    { look: say("look"), beat: say("beat"), end: say("end") },
    async () => (own.signedIn ? actor : null),
  );
  return own;
}
const word = { work: [], told: [], rights: false, all: false };

it("tells whom a change concerns, and nobody else", async () => {
  const [a, b, m] = [open(ana), open(ben), open(max)];
  streams.hear({ ...word, work: ["ana"] });
  await vi.advanceTimersByTimeAsync(1000);
  expect([a.said, b.said, m.said]).toEqual([["look"], [], ["look"]]);
  streams.hear({ ...word, told: ["ben"] });
  await vi.advanceTimersByTimeAsync(1000);
  expect([a.said, b.said, m.said]).toEqual([["look"], ["look"], ["look"]]);
});

it("tells nothing more to who is signed out, and ends at once", async () => {
  const own = open(ana);
  own.signedIn = false;
  streams.hear({ ...word, work: ["ana"] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(own.said).toEqual(["end"]);
  expect(streams.size).toBe(0);
});

it("ends with a sign-in that ends, though nothing else changes: at once, or with the next beat", async () => {
  const [a, b] = [open(ana), open(ben)];
  a.signedIn = false;
  streams.hear({ ...word, rights: true });
  await vi.advanceTimersByTimeAsync(1000);
  expect([a.said, b.said]).toEqual([["end"], []]);
  b.signedIn = false;
  await vi.advanceTimersByTimeAsync(16_000);
  expect(b.said).toEqual(["beat", "end"]);
});

it("says one word for many changes of a moment", async () => {
  const own = open(ana);
  for (let n = 0; n < 50; n += 1) streams.hear({ ...word, work: ["ana"] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(own.said).toEqual(["look"]);
});

it("misses nothing that comes while the sign-in is being read", async () => {
  const said: string[] = [];
  let answer: (actor: StaffActor) => void = () => {};
  const look = () => said.push("look") > 0;
  streams.open(
    ana,
    { look, beat: () => true, end: () => {} },
    () => new Promise((r) => (answer = r)),
  );
  streams.hear({ ...word, work: ["ana"] });
  await vi.advanceTimersByTimeAsync(300);
  streams.hear({ ...word, work: ["ana"] });
  await vi.advanceTimersByTimeAsync(300);
  answer(ana);
  await vi.advanceTimersByTimeAsync(300);
  answer(ana);
  await vi.advanceTimersByTimeAsync(300);
  expect(said).toEqual(["look", "look"]);
});

it("holds a few streams of a person, and no more; another's are their own", async () => {
  const held = Array.from({ length: 100 }, () => open(ana));
  expect(held.filter(({ close }) => close).length).toBe(mostOfOnePerson);
  expect(open(ben).close).not.toBeNull();
  held[0]?.close?.();
  expect(open(ana).close).not.toBeNull();
});

it("gives up a stream that nobody reads", async () => {
  const own = open(ana);
  own.takes = false;
  await vi.advanceTimersByTimeAsync(16_000);
  expect(streams.size).toBe(0);
});
