import { clock } from "#components/time-words.ts";
import type { OwnStanding } from "#lib/requests/own-standing.ts";
import type { Scope } from "#lib/vocabulary.ts";
import { listed } from "../../../_components/words.ts";

/** An approval that stands, in the words of the form. */
export type StandingNow = {
  id: string;
  ticket: string;
  minutes: number;
  scopes: Scope[];
  /** "Runa Castellane" */
  by: string;
  /** "14:20" */
  until: string;
};

export const standingNow = (all: readonly OwnStanding[], now: Date, zone: string): StandingNow[] =>
  all.map(({ id, ticket, minutes, scopes, approvers, until }) => ({
    ...{ id, ticket, minutes, scopes },
    by: listed(approvers),
    until: clock(until, now, zone),
  }));

type Chosen = { ticket: string; scope: Scope; minutes: number };

/** The one by which what is chosen starts at once; undefined where somebody is asked. */
export const coveredBy = (
  all: readonly StandingNow[],
  { ticket, scope, minutes }: Chosen,
): StandingNow | undefined =>
  all.find(
    (one) =>
      one.ticket === ticket.trim().toUpperCase() &&
      one.scopes.includes(scope) &&
      minutes <= one.minutes,
  );
