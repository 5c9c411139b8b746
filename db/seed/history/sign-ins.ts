import type { Colleague } from "./people.ts";
import type { Random } from "./random.ts";
import type { Story } from "./story.ts";

export type SignIn = {
  staffId: string;
  startedAt: Date;
  lastActiveAt: Date;
  /** When they signed out; null: it ran out of use. */
  signedOutAt: Date | null;
};

/** Something that somebody does while signed in, from when to when. */
type Presence = { from: number; until: number; signsOut: boolean };

/** Less than the half hour after which a sign-in is over. */
const pauseMs = 26 * 60_000;
const longestMs = 11 * 3_600_000;

/** Whoever did something had signed in before, and did not pause for long. Other moments may be given by person. */
export function signInsOf(
  colleagues: readonly Colleague[],
  stories: readonly Story[],
  moments: readonly (readonly [string, Date])[],
  random: Random,
): SignIn[] {
  const by = new Map<string, Presence[]>(colleagues.map(({ id }) => [id, []]));
  const add = (id: string, from: Date, until = from, signsOut = false) =>
    by.get(id)?.push({ from: from.getTime(), until: until.getTime(), signsOut });
  for (const { actor, openedAt, askedAt, vote, closed, visit, glass } of stories) {
    add(actor, openedAt ?? askedAt, askedAt);
    if (vote) add(vote.by, vote.at);
    if (glass) add(glass.by, glass.at);
    if (closed?.how === "cancelled") add(actor, closed.at);
    if (!visit) continue;
    const isOut = visit.cause === "sign_out";
    add(actor, visit.startedAt, isOut ? visit.endedAt : visit.lastActiveAt, isOut);
    if (visit.endedBy) add(visit.endedBy, visit.endedAt);
  }
  for (const [id, at] of moments) add(id, at);
  return [...by].flatMap(([staffId, present]) =>
    signInsOfOne(staffId, present, random.of(staffId)),
  );
}

function signInsOfOne(staffId: string, present: Presence[], random: Random): SignIn[] {
  const done: SignIn[] = [];
  let open: { startedAt: number; until: number; isOut: boolean } | null = null;
  const close = () => {
    if (!open) return;
    const leaves = open.isOut ? 0 : random.chance(0.3) ? random.int(60_000, 900_000) : null;
    done.push({
      staffId,
      startedAt: new Date(open.startedAt),
      lastActiveAt: new Date(open.until),
      signedOutAt: leaves === null ? null : new Date(open.until + leaves),
    });
    open = null;
  };
  for (const { from, until, signsOut } of present.sort((a, b) => a.from - b.from)) {
    if (open && (open.isOut || from - open.until > pauseMs || until - open.startedAt > longestMs))
      close();
    open ??= { startedAt: from - random.int(9_000, 110_000), until, isOut: false };
    open = { ...open, until: Math.max(open.until, until), isOut: signsOut };
  }
  close();
  return done;
}
