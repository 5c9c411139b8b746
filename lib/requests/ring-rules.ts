import type { ApproverKind } from "#lib/vocabulary.ts";

/** Somebody who may decide on the request now, or has approved it already. */
export type Candidate = {
  id: string;
  name: string;
  /** Signed in, and at the panel lately. */
  active: boolean;
  /** Which requirements a vote of theirs counts for. */
  fits: readonly ApproverKind[];
  asked: boolean;
  approved: boolean;
};

export type Requirement = { by: ApproverKind; votes: number };
export type Rung = 0 | 1 | 2 | 3;

export type RingState = {
  rung: Rung;
  /** Whether it is on record that nobody could decide. */
  nobody: boolean;
  askedAt: Date;
  at: Date;
};
/** Seconds after the ask. */
export type RingTimes = { secondAfter: number; fallbackAfter: number };

export type Ring = { ring: 1 | 2 | 3; asked: Candidate[] };
export type RingPlan = {
  rings: Ring[];
  /** Nobody may decide, and that is not on record yet. */
  tellNobody: boolean;
  rung: Rung;
  nobody: boolean;
  /** When to look again; null: all has rung. */
  nextAt: Date | null;
};

const mostAtFirst = 5;
/** Until somebody may decide again, it is looked for them so often; in seconds. */
const lookAgain = 30;

/**
 * Which rings are due. Who is at work is asked first, the actor's own manager before others; where they are too few for what
 * the rules want, the rest are asked at once. The last ring names the fallback, and catches who may decide only since.
 */
export function ringsDue(
  state: RingState,
  candidates: readonly Candidate[],
  requirements: readonly Requirement[],
  times: RingTimes,
): RingPlan {
  const { at, askedAt } = state;
  const after = (seconds: number) => new Date(askedAt.getTime() + seconds * 1000);
  const able = candidates.filter(({ approved }) => !approved);
  if (able.length === 0) {
    const nextAt = new Date(at.getTime() + lookAgain * 1000);
    return { rings: [], tellNobody: !state.nobody, rung: state.rung, nobody: true, nextAt };
  }

  const wanted = stillWanted(requirements, candidates);
  const asked = new Set(able.filter((one) => one.asked));
  const rings: Ring[] = [];
  let { rung } = state;
  const ring = (n: 1 | 2 | 3, whom: Candidate[]) => {
    rings.push({ ring: n, asked: whom });
    for (const one of whom) asked.add(one);
    rung = n;
  };
  const rest = () => able.filter((one) => !asked.has(one));

  if (rung < 1) {
    const first = firstAsked(able, wanted);
    if (first.length > 0) ring(1, first);
  }
  if (rung < 2 && (at >= after(times.secondAfter) || !suffices([...asked], wanted)))
    if (rest().length > 0) ring(2, rest());
  // Whoever was asked is gone, and somebody came who was not.
  if (rung >= 2 && asked.size === 0 && rest().length > 0) ring(rung === 3 ? 3 : 2, rest());
  if (rung < 3 && at >= after(times.fallbackAfter)) ring(3, rest());
  return { rings, tellNobody: false, rung, nobody: false, nextAt: nextLook() };

  function nextLook(): Date | null {
    if (rung === 3) return null;
    const second = after(times.secondAfter);
    return rung < 2 && at < second ? second : after(times.fallbackAfter);
  }
}

/** What the votes that are there leave to be met. */
export function stillWanted(
  requirements: readonly Requirement[],
  candidates: readonly Candidate[],
): Requirement[] {
  return requirements
    .map(({ by, votes }) => ({ by, votes: votes - count(candidates, by, (one) => one.approved) }))
    .filter(({ votes }) => votes > 0);
}

/** Whether these people could meet it all. */
const suffices = (people: readonly Candidate[], wanted: readonly Requirement[]): boolean =>
  people.length > 0 && wanted.every(({ by, votes }) => count(people, by) >= votes);

const count = (
  people: readonly Candidate[],
  by: ApproverKind,
  which: (one: Candidate) => boolean = () => true,
): number => people.filter((one) => one.fits.includes(by) && which(one)).length;

/** Who is at work: the own manager, then as many as each requirement wants, then others, a handful at most. */
function firstAsked(able: readonly Candidate[], wanted: readonly Requirement[]): Candidate[] {
  const active = able.filter((one) => one.active);
  const own = active.filter(({ fits }) => fits.includes("own_manager"));
  const needed = wanted.flatMap(({ by, votes }) =>
    active.filter(({ fits }) => fits.includes(by)).slice(0, votes),
  );
  const chosen = new Set([...own, ...needed]);
  const others = active.filter((one) => !chosen.has(one));
  return [...chosen, ...others.slice(0, Math.max(0, mostAtFirst - chosen.size))];
}
