import { Strip } from "#components/strip.tsx";
import type { readOwnStrip } from "#lib/impersonation/own-strip.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { reasonLabel } from "#lib/policy/policy.ts";
import { environmentWords } from "#lib/vocabulary-labels.ts";
import { endOwnSession } from "../actions.ts";

type Live = NonNullable<Awaited<ReturnType<typeof readOwnStrip>>>;

/** The strip over every page while the reader stands in; its clock is the server's. */
export function OwnStrip({ actor, live, policy }: { actor: string; live: Live; policy: Policy }) {
  return (
    <Strip
      end={endOwnSession}
      session={{
        id: live.id,
        scope: live.scope,
        actor,
        subject: live.subject,
        subjectLang: live.subjectLang,
        account: live.account,
        product: live.product,
        environment: environmentWords[live.environment],
        reason: reasonLabel(policy, live.reasonCategory),
        ticket: live.ticket,
        breakGlass: live.breakGlass,
        until: live.expiresAt.toISOString(),
        now: live.at.toISOString(),
      }}
    />
  );
}
