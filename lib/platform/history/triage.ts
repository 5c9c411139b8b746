import { addDays, dayIn, timeAt } from "#db/seed/history/calendar.ts";
import { ansel, mirela, runa } from "#db/seed/history/people.ts";
import { answer } from "#lib/findings/answer.ts";
import { dispose } from "#lib/findings/dispose.ts";
import type { Result } from "#lib/kernel/result.ts";
import type { Detector } from "#lib/vocabulary.ts";
import { atWork } from "./age.ts";
import type { Recorder } from "./recorder.ts";
import { triageWords } from "./triage-words.ts";

/** A finding, and when what became of it is to have been. */
export type Raised = {
  id: string;
  detector: Detector;
  actorId: string;
  /** Who approved, where it is about a pair. */
  otherId: string | null;
  team: string;
  zone: string;
  isActive: boolean;
  raisedAt: Date;
  askedAt: Date | null;
  answeredAt: Date | null;
  disposedAt: Date | null;
};

const hourMs = 3_600_000;
const notAfter = (at: Date, now: Date) => (at < now ? at : new Date(now.getTime() - hourMs / 6));

/** The evening on which somebody is asked about what was raised at a moment. */
export function eveningAfter(raisedAt: Date, zone: string, now: Date): Date {
  const day = dayIn(zone, raisedAt);
  const evening = timeAt(day, 18 * 60 + 2, zone);
  return notAfter(raisedAt < evening ? evening : timeAt(addDays(day, 1), 17 * 60 + 1, zone), now);
}

const wordsFor = ({ detector }: Raised, nth: number) => {
  const some = triageWords[detector];
  return some[nth % some.length] ?? some[0];
};

/** What the agent says, if they say anything: the next day at work. */
export async function answered(to: Recorder, one: Raised, nth: number, now: Date): Promise<Raised> {
  const words = wordsFor(one, nth).answer;
  if (!words || !one.askedAt || !one.isActive) return one;
  const at = notAfter(atWork(new Date(one.askedAt.getTime() + hourMs), one.zone), now);
  good(await answer(to.staffAt(one.actorId, at), { findingId: one.id, answer: words }));
  return { ...one, answeredAt: at };
}

/** What their manager makes of it; compliance where it is about the manager. */
export async function disposed(to: Recorder, one: Raised, nth: number, now: Date): Promise<Raised> {
  const manager = one.team.endsWith("Americas") ? ansel : runa;
  const reviewer = manager === one.actorId || manager === one.otherId ? mirela : manager;
  const since = one.answeredAt ?? one.askedAt ?? one.raisedAt;
  const from = new Date(since.getTime() + (20 + ((nth * 29) % 90)) * hourMs);
  const at = notAfter(atWork(from, to.somebody(reviewer).zone), now);
  const { as, note } = wordsFor(one, nth);
  good(await dispose(to.staffAt(reviewer, at), { findingId: one.id, as, note }));
  return { ...one, disposedAt: at };
}

function good<T>(result: Result<T>): void {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
}
