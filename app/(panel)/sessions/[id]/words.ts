import type { SessionPage, Told } from "#lib/impersonation/timeline.ts";
import { browserWords } from "../../_words/browser.ts";

/** "Bram Okonvale acted as Halvor Venn-Ruiz"; while it lasts "is acting as". */
export function sessionSentence(session: SessionPage): string {
  const live = session.endedAt === null && session.overdue === null;
  const verb = session.scope === "write" ? ["is acting", "acted"] : ["is looking", "looked"];
  return `${session.actor.name} ${verb[live ? 0 : 1]} as ${session.subject.name}`;
}

/** When it is or was over: at its end, or at the moment where time ended it. */
export const endOf = (session: Pick<SessionPage, "endedAt" | "at" | "expiresAt">): Date =>
  session.endedAt ?? new Date(Math.min(session.at.getTime(), session.expiresAt.getTime()));

/** From where it was started: "198.51.100.7, a desktop browser". */
export function startedFrom(story: readonly Told[]): string | null {
  const body = story.find(({ event }) => event === "session.started")?.body;
  const parts = [
    text(body?.ip),
    typeof body?.user_agent === "string" ? browserWords(body.user_agent) : null,
  ];
  return parts.filter(Boolean).join(", ") || null;
}

/** A member of an entry's payload where it is text. */
export const text = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;
