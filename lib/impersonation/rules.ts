import type { EndCause, Scope } from "#lib/vocabulary.ts";

export type Clocked = {
  startedAt: Date;
  expiresAt: Date;
  lastActiveAt: Date;
  idleMinutes: number;
  endedAt: Date | null;
};

/** When the session ends for lack of use, if nothing comes before. */
export const idleAt = (session: Pick<Clocked, "lastActiveAt" | "idleMinutes">): Date =>
  new Date(session.lastActiveAt.getTime() + session.idleMinutes * 60_000);

/** Why time has ended the session at `at`, or null while it lives. Computed: never waits for a job (promise 3). */
export function endedByTime(session: Clocked, at: Date): "time" | "idle" | null {
  const idle = idleAt(session);
  if (session.expiresAt <= idle) return at >= session.expiresAt ? "time" : null;
  return at >= idle ? "idle" : null;
}

/** What the world looks like around a session now. */
export type Around = {
  actorActive: boolean;
  actorIsAgent: boolean;
  signInOpen: boolean;
  globalStop: boolean;
  /** Null where the subject may still be stood in for. */
  subjectRefusal: "closed" | "other" | null;
  /** Whether it is for others than the actor's team by now. */
  isOutOfReach: boolean;
  /** Whether more speaks for an approval than did when it was asked, and those on record are too few for it. */
  isOutgrown: boolean;
};

/** Why a session that time has not ended must end now all the same, or null (DESIGN §5, end by policy). */
export function endedByPolicy(around: Around): EndCause | null {
  if (around.globalStop) return "global_stop";
  if (!around.actorActive || !around.actorIsAgent) return "actor_withdrawn";
  if (!around.signInOpen) return "sign_out";
  if (around.subjectRefusal === "closed") return "account_stricter";
  if (around.subjectRefusal) return "subject_withdrawn";
  if (around.isOutOfReach) return "account_stricter";
  if (around.isOutgrown) return "account_stricter";
  return null;
}

/** From looking to acting as the same person is an upgrade: the old session gives way to the new one. */
export const isUpgrade = (
  live: { subjectId: string; scope: Scope },
  next: { subjectId: string; scope: Scope },
): boolean => live.subjectId === next.subjectId && live.scope === "read" && next.scope === "write";

/** The sentence of an ending, for the entry, the product's page and the panel. */
export function endSentence(
  cause: EndCause,
  by: { name: string | null; comment: string | null; minutes: number; idleMinutes: number },
): string {
  const who = by.name ?? "Somebody";
  const comment = by.comment ? `: “${by.comment}”` : "";
  switch (cause) {
    case "actor":
      return `Ended by the actor${comment}`;
    case "manager":
    case "admin":
      return `${who} ended it${comment}`;
    case "product":
      return `Ended by the product${comment}`;
    case "customer":
      return `Ended by the customer${comment}`;
    case "time":
      return `Its ${by.minutes} minutes are over`;
    case "idle":
      return `Not used for ${by.idleMinutes} minutes`;
    case "sign_out":
      return "The actor signed out, or their sign-in ended";
    case "subject_withdrawn":
      return "The person can no longer be stood in for";
    case "actor_withdrawn":
      return "The actor may no longer stand in";
    case "account_stricter":
      return `The account has become stricter: it needs an approval now, is closed, or is another team’s${by.comment ? `. ${by.comment}` : ""}`;
    case "global_stop":
      return "All standing in was stopped";
    case "upgraded":
      return "Went on from looking to acting, in a new session";
    case "code_reuse":
      return "A sign-in code was presented twice, so it was ended for safety";
  }
}
