import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { noteOpened } from "#lib/platform/note-opened.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { followLink, opensNothing } from "#lib/requests/links.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { may } from "#lib/staff/rights.ts";
import { one, type Query } from "../../../_words/one.ts";
import { Detail } from "../../_components/detail.tsx";
import { Done } from "../../_components/done.tsx";
import "../../requests.css";

export const metadata: Metadata = { title: "A request to decide on" };

type Props = { params: Promise<{ token: string }>; searchParams: Query };

/** Behind the link of a message: all that its approver needs, and the decision. To open it decides nothing. */
export default async function DecidePage({ params, searchParams }: Props) {
  const ctx = await requireStaff();
  const { token } = await params;
  const followed = await followLink(ctx, token);
  if (!followed.ok)
    return followed.error === opensNothing ? (
      <OpensNothing ctx={ctx} />
    ) : (
      <Nothing title="Too many links were tried">{followed.error.message}</Nothing>
    );
  const request = may(ctx.actor, "see_queue") ? await readRequest(ctx, followed.value) : null;
  if (!request) return <OpensNothing ctx={ctx} />;
  if (request.canDecide) await noteOpened(ctx, request.id);
  return (
    <>
      <Detail ctx={ctx} request={request} link={token} />
      <Done ctx={ctx} id={one((await searchParams).done)} />
    </>
  );
}

const OpensNothing = ({ ctx }: { ctx: Ctx<StaffActor> }) => (
  <Nothing title="This link opens nothing for you">
    {`You are signed in as ${ctx.actor.name}. Each link is for one person and as good as its request: this one is somebody else’s, over, or was cut off in the message. Nothing was decided.`}
  </Nothing>
);

const Nothing = ({ title, children }: { title: string; children: string }) => (
  <div className="page form">
    <Empty
      card
      kind="not-allowed"
      level="h1"
      title={title}
      action={<ButtonLink href="/requests">Requests that wait for you</ButtonLink>}
    >
      {children}
    </Empty>
  </div>
);
