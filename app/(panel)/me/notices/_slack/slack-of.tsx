import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { readSlackLink } from "#lib/notices/slack/link/queries.ts";
import { may } from "#lib/staff/rights.ts";
import { UnlinkForm } from "./unlink-form.tsx";

/** For who sees the staff: which member of Slack somebody is; an admin may end that. Nothing where they are none. */
export async function SlackOf({ ctx, staffId }: { ctx: Ctx<StaffActor>; staffId: string }) {
  const link = await readSlackLink(ctx.db, staffId);
  if (!link) return null;
  return (
    <div className="stack s">
      <p>
        In Slack: <span className="mono">{link.userId}</span>
      </p>
      {may(ctx.actor, "change_settings") && <UnlinkForm staffId={staffId} />}
    </div>
  );
}
