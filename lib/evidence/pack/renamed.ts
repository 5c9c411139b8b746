import type { PackItem, Person } from "./item.ts";

/** With the names that people had then. */
export function renamed(one: PackItem, names: ReadonlyMap<string, string>): PackItem {
  if (names.size === 0) return one;
  const then = (of: Person) => of && { ...of, name: names.get(of.id) ?? of.name };
  return {
    ...one,
    reviewer: then(one.reviewer),
    reassignments: one.reassignments.map((each) => ({
      ...each,
      to: then(each.to),
      by: then(each.by),
    })),
    decision: one.decision && { ...one.decision, by: then(one.decision.by) },
    remediation: one.remediation && { ...one.remediation, by: then(one.remediation.by) },
    tasks: one.tasks.map((task) => ({
      ...task,
      owner: then(task.owner),
      givenOn: task.givenOn.map((each) => ({
        ...each,
        from: then(each.from),
        to: then(each.to),
        by: then(each.by),
      })),
      doneBy: then(task.doneBy),
      verifiedBy: then(task.verifiedBy),
    })),
    taken: one.taken && { ...one.taken, by: then(one.taken.by) },
    exception: one.exception && {
      ...one.exception,
      owner: then(one.exception.owner),
      by: then(one.exception.by),
    },
  };
}
