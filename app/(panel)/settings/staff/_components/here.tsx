import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Person } from "#lib/staff/people.ts";
import { may } from "#lib/staff/rights.ts";
import { address } from "../../../_filters/address.ts";
import { SlackOf } from "../../../me/notices/_slack/slack-of.tsx";
import { Invitation } from "../_invitation/invitation.tsx";

type Props = { ctx: Ctx<StaffActor>; person: Person; now: Date };

/** When they were last here, what they did, and how they are reached. */
export function Here({ ctx, person, now }: Props) {
  const { zone } = ctx.actor;
  return (
    <Card title="Here" id="here">
      <p>
        {person.activeAt ? (
          <>
            Last <Time at={person.activeAt} now={now} zone={zone} />
          </>
        ) : (
          "Never signed in"
        )}
        {person.deactivatedAt && (
          <>
            {" "}
            · Suspended: <Time at={person.deactivatedAt} now={now} zone={zone} />
          </>
        )}
      </p>
      <p className="row sm">
        <PlainLink href={address("/audit", { actor: person.id })}>Audit log</PlainLink>
        <PlainLink href={address("/sessions", { actor: person.id })}>Sessions</PlainLink>
        {may(ctx.actor, "see_findings") && (
          <PlainLink href={address("/findings", { actor: person.id })}>Findings</PlainLink>
        )}
      </p>
      <Invitation ctx={ctx} staffId={person.id} now={now} />
      <SlackOf ctx={ctx} staffId={person.id} />
    </Card>
  );
}
