import { Strip } from "#components/strip.tsx";
import type { readOwnLive } from "#lib/impersonation/queries.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { reasonLabel } from "#lib/policy/policy.ts";
import { environmentWords } from "#lib/vocabulary-labels.ts";
import { endOwnSession } from "../actions.ts";

type Live = NonNullable<Awaited<ReturnType<typeof readOwnLive>>>;

/** The strip over every page while the reader stands in; its clock is the server's. */
export function OwnStrip({ live, policy }: { live: Live; policy: Policy }) {
  return (
    <Strip
      end={endOwnSession}
      session={{
        id: live.id,
        scope: live.scope,
        actor: live.actor.name,
        subject: live.subject.name,
        subjectLang: live.subject.lang,
        account: live.account.name,
        product: live.product.name,
        environment: environmentWords[live.product.environment],
        reason: reasonLabel(policy, live.request.reasonCategory),
        ticket: live.request.ticket,
        until: live.expiresAt.toISOString(),
        now: live.at.toISOString(),
      }}
    />
  );
}
