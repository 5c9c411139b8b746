import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { readPulse } from "#lib/impersonation/pulse.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { noteOpened } from "#lib/platform/note-opened.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { SeenAs } from "../../_components/seen-as.tsx";
import { one, type Query } from "../../_words/one.ts";
import { Detail } from "../_components/detail.tsx";
import { Done } from "../_components/done.tsx";
import { Queue, readShownQueue } from "../_components/queue.tsx";
import { Waiting, waitingTitle } from "../_components/waiting.tsx";
import { queueTitle } from "../title.ts";
import "../requests.css";

type Props = { params: Promise<{ id: string }>; searchParams: Query };

const requestOf = cache(async (address: string) => {
  const ctx = await requireStaff("see_queue");
  const id = idSchema.safeParse(address);
  if (!id.success) return { ctx, request: null, word: null };
  // First: what changes while the page is read is then seen as a change.
  const { request: word } = await readPulse(ctx, id.data);
  return { ctx, request: await readRequest(ctx, id.data), word };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { ctx, request } = await requestOf((await params).id);
  if (request?.actor.id === ctx.actor.id) return { title: waitingTitle(request) };
  return queueTitle();
}

export default async function RequestPage({ params, searchParams }: Props) {
  const { ctx, request, word } = await requestOf((await params).id);
  if (!request) notFound();
  if (request.actor.id === ctx.actor.id)
    return (
      <>
        <SeenAs request={word} />
        <Waiting ctx={ctx} request={request} />
      </>
    );
  const [queue] = await Promise.all([
    readShownQueue(ctx),
    request.canDecide && noteOpened(ctx, request.id),
  ]);
  return (
    <div className="queue at-request">
      <Queue ctx={ctx} queue={queue} chosenId={request.id} />
      <Detail ctx={ctx} request={request} />
      <Done ctx={ctx} id={one((await searchParams).done)} />
    </div>
  );
}
