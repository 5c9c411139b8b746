import type { Metadata } from "next";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readQueue } from "#lib/requests/queries.ts";
import { reach } from "#lib/staff/rights.ts";
import { one, type Query } from "../_words/one.ts";
import { Detail } from "./_components/detail.tsx";
import { Done } from "./_components/done.tsx";
import { NothingWaits } from "./_components/nothing-waits.tsx";
import { OpenWide } from "./_components/open-wide.tsx";
import { OwnRequests } from "./_components/own-requests.tsx";
import { Queue } from "./_components/queue.tsx";
import { queueTitle } from "./title.ts";
import "./requests.css";

export const generateMetadata = (): Promise<Metadata> => queueTitle();

export default async function RequestsPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("see_queue");
  const query = await searchParams;
  if (reach(ctx.actor, "see_queue") !== "all")
    return <OwnRequests ctx={ctx} before={one(query.before)} after={one(query.after)} />;
  const queue = await readQueue(ctx);
  const first =
    queue.find((row) => row.forYou) ?? queue.find((row) => row.actor.id !== ctx.actor.id);
  const done = one(query.done);
  return (
    <div className="queue at-list">
      <Queue isPage ctx={ctx} waiting={queue} chosenId={first?.id} />
      {first ? (
        <Detail ctx={ctx} request={{ ...first, canDecide: first.forYou }} waiting={queue} />
      ) : (
        <NothingWaits />
      )}
      {first && <OpenWide href={`/requests/${first.id}${done ? `?done=${done}` : ""}`} />}
      {!first && <Done ctx={ctx} id={done} />}
    </div>
  );
}
