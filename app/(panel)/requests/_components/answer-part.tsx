import type { ReactNode } from "react";
import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { askAgainPath } from "./pending.tsx";

export type AnswerProps = { ctx: Ctx<StaffActor>; request: RequestView };

/** What those who voted wrote, named where there are several. */
export function Comments({ request }: { request: RequestView }) {
  return request.votes
    .filter(({ comment }) => comment)
    .map((vote) => (
      <p key={vote.by.id} className="soft">
        {request.votes.length > 1 && `${vote.by.name}: `}
        <Quote>{vote.comment ?? ""}</Quote>
      </p>
    ));
}

/** The same text asked anew, and the way back. */
export function AskAgain({
  request,
  label = "Ask again",
}: {
  request: RequestView;
  label?: string;
}) {
  return (
    <>
      <ButtonLink href={askAgainPath(request)}>{label}</ButtonLink>
      <ButtonLink variant="quiet" href={request.returnPath}>
        Back to where you were
      </ButtonLink>
    </>
  );
}

type MomentProps = AnswerProps & { time: Date | null };

/** Until when, in the reader's zone. */
export const At = ({ ctx, request, time }: MomentProps) =>
  time ? <Time at={time} now={request.at} zone={ctx.actor.zone} style="clock" /> : "–";

/** When it was. */
export const Ago = ({ ctx, request, time }: MomentProps) =>
  time ? <Time at={time} now={request.at} zone={ctx.actor.zone} /> : "–";

type PartProps = { icon: IconName; title: string; footer: ReactNode; children: ReactNode };

/** The frame of every answer: what it is, when and why, what now. */
export function Part({ icon, title, footer, children }: PartProps) {
  return (
    <>
      <header>
        <Icon name={icon} />
        <h2>{title}</h2>
      </header>
      <div className="in stack s">{children}</div>
      <footer className="row">{footer}</footer>
    </>
  );
}
