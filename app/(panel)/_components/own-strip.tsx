import { Strip } from "#components/strip.tsx";
import type { readOwnStrip } from "#lib/impersonation/own-strip.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { reasonLabel } from "#lib/policy/policy.ts";
import { environmentWords } from "#lib/vocabulary-labels.ts";
import { endOwnSession, justLook } from "../actions.ts";

type Live = NonNullable<Awaited<ReturnType<typeof readOwnStrip>>>;

type OwnStripProps = {
  actor: string;
  /** Whether the reader may act at all, and not only look. */
  mayAct: boolean;
  live: Live;
  policy: Policy;
};

/** The strip over every page while the reader stands in; its clock is the server's. */
export function OwnStrip({ actor, mayAct, live, policy }: OwnStripProps) {
  return (
    <Strip
      end={endOwnSession}
      look={justLook}
      mayAct={mayAct}
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
