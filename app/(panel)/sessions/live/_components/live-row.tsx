import { GlassMark, ScopeMark, TierMark } from "#components/marks.tsx";
import { StaffDisc, Who } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { classes } from "#components/ui/classes.ts";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead } from "#components/ui/table.tsx";
import type { readLive } from "#lib/impersonation/queries.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { type Policy, reasonLabel } from "#lib/policy/policy.ts";
import { EndForm } from "../../_components/end-form.tsx";
import { endFromList } from "../actions.ts";
import { DoingNow, Done } from "./doing.tsx";
import { TimeLeft } from "./time-left.tsx";

export type LiveSession = Awaited<ReturnType<typeof readLive>>["rows"][number];
type LiveRowProps = {
  session: LiveSession;
  reader: StaffActor;
  policy: Policy;
  at: Date;
  /** Addresses of the page with and without this row's question; null where the reader may not end it. */
  ways: { ask: string; keep: string } | null;
  ending: boolean;
};

export function LiveRow({ session, reader, policy, at, ways, ending }: LiveRowProps) {
  const { actor, subject, account, request } = session;
  const time = { now: at, zone: reader.zone } as const;
  const approved = session.approvedBy.map((name) => (name === reader.name ? "you" : name));
  const asking = ending && ways !== null;
  return (
    <>
      <tr className={classes(asking && "sel") || undefined}>
        <RowHead className="wide">
          <Who
            disc={<StaffDisc name={actor.name} />}
            name={
              <PlainLink className="cell" href={`/sessions/${session.id}`} data-row>
                {actor.name}
                <span className="vh"> as {subject.name}</span>
              </PlainLink>
            }
            second={
              <>
                since <Time at={session.startedAt} {...time} style="clock" />
              </>
            }
          />
        </RowHead>
        <td>
          <Who
            lang={subject.lang}
            name={subject.name}
            second={
              <>
                {account.name} · <TierMark tier={account.tier} inline />
              </>
            }
          />
        </td>
        <td>
          <span className="stack justify-items-start gap-1">
            <ScopeMark live scope={session.scope} />
            {request.breakGlass && <GlassMark />}
          </span>
        </td>
        <td className="wide">
          <span className="who">
            <span>{reasonLabel(policy, request.reasonCategory)}</span>
            <small>
              {[request.ticket, approved.length > 0 && `${approved.join(" and ")} approved`]
                .filter(Boolean)
                .join(" · ") || "No ticket"}
            </small>
          </span>
        </td>
        <td className="hide now">
          <DoingNow session={session} at={at} zone={reader.zone} />
        </td>
        <td className="hide done">
          <Done session={session} />
        </td>
        <td>
          <TimeLeft
            scope={session.scope}
            minutes={session.minutes}
            until={session.expiresAt.toISOString()}
            now={at.toISOString()}
          />
        </td>
        <td className="n">
          {ways && (
            <ButtonLink
              href={asking ? ways.keep : ways.ask}
              variant={asking ? "quiet" : "plain"}
              icon={asking ? undefined : "stop"}
              scroll={false}
              data-key="e"
              aria-expanded={asking}
              aria-controls={asking ? `end-${session.id}` : undefined}
              aria-label={asking ? undefined : `End ${actor.name}’s session…`}
            >
              {asking ? "Keep it" : "End…"}
            </ButtonLink>
          )}
        </td>
      </tr>
      {asking && (
        <tr className="ending">
          <td colSpan={8} className="wide">
            <EndForm
              key={session.id}
              session={{ id: session.id, actor: actor.name, subject: subject.name }}
              own={actor.id === reader.id}
              keep={ways.keep}
              action={endFromList}
            />
          </td>
        </tr>
      )}
    </>
  );
}
