import type { Subject } from "#lib/directory/queries.ts";
import { readPersonFlags } from "#lib/directory/read-flags.ts";
import { readStoodInFor } from "#lib/impersonation/history.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { approversOf } from "#lib/staff/queries.ts";
import { may } from "#lib/staff/rights.ts";
import type { PersonRow } from "../../../_components/person-row.ts";
import { Standing } from "../../../_components/standing.tsx";
import { givenName } from "../../../_words/given-name.ts";
import { AccountFacts } from "../../_components/account-facts.tsx";
import { Flags } from "../../_components/flags.tsx";
import { HeldBefore } from "../../_components/held-before.tsx";
import { openHeld, openProposals } from "../../_components/open-proposals.ts";
import { PersonFacts } from "../../_components/person-facts.tsx";

type BesideProps = { ctx: Ctx<StaffActor>; subject: Subject; row: PersonRow; now: Date };

/** Facts about a person, beside their past: what standing in needs, who they are, flags, their account. */
export async function Beside({ ctx, subject, row, now }: BesideProps) {
  const { db, actor } = ctx;
  const { subjectId, account } = subject;
  const [policy, approvers, stoodIn, flags, proposals, held] = await Promise.all([
    currentPolicy(db),
    approversOf(db, actor.id),
    readStoodInFor(db, subjectId, actor.id, now),
    readPersonFlags(db, subjectId),
    openProposals(ctx, account.id, subjectId),
    subject.heldBecause.length > 0 ? openHeld(ctx, account.id, subjectId) : null,
  ]);
  return (
    <aside className="stack" aria-label="Facts">
      <Standing
        row={row}
        approvals={policy.approvals.sensitive}
        approvers={approvers}
        standsIn={may(actor, "start")}
      />
      <PersonFacts
        subject={subject}
        role={row.role}
        stoodIn={stoodIn}
        now={now}
        zone={actor.zone}
      />
      <HeldBefore
        subjectId={subjectId}
        given={givenName(subject.name)}
        product={subject.product.name}
        held={subject.heldBecause}
        waiting={held}
        mayChange={may(actor, "change_flags")}
      />
      <Flags
        flags={flags}
        of={{ kind: "person", id: subjectId, name: subject.name }}
        product={subject.product.name}
        proposals={proposals}
        mayChange={may(actor, "change_flags")}
        now={now}
        zone={actor.zone}
      />
      <AccountFacts account={account} />
    </aside>
  );
}
