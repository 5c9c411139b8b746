import type { ReactNode } from "react";
import { ButtonLink, buttonClass } from "#components/ui/button.tsx";
import type { Crumb } from "#components/ui/crumbs.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import type { OwnSession } from "#lib/impersonation/queries.ts";
import type { Decision } from "#lib/policy/decide.ts";

type ActsProps = {
  session: Pick<OwnSession, "id" | "subject" | "product">;
  crumbs: readonly Crumb[];
  /** The discs of the two people. */
  sign: ReactNode;
};

/** Once acting has begun: the way on, which the page takes by itself where there is script. */
export const Acts = ({ session, crumbs, sign }: ActsProps) => (
  <Page title={`Act as ${session.subject.name}`} crumbs={crumbs} sign={sign}>
    <Empty
      card
      kind="nothing"
      icon="pen"
      level="h2"
      title={`You act as ${session.subject.name}`}
      action={
        // A plain link: it leads out of the panel.
        <a className={buttonClass({ variant: "primary" })} href={`/sessions/${session.id}/enter`}>
          Go on to {session.product.name}
        </a>
      }
    >
      Your looking session has ended.
    </Empty>
  </Page>
);

type NotHereProps = {
  session: OwnSession;
  /** The page of the product that led here. */
  url: string | null;
  refusal: Decision;
  crumbs: readonly Crumb[];
  /** The discs of the two people. */
  sign: ReactNode;
};

/** Instead of the form: the session is over, acts already, or may never act. */
export function NotHere({ session, url, refusal, crumbs, sign }: NotHereProps) {
  const { subject, product, isOver } = session;
  const anew = new URLSearchParams({ scope: "write", ...(url && { url }) });
  if (session.request.ticket) anew.set("ticket", session.request.ticket);
  const title = isOver
    ? "This session is over"
    : refusal.kind === "refuse"
      ? `You cannot act as ${subject.name}`
      : "You act already";
  return (
    <Page title={`Act as ${subject.name}`} crumbs={crumbs} sign={sign}>
      <Empty
        card
        kind={isOver || refusal.kind !== "refuse" ? "nothing" : "not-allowed"}
        icon={isOver ? "stop" : refusal.kind === "refuse" ? "ban" : "pen"}
        level="h2"
        title={title}
        action={
          isOver ? (
            <ButtonLink href={`/customers/${subject.id}/start?${anew}`}>
              Ask to act as {subject.name}
            </ButtonLink>
          ) : (
            // A plain link: it leads out of the panel.
            <a className={buttonClass({})} href={url ?? `/sessions/${session.id}/enter`}>
              Back to {product.name}
            </a>
          )
        }
      >
        {isOver
          ? "Acting would be a session of its own, with answers of its own."
          : refusal.kind === "refuse"
            ? refusal.message
            : "What you change is changed. “Just look” in the band ends that."}
      </Empty>
    </Page>
  );
}
