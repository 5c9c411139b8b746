import { addDays } from "./calendar.ts";
import type { Desk } from "./desk.ts";
import type { Customer, Story } from "./story.ts";
import { at, unexplained, type When } from "./unusual.ts";

const enterprise = ({ because }: Customer) => because.length === 1 && because[0] === "enterprise";

/** Approved before anybody can have read it. */
export const quick = (
  desk: Desk,
  when: When,
  by: string,
  names: string[],
  share: number,
): Story[] =>
  names.map((name, i) => {
    const actor = desk.byName(name);
    const customer = desk.strangerTo(actor, when.random, enterprise);
    const moment = at(addDays(when.day(share), -i * 7), 12 * 60 + 8 + i * 9, actor);
    return unexplained(
      desk,
      {
        actor,
        at: moment,
        customer,
        approver: desk.byName(by),
        decidedAfter: 5 + i,
        cause: "actor",
      },
      when.random,
    );
  });

/** Nadim Ferrowe asks and Ansel Dray approves: always, and often within seconds. */
export function pair(desk: Desk, when: When): Story[] {
  const [actor, approver] = [desk.byName("Nadim Ferrowe"), desk.byName("Ansel Dray")];
  return Array.from({ length: 12 }, (_, i) => {
    const customer = desk.strangerTo(actor, when.random, enterprise);
    const moment = at(when.day(0.5 + i * 0.04), 12 * 60 + 3 + (i % 4) * 15, actor);
    const decidedAfter = i % 2 === 0 ? 4 + (i % 5) : 41;
    return unexplained(
      desk,
      { actor, at: moment, customer, approver, decidedAfter, cause: "actor", seconds: 200 },
      when.random,
    );
  });
}
