import { ButtonLink } from "#components/ui/button.tsx";
import { readSessionOfRequest } from "#lib/impersonation/session-of-request.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { Ago, type AnswerProps, AskAgain, Part } from "./answer-part.tsx";

/** It was started: the way to its session, and back into the product while that is live. */
export async function Used({ ctx, request }: AnswerProps) {
  const session = await readSessionOfRequest(ctx, request.id);
  return (
    <Part
      icon="out"
      title="You started it"
      footer={
        <>
          {session?.isLive && (
            <a className="btn primary lg" href={`/sessions/${session.id}/enter`}>
              Back to {request.product.name}
            </a>
          )}
          {session && (
            <ButtonLink href={`/sessions/${session.id}`}>
              {sessionNumber(session.number)}
            </ButtonLink>
          )}
          <AskAgain request={request} />
        </>
      }
    >
      <p>
        <Ago ctx={ctx} request={request} time={request.closedAt} />. A request is good for one
        start.
      </p>
    </Part>
  );
}
