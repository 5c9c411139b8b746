import type { Subject } from "./people.ts";
import type { Scene } from "./scene.ts";
import { begins, ends, type IdOf } from "./trapped.ts";
import type { Worked } from "./worked.ts";

/** What the trapped did about the first quarter of 2026 in Berlin: eleven sessions in it, and others beside its edges. */
export function quarterOfWork(s: Scene, id: IdOf, elsa: Subject): Worked[] {
  const { jane, rita } = s;
  const both = id("two roles");
  const anew = id("taken and given anew");
  const narrowed = id("acting, then looking");
  const led = id("led by kim");
  return [
    // Ten minutes before midnight of the new year in Berlin, and over at twenty past: of the quarter before.
    { who: both, at: "2025-12-31T22:50:00Z", minutes: 30, subject: jane, views: 1 },
    { who: both, at: begins, subject: jane, views: 2 },
    // From one day of February into the next.
    {
      ...{ who: both, at: "2026-02-10T22:50:00Z", minutes: 20, scope: "write", subject: jane },
      ...{ views: 3, writes: ["data", "configuration", "message", "export"], refused: 2 },
    },
    // Over the hour that the clocks leave out.
    {
      ...{ who: both, at: "2026-03-29T00:50:00Z", minutes: 20, subject: rita, views: 3 },
      ...{ by: s.max, after: 60 },
    },
    // In the last microsecond, and what it did is after the edge.
    {
      ...{ who: both, at: "2026-03-31T21:59:59.999999Z", minutes: 20, scope: "write" },
      ...{ subject: jane, writes: ["data"] },
    },
    { who: id("orphan"), at: ends, subject: jane, views: 1 },
    {
      ...{ who: id("leaver"), at: "2026-02-14T09:50:00Z", minutes: 10, subject: jane },
      cause: "actor_withdrawn",
    },
    { who: anew, at: "2026-01-12T10:00:00Z", subject: jane, views: 1 },
    { who: anew, at: "2026-01-19T10:00:00Z", subject: elsa, by: s.max, after: 3 },
    { who: anew, at: "2026-03-02T10:00:00Z", subject: jane, refused: 1 },
    {
      ...{ who: narrowed, at: "2026-01-15T10:00:00Z", scope: "write", subject: jane },
      writes: ["data"],
    },
    { who: narrowed, at: "2026-02-20T10:00:00Z", subject: jane, views: 1 },
    { who: id("dormant"), at: "2024-07-01T10:00:00Z", subject: jane },
    { who: id("gone for long"), at: "2025-10-31T10:00:00Z", subject: jane, views: 1 },
    { who: led, at: "2026-02-02T10:00:00Z", minutes: 5, subject: jane, cause: "global_stop" },
    { who: led, at: "2026-02-02T14:00:00Z", subject: rita, by: s.mia, after: 600, denied: true },
  ];
}
