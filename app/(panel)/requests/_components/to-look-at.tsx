import { GlassMark, ScopeMark } from "#components/marks.tsx";
import { PairDiscs } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { readFirstToLookAt } from "#lib/impersonation/to-look-at.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ReviewDue } from "../../sessions/_components/review-due.tsx";

/** On top of the queue: sessions that wait for the reader's word, break-glass first. Nothing where nothing waits. */
export async function ToLookAt({ ctx }: { ctx: Ctx<StaffActor> }) {
  const { rows, all, at } = await readFirstToLookAt(ctx);
  if (at === null) return null;
  return (
    <>
      <h2 className="row between">
        To look at
        <PlainLink href="/sessions/to-look-at">
          {all >= 100 ? "100 and more" : `all ${all}`}
        </PlainLink>
      </h2>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <PlainLink className="req" href={`/sessions/${row.id}#review`} data-row>
              <PairDiscs actor={row.actor.name} subject={row.subject.name} size="small" />
              <strong className="clamp">{row.actor.name}</strong>
              <Time at={row.endedAt ?? row.startedAt} now={at} zone={ctx.actor.zone} />
              <span className="sub clamp">
                as <span lang={row.subject.lang ?? undefined}>{row.subject.name}</span> ·{" "}
                {row.account.name}
              </span>
              <span className="sub row tight">
                <ScopeMark scope={row.scope} live={row.endedAt === null} />
                {row.breakGlass && <GlassMark />}
                {row.dueAt ? (
                  <ReviewDue at={row.dueAt} now={at} zone={ctx.actor.zone} />
                ) : (
                  <span className="xs">{row.done}</span>
                )}
              </span>
            </PlainLink>
          </li>
        ))}
      </ul>
    </>
  );
}
