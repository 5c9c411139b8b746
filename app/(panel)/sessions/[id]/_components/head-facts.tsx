import { Countdown } from "#components/countdown.tsx";
import { EndedMark, GlassMark, ScopeMark, TierMark } from "#components/marks.tsx";
import { Time } from "#components/time.tsx";
import type { SessionPage } from "#lib/impersonation/timeline.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { endedTo } from "../../../_words/ended.ts";
import { stayedWords } from "../../../_words/stayed.ts";
import { endOf } from "../words.ts";

/** Account, scope, from when to when, and how it ended or how long it has. */
export function HeadFacts({ session, reader }: { session: SessionPage; reader: StaffActor }) {
  const { account, overdue } = session;
  const { zone } = reader;
  const cause = session.endCause ?? overdue;
  const time = { now: session.at, zone } as const;
  return (
    <>
      <span>{account.name}</span>
      {account.tier !== "standard" && <TierMark tier={account.tier} />}
      <ScopeMark scope={session.scope} live={cause === null} />
      {session.request.breakGlass && <GlassMark />}
      {cause === null ? (
        <span>
          since <Time at={session.startedAt} {...time} style="clock" />,{" "}
          <Countdown
            refreshAtEnd
            style="words"
            until={session.expiresAt.toISOString()}
            now={session.at.toISOString()}
          />{" "}
          left
        </span>
      ) : (
        <>
          <span>
            <Time at={session.startedAt} {...time} style="dated" /> to{" "}
            <Time at={endOf(session)} now={session.startedAt} zone={zone} style="clock" />,{" "}
            {stayedWords(session, session.at)}
          </span>
          <EndedMark>{endedTo(reader.id, cause, session)}</EndedMark>
        </>
      )}
    </>
  );
}
