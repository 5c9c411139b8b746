import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { reach } from "#lib/staff/rights.ts";
import { one, type Query } from "../_words/one.ts";
import { Done } from "./_components/done.tsx";
import { NothingWaits } from "./_components/nothing-waits.tsx";
import { OpenWide } from "./_components/open-wide.tsx";
import { OwnRequests } from "./_components/own-requests.tsx";
import { Queue, readShownQueue } from "./_components/queue.tsx";
import { queueTitle } from "./title.ts";
import "./requests.css";

export const generateMetadata = (): Promise<Metadata> => queueTitle();

/** The list alone: where there is room, the first request opens beside it under its own address. */
export default async function RequestsPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("see_queue");
  const query = await searchParams;
  if (reach(ctx.actor, "see_queue") !== "all")
    return <OwnRequests ctx={ctx} before={one(query.before)} after={one(query.after)} />;
  const after = one(query.after);
  const queue = await readShownQueue(ctx, after);
  const first = queue.yours[0] ?? queue.others.find((row) => row.actor.id !== ctx.actor.id);
  const done = one(query.done);
  const href = first && `/requests/${first.id}${done ? `?done=${done}` : ""}`;
  return (
    <div className="queue at-list">
      <Queue isPage isLater={after !== undefined} ctx={ctx} queue={queue} />
      {href ? (
        <div className="detail">
          <Empty
            kind="nothing"
            level="h2"
            title="Choose a request"
            action={<ButtonLink href={href}>Open the first</ButtonLink>}
          >
            Its reason and what it rests on stand here, with the decision beside them.
          </Empty>
        </div>
      ) : (
        <NothingWaits />
      )}
      {href && after === undefined && <OpenWide href={href} />}
      {!href && <Done ctx={ctx} id={done} />}
    </div>
  );
}
