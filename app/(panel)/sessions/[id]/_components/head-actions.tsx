import { ButtonInside, ButtonLink, buttonClass } from "#components/ui/button.tsx";
import { PrintButton } from "../../../_components/print-button.tsx";
import type { SessionPage } from "../timeline.ts";

type HeadActionsProps = {
  session: SessionPage;
  /** Whether the reader is its actor and it lives. */
  enter: boolean;
  /** The page's path where the reader may end it. */
  end: string | null;
};

export function HeadActions({ session, enter, end }: HeadActionsProps) {
  return (
    <>
      <PrintButton />
      {enter && (
        // A plain link: it leads out of the panel and must not be fetched before it is followed.
        <a className={buttonClass({})} href={`/sessions/${session.id}/enter`}>
          <ButtonInside icon="open">Back to {session.product.name}</ButtonInside>
        </a>
      )}
      {end && (
        <ButtonLink href={`${end}?end=1`} icon="stop" shortcut="E" scroll={false} prefetch={false}>
          End…
        </ButtonLink>
      )}
    </>
  );
}
