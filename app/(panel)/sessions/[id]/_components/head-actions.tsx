import { ButtonInside, ButtonLink, buttonClass } from "#components/ui/button.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import type { SessionPage } from "#lib/impersonation/timeline.ts";
import { againPath } from "#lib/requests/again-path.ts";

type HeadActionsProps = {
  session: SessionPage;
  /** Whether the reader is its actor and it lives. */
  enter: boolean;
  /** Whether the reader is its actor. */
  own: boolean;
  /** The page's path where the reader may end it. */
  end: string | null;
  /** Where it is made a document, for who may. */
  report: string | null;
};

export function HeadActions({ session, enter, own, end, report }: HeadActionsProps) {
  return (
    <>
      {own && (
        <ButtonLink variant="quiet" href={session.request.returnPath}>
          Back to where you were
        </ButtonLink>
      )}
      <PrintButton />
      {report && (
        <>
          <ButtonLink href={`/audit/export?session=${session.id}`}>Export…</ButtonLink>
          <ButtonLink href={report} icon="download">
            As PDF…
          </ButtonLink>
        </>
      )}
      {own && !enter && (
        <ButtonLink
          icon="refresh"
          href={againPath({ subjectId: session.subject.id, requestId: session.request.id })}
        >
          Again
        </ButtonLink>
      )}
      {enter && (
        // A plain link: it leads out of the panel and must not be fetched before it is followed.
        <a className={buttonClass({})} href={`/sessions/${session.id}/enter`}>
          <ButtonInside icon="open">Back to {session.product.name}</ButtonInside>
        </a>
      )}
      {end && (
        <ButtonLink href={`${end}?end=1`} icon="stop" shortcut="E" scroll={false}>
          End…
        </ButtonLink>
      )}
    </>
  );
}
