import type { AuditEvent, Effect, Phase } from "#lib/vocabulary.ts";
import type { Random } from "../random.ts";
import type { Desk, RefusedAsk, Visit } from "./desk.ts";
import { seededId } from "./world.ts";

export type EntryRow = {
  id: string;
  at: number;
  event: AuditEvent;
  actorId: string;
  visit: Visit | null;
  customerId: string;
  accountId: string;
  /** Why it was refused, where it was. */
  refused: string | null;
};
export type ActionRow = {
  id: string;
  visit: Visit;
  seq: number;
  phase: Phase;
  effect: Effect;
  at: number;
  entryId: string;
};
export type VisitRow = {
  visit: Visit;
  askedAt: number;
  grantedAt: number;
  endsAt: number;
  asked: string;
  granted: string;
  started: string;
  ended: string;
};
export type Rows = {
  entries: EntryRow[];
  actions: ActionRow[];
  visits: VisitRow[];
  asks: RefusedAsk[];
};

/** What the panel, and the product, would have written of all that: most of it are views. */
export function rowsOf({ visits, asks }: Desk, random: Random): Rows {
  const entries: EntryRow[] = [];
  const actions: ActionRow[] = [];
  const rows = visits.map((visit): VisitRow => {
    const { actor, customer, at, approver } = visit;
    const entry = (
      event: AuditEvent,
      time: number,
      by = actor.id,
      refused: string | null = null,
    ) => {
      const id = seededId(random);
      const accountId = customer.account.id;
      entries.push({
        id,
        at: time,
        event,
        actorId: by,
        visit,
        customerId: customer.id,
        accountId,
        refused,
      });
      return id;
    };
    const grantedAt = at - (approver ? 40_000 : 20);
    const askedAt = approver ? grantedAt - visit.decidedAfter * 1000 : at - 50;
    const endsAt = at + visit.minutes * 60_000;
    const asked = entry("request.asked", askedAt);
    const granted = approver
      ? entry("request.approved", grantedAt, approver.id)
      : entry("request.granted", grantedAt);
    const started = entry("session.started", at);
    entry("code.issued", at + 300);
    entry("token.issued", at + 500);
    const acts: [AuditEvent, Effect][] = [
      ...Array.from({ length: visit.views }, (): [AuditEvent, Effect] => ["action.viewed", "view"]),
      ...Array.from({ length: visit.writes }, (): [AuditEvent, Effect] => ["action.write", "data"]),
      ...Array.from({ length: visit.exports }, (): [AuditEvent, Effect] => [
        "action.write",
        "export",
      ]),
      ...Array.from({ length: visit.refusals }, (): [AuditEvent, Effect] => [
        "action.refused",
        "data",
      ]),
    ];
    acts.forEach(([event, effect], seq) => {
      const time = at + 1000 + Math.floor(((endsAt - at - 2000) * (seq + 1)) / (acts.length + 1));
      const refused = event === "action.refused" ? "scope" : null;
      const entryId = entry(event, time, actor.id, refused);
      if (event === "action.viewed") return;
      const phase = event === "action.write" ? "attempt" : "refused";
      actions.push({ id: seededId(random), visit, seq, phase, effect, at: time, entryId });
      if (phase === "attempt") entry("action.done", time + 80);
    });
    const ended = entry("session.ended", endsAt);
    return { visit, askedAt, grantedAt, endsAt, asked, granted, started, ended };
  });
  for (const { id, actor, customer, at, code } of asks) {
    const accountId = customer.account.id;
    entries.push({
      id,
      at,
      event: "request.refused",
      actorId: actor.id,
      visit: null,
      customerId: customer.id,
      accountId,
      refused: code,
    });
  }
  return { entries, actions, visits: rows, asks };
}
