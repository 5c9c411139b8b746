import type { ReactNode } from "react";
import { RowKeys } from "#components/keys/row-keys.tsx";
import { HeldList } from "#components/polling.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { written } from "#components/written.ts";
import { readSurroundings } from "#lib/impersonation/pulse.ts";
import { type AgentBreadth, readTeamBreadth } from "#lib/impersonation/team-breadth.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Queue as QueueOf, type QueueRow, readQueue } from "#lib/requests/queue.ts";
import { may } from "#lib/staff/rights.ts";
import { address } from "../../_filters/address.ts";
import { bounded } from "../../_words/bounded.ts";
import { startOfDay } from "../../_words/start-of-day.ts";
import { DecidedItem, WaitingItem } from "./queue-item.tsx";
import { ToLookAt } from "./to-look-at.tsx";

type QueueProps = {
  ctx: Ctx<StaffActor>;
  queue: QueueOf;
  chosenId?: string;
  /** Whether the list is the page, and not beside a request that is. */
  isPage?: boolean;
  /** Whether it is a later page of it. */
  isLater?: boolean;
};

/** The queue as the pages show it: what was decided since the reader's midnight with it. */
export const readShownQueue = (ctx: Ctx<StaffActor>, after?: string): Promise<QueueOf> =>
  readQueue(ctx, startOfDay(new Date(), ctx.actor.zone), after);

/** The list: what waits for the reader, longest first; what waits for others; what was decided today. */
export async function Queue({ ctx, queue, chosenId, isPage, isLater }: QueueProps) {
  const decides = may(ctx.actor, "decide");
  const [{ counts }, broad] = await Promise.all([
    readSurroundings(ctx, decides),
    readTeamBreadth(ctx),
  ]);
  const { yours, others, decided, more, at } = queue;
  const shared = { at, chosenId, reader: ctx.actor };
  const waiting = (rows: QueueRow[]) => (
    <Rows
      isPage={isPage}
      items={rows.map((row) => <WaitingItem key={row.id} request={row} {...shared} />)}
    />
  );
  return (
    <section className="list" aria-label="Requests">
      <header>
        {isPage ? <h1 className="title">Requests</h1> : <p className="title">Requests</p>}
        <span className="xs faint end row tight">
          {may(ctx.actor, "be_away") && (
            <PlainLink href="/me/away">
              {may(ctx.actor, "decide") ? "Going away?" : "Who is away"}
            </PlainLink>
          )}
          <Icon name="live" /> live
        </span>
      </header>
      <RowKeys>
        <HeldList key={chosenId} ids={[...yours, ...others, ...decided].map((row) => row.id)}>
          {broad.length > 0 && (
            <p className="none">
              <PlainLink href="/requests/breadth">{broadWords(broad)}</PlainLink>
            </p>
          )}
          <ToLookAt ctx={ctx} />
          <h2 className="row between">
            {decides
              ? `${bounded(counts.waiting)} ${counts.waiting === 1 ? "waits" : "wait"} for you`
              : "Waiting for approvers"}
            <span>
              <span className="vh">, </span>longest first
            </span>
          </h2>
          {yours.length === 0 && <p className="none">Nothing waits{decides && " for you"}.</p>}
          {waiting(yours)}
          {(more || isLater) && (
            <p className="row between none">
              {isLater && (
                <ButtonLink href="/requests" icon="left">
                  From the longest
                </ButtonLink>
              )}
              {more && (
                <ButtonLink href={address("/requests", { after: more })} iconAfter="right">
                  Later ones
                </ButtonLink>
              )}
            </p>
          )}
          {others.length > 0 && (
            <>
              <h2>Waiting for others</h2>
              {waiting(others)}
            </>
          )}
          {!isLater && (
            <>
              <h2>Decided today</h2>
              {decided.length === 0 && <p className="none">Nothing yet.</p>}
              <Rows
                isPage={isPage}
                items={decided.map((row) => <DecidedItem key={row.id} request={row} {...shared} />)}
              />
            </>
          )}
        </HeldList>
      </RowKeys>
    </section>
  );
}

/** As one string where the list is the page; beside a request it keeps its elements, and the focus in them. */
function Rows({ isPage, items }: { isPage?: boolean; items: ReactNode[] }) {
  if (items.length === 0) return null;
  if (!isPage) return <ul>{items}</ul>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: `written` escapes all that it is given
  return <ul dangerouslySetInnerHTML={{ __html: written(items) }} />;
}

function broadWords(agents: AgentBreadth[]): string {
  const near = agents.filter(({ lift }) => !lift);
  const [first] = near;
  if (!first) return "A limit of people is lifted";
  return near.length === 1
    ? `${first.name} is near the limit of people`
    : `${near.length} agents are near their limit of people`;
}
