import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import type { Unreviewed } from "#lib/impersonation/unreviewed.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { listed } from "../../../../_components/words.ts";

type NoGlassProps = {
  ctx: Ctx<StaffActor>;
  why: "no_need" | "policy" | "unreviewed";
  unreviewed: Unreviewed | null;
  /** Who can approve instead. */
  approvers: string[];
  start: string;
  back: string;
};

/** Instead of the form: why there is no glass to break, and what goes instead. */
export function NoGlass({ ctx, why, unreviewed, approvers, start, back }: NoGlassProps) {
  if (why === "no_need")
    return (
      <Empty
        card
        kind="not-allowed"
        icon="check"
        title="There is no glass to break"
        action={<ButtonLink href={start}>Start as usual</ButtonLink>}
      >
        No approval is needed here, so you can start at once with a reason.
      </Empty>
    );
  if (why === "unreviewed" && unreviewed) {
    const { asked, session } = unreviewed;
    return (
      <Empty
        card
        kind="not-allowed"
        icon="bolt"
        title="Your last break-glass waits for its review"
        action={
          <div className="row">
            <ButtonLink href={`/sessions/${session.id}`}>
              Open {sessionNumber(session.number)}
            </ButtonLink>
            <ButtonLink variant="quiet" href={back}>
              Ask for an approval instead
            </ButtonLink>
          </div>
        }
      >
        <p>
          {sessionNumber(session.number)}, as {session.subject},{" "}
          <Time at={session.startedAt} now={unreviewed.at} zone={ctx.actor.zone} />.{" "}
          {asked.length > 0 ? `${listed(asked)} can review it` : "Any manager can review it"}, and
          until somebody has, you cannot break the glass again.
        </p>
      </Empty>
    );
  }
  return (
    <Empty
      card
      kind="not-allowed"
      title="Nobody can break the glass here"
      action={<ButtonLink href={back}>Ask for an approval</ButtonLink>}
    >
      {`The policy does not allow it. ${
        approvers.length > 0
          ? `${listed(approvers)} can approve.`
          : "An admin can change the policy."
      }`}
    </Empty>
  );
}
