import { Time } from "#components/time.tsx";
import { Note } from "#components/ui/note.tsx";
import { roomAt } from "#lib/impersonation/breadth.ts";
import { type Breadth, breadthNear, breadthReached } from "#lib/impersonation/breadth-rules.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { listed } from "../../../../_components/words.ts";

type BreadthNoteProps = {
  ctx: Ctx<StaffActor>;
  breadth: Breadth;
  policy: Policy;
  approvers: { name: string }[];
};

const within = { hour: "within an hour", day: "within a day" };

/** Near the number of people that the policy allows, or at it: who can lift that, and when it passes by itself. */
export async function BreadthNote({ ctx, breadth, policy, approvers }: BreadthNoteProps) {
  if (breadth.liftedUntil)
    return (
      <Note icon="check" title="Your limit of people is lifted">
        <p className="sm">
          Until{" "}
          <Time at={breadth.liftedUntil} now={breadth.at} zone={ctx.actor.zone} style="clock" /> you
          may stand in for more people than policy {policy.version} allows. Each is on record.
        </p>
      </Note>
    );
  const who = approvers.length > 0 ? listed(approvers.map(({ name }) => name)) : "no manager now";
  const full = breadthReached(breadth, policy.breadth);
  if (full) {
    const free = await roomAt(ctx.db, ctx.actor.id, full);
    return (
      <Note tone="problem" title="You cannot start for one more person now">
        <p className="sm">
          You stood in for {full.count} people {within[full.window]}, as many as policy{" "}
          {policy.version} allows.{" "}
          {free && (
            <>
              There is room again at{" "}
              <Time at={free} now={breadth.at} zone={ctx.actor.zone} style="clock" />.{" "}
            </>
          )}
          Who can lift it for a day: {who}.
        </p>
      </Note>
    );
  }
  const [near] = breadthNear(breadth, policy.breadth);
  if (!near) return null;
  return (
    <Note title={`You stood in for ${near.count} of ${near.limit} people ${within[near.window]}`}>
      <p className="sm">
        More than {near.limit} needs a manager, who can lift it for a day: {who}. The same person
        again does not count.
      </p>
    </Note>
  );
}
