import { Note } from "#components/ui/note.tsx";
import type { Policy } from "#lib/policy/policy.ts";
import type { AskedOf } from "#lib/requests/asked.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { and } from "../words.ts";

type TurnToProps = { request: RequestView; asked: AskedOf; policy: Policy };

/** Whom the policy names when nobody answers, or nobody may decide: with a customer on the line that is now. */
export function TurnTo({ request, asked, policy }: TurnToProps) {
  const { fallback } = policy.rings;
  if (asked.nobody)
    return (
      <Note icon="warn" className="m-4" title={`Turn to ${fallback.name}${contact(fallback)}`}>
        <p>
          Nobody who may decide on it is active: it is waited for, and whoever comes back is asked
          at once. Until then nothing can start.
        </p>
        {policy.breakGlass.allowed && <BreakGlass request={request} />}
      </Note>
    );
  if (asked.rung < 3) return null;
  const able = asked.people.filter((one) => one.able).map(({ name }) => name);
  return (
    <Note
      icon="two"
      className="m-4"
      title={`No answer yet. Turn to ${fallback.name}${contact(fallback)}`}
    >
      {able.length > 0 && (
        <p>
          {and(able)} can still decide, and {able.length === 1 ? "was" : "were"} asked.
        </p>
      )}
      {policy.breakGlass.allowed && <BreakGlass request={request} />}
    </Note>
  );
}

const contact = (fallback: { contact: string }): string =>
  fallback.contact ? `: ${fallback.contact}` : "";

function BreakGlass({ request }: { request: RequestView }) {
  return (
    <p>
      Where it cannot wait, the policy lets you{" "}
      <a className="link" href={`/customers/${request.subject.id}/break-glass`}>
        break the glass
      </a>
      : loudly, and looked at afterwards.
    </p>
  );
}
