import { RowKeys } from "#components/keys/row-keys.tsx";
import { HeldList } from "#components/polling.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { type AgentBreadth, readTeamBreadth } from "#lib/impersonation/team-breadth.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { readDecided, type readQueue } from "#lib/requests/queries.ts";
import { may } from "#lib/staff/rights.ts";
import { startOfDay } from "../../_words/start-of-day.ts";
import { DecidedItem, WaitingItem } from "./queue-item.tsx";

export type Waiters = Awaited<ReturnType<typeof readQueue>>;
type QueueProps = {
  ctx: Ctx<StaffActor>;
  waiting: Waiters;
  chosenId?: string;
  /** Whether the list is the page, and not beside a request that is. */
  isPage?: boolean;
};

/** The list: what waits for the reader, longest first; what waits for others; what was decided today. */
export async function Queue({ ctx, waiting, chosenId, isPage }: QueueProps) {
  const now = waiting[0]?.at ?? new Date();
  const [decided, broad] = await Promise.all([
    readDecided(ctx, startOfDay(now, ctx.actor.zone)),
    readTeamBreadth(ctx),
  ]);
  const decides = may(ctx.actor, "decide");
  const yours = decides ? waiting.filter((row) => row.forYou) : waiting;
  const others = decides ? waiting.filter((row) => !row.forYou) : [];
  const shared = { chosenId, reader: ctx.actor };
  return (
    <section className="list" aria-label="Requests">
      <header>
        {isPage ? <h1 className="title">Requests</h1> : <p className="title">Requests</p>}
        <span className="xs faint end row tight">
          <Icon name="live" /> live
        </span>
      </header>
      <RowKeys>
        <HeldList key={chosenId} ids={[...waiting, ...decided].map((row) => row.id)}>
          {broad.length > 0 && (
            <p className="none">
              <PlainLink href="/requests/breadth">{broadWords(broad)}</PlainLink>
            </p>
          )}
          <h2 className="row between">
            {decides ? waitFor(yours.length, "you") : waitFor(yours.length, "approvers")}
            <span>longest first</span>
          </h2>
          {yours.length === 0 && <p className="none">Nothing waits{decides && " for you"}.</p>}
          <ul>
            {yours.map((row) => (
              <WaitingItem key={row.id} request={row} {...shared} />
            ))}
          </ul>
          {others.length > 0 && (
            <>
              <h2>{waitFor(others.length, "others")}</h2>
              <ul>
                {others.map((row) => (
                  <WaitingItem key={row.id} request={row} {...shared} />
                ))}
              </ul>
            </>
          )}
          <h2>Decided today</h2>
          {decided.length === 0 && <p className="none">Nothing yet.</p>}
          <ul>
            {decided.map((row) => (
              <DecidedItem key={row.id} request={row} {...shared} />
            ))}
          </ul>
        </HeldList>
      </RowKeys>
    </section>
  );
}

const waitFor = (n: number, whom: string): string =>
  `${n} ${n === 1 ? "waits" : "wait"} for ${whom}`;

function broadWords(agents: AgentBreadth[]): string {
  const near = agents.filter(({ lift }) => !lift);
  const [first] = near;
  if (!first) return "A limit of people is lifted";
  return near.length === 1
    ? `${first.name} is near the limit of people`
    : `${near.length} agents are near their limit of people`;
}
