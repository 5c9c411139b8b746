import { buttonClass } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { Policy } from "#lib/policy/policy.ts";
import type { AskedOf } from "#lib/requests/asked.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { and } from "../words.ts";
import { contactHref } from "./contact-href.ts";

type TurnToProps = { request: RequestView; asked: AskedOf; policy: Policy };

/** Whom the policy names when nobody answers, or nobody may decide: with a customer on the line that is now. */
export function TurnTo({ request, asked, policy }: TurnToProps) {
  const { fallback } = policy.rings;
  const href = contactHref(fallback.contact);
  const whom = href || !fallback.contact ? fallback.name : `${fallback.name}: ${fallback.contact}`;
  const way = href && (
    <p className="py-1">
      <a href={href} className={buttonClass({})}>
        {fallback.contact}
      </a>
    </p>
  );
  const glass = policy.breakGlass.allowed && <BreakGlass request={request} />;
  if (asked.nobody)
    return (
      <Note icon="warn" className="m-4" title={`Turn to ${whom}`}>
        {way}
        <p>
          Nobody who may decide is active. Whoever comes back is asked at once; until then nothing
          can start.
        </p>
        {glass}
      </Note>
    );
  if (asked.rung < 3) return null;
  const able = asked.people.filter((one) => one.able).map(({ name }) => name);
  return (
    <Note icon="two" className="m-4" title={`No answer yet. Turn to ${whom}`}>
      {way}
      {able.length > 0 && (
        <p>
          {and(able)} can still decide, and {able.length === 1 ? "was" : "were"} asked.
        </p>
      )}
      {glass}
    </Note>
  );
}

/** In the place of this request: it is cancelled as the glass is broken. */
const BreakGlass = ({ request }: { request: RequestView }) => (
  <p>
    Where it cannot wait, the policy lets you{" "}
    <PlainLink href={`/customers/${request.subject.id}/break-glass?instead=${request.id}`}>
      break the glass
    </PlainLink>
    : loudly, and looked at afterwards.
  </p>
);
