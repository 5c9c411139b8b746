import type { ReactNode } from "react";
import { Time } from "#components/time.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Invitation as Found, readInvitation } from "#lib/notices/invitation.ts";
import { may } from "#lib/staff/rights.ts";
import { AgainForm } from "./again-form.tsx";

type Props = { ctx: Ctx<StaffActor>; staffId: string; now: Date };

/** Of somebody who was invited and has not signed in yet: whether the mail arrived, and the way to send it again. */
export async function Invitation({ ctx, staffId, now }: Props) {
  const found = await readInvitation(ctx, staffId);
  if (!found || found.isIn) return null;
  const at = <Time at={found.at} now={now} zone={ctx.actor.zone} />;
  return (
    <div className="stack s">
      <p>
        {isLost(found) && (
          <>
            <Icon name="warn" />{" "}
          </>
        )}
        {words(found, at)}
      </p>
      {may(ctx.actor, "change_settings") && staffId !== ctx.actor.id && (
        <AgainForm staffId={staffId} />
      )}
    </div>
  );
}

const isLost = ({ mail }: Found) => mail === "failed" || mail === "skipped";

function words({ mail, fault }: Found, at: ReactNode): ReactNode {
  switch (mail) {
    case "sent":
      return <>Invited, mail delivered {at}.</>;
    case "waiting":
      return fault ? (
        <>
          Invited {at}; the mail was not taken yet: {fault}. It is tried again.
        </>
      ) : (
        <>Invited {at}, the mail is on its way.</>
      );
    case "failed":
    case "skipped":
      return (
        <>
          Invited {at}; the mail could not be delivered{fault && `: ${fault.replace(/\.$/, "")}`}.
        </>
      );
    case null:
      return <>Invited {at}. No mail is set up here: tell them yourself.</>;
  }
}
