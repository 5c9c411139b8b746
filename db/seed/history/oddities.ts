import type { Desk } from "./desk.ts";
import type { Random } from "./random.ts";
import { endOf, type Story } from "./story.ts";
import { type When, whenIn } from "./unusual.ts";
import { manyWrites, onClosedTicket, refusedOften } from "./unusual-deeds.ts";
import { withoutApproval } from "./unusual-glass.ts";
import {
  again,
  atOddHours,
  awake,
  manyAccounts,
  namesake,
  ofVip,
  roundTheAccount,
} from "./unusual-sessions.ts";
import { pair, quick } from "./unusual-votes.ts";

/** What somebody ought to look at: in both quarters of each kind, so that some is long disposed of and some is new. */
export function oddities(desk: Desk, random: Random): Story[] {
  const { first, second, until } = desk.span;
  // Where the newer quarter is over, what is new is of the days since.
  const isOver = second.lastDay < until;
  const newer = isOver ? { ...second, lastDay: until } : second;
  return apart([
    ...inFirst(desk, whenIn(desk, first, random.of("first"))),
    ...inSecond(desk, whenIn(desk, newer, random.of("second"))),
  ]);
}

/** In a quarter that is young two of one person may meet: then the earlier of the list is told. */
function apart(stories: readonly Story[]): Story[] {
  const begin = ({ openedAt, askedAt }: Story) => openedAt ?? askedAt;
  const told: Story[] = [];
  for (const one of stories) {
    const meets = (other: Story) =>
      other.actor === one.actor && begin(one) <= endOf(other) && begin(other) <= endOf(one);
    if (!told.some(meets)) told.push(one);
  }
  return told;
}

function inFirst(desk: Desk, when: When): Story[] {
  return [
    ...manyAccounts(desk, when, "Rafael Cintra", when.day(0.32), 14 * 60 + 6, 12),
    ...atOddHours(desk, when, "Oriel Vantreight", when.saturday(0.2), 23 * 60 + 12, 2),
    ...atOddHours(desk, when, "Teodora Quill", when.day(0.71), 5 * 60 + 20, 1),
    ...again(desk, when, "Linnea Sorrel", 0.4, 4),
    ...onClosedTicket(desk, when, "Davi Santerro", when.day(0.25), 11 * 60),
    ...onClosedTicket(desk, when, "Pavo Tindalle", when.day(0.66), 15 * 60 + 20),
    ...manyWrites(desk, when, "Nadim Ferrowe", when.day(0.52), 24),
    ...namesake(desk, when, when.day(0.3)),
    ...ofVip(desk, when, "Teodora Quill", when.day(0.58)),
    ...ofVip(desk, when, "Suri Halvane", when.day(0.84)),
    ...quick(
      desk,
      when,
      "Edda Lindvall",
      ["Linnea Sorrel", "Bram Okonvale", "Oriel Vantreight"],
      0.62,
    ),
    ...refusedOften(desk, when, "Lucia Fenwright", when.day(0.78)),
    ...roundTheAccount(desk, when, "Bram Okonvale", when.day(0.47), 7),
    ...withoutApproval(desk, when, "Suri Halvane", when.day(0.55), "Ansel Dray"),
  ];
}

function inSecond(desk: Desk, when: When): Story[] {
  return [
    ...manyAccounts(desk, when, "Ismene Marrowe", when.saturday(0.86), 22 * 60 + 10, 11),
    ...atOddHours(desk, when, "Davi Santerro", when.day(0.95), 4 * 60 + 50, 2),
    ...atOddHours(desk, when, "Linnea Sorrel", when.saturday(0.35), 13 * 60, 1),
    ...again(desk, when, "Suri Halvane", 0.9, 5),
    ...onClosedTicket(desk, when, "Suri Halvane", when.day(0.93), 10 * 60 + 30),
    ...onClosedTicket(desk, when, "Bram Okonvale", when.day(0.3), 9 * 60 + 40),
    ...manyWrites(desk, when, "Rafael Cintra", when.day(0.83), 27),
    ...namesake(desk, when, when.day(0.95)),
    ...ofVip(desk, when, "Oriel Vantreight", when.day(0.45)),
    ...ofVip(desk, when, "Teodora Quill", when.day(0.97)),
    ...pair(desk, when),
    ...refusedOften(desk, when, "Lucia Fenwright", when.day(0.96)),
    ...awake(desk, when, "Wanda Thorley", when.day(0.86)),
    ...roundTheAccount(desk, when, "Nadim Ferrowe", when.day(0.94), 7),
    ...withoutApproval(desk, when, "Ismene Marrowe", when.day(0.91), "Runa Castellane"),
  ];
}
