import { buttonClass } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { readOwnLive } from "#lib/impersonation/queries.ts";
import { isUpgrade } from "#lib/impersonation/rules.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { RequestView } from "#lib/requests/queries.ts";

/** Who looks as the same person meanwhile goes on with it, where acting was asked for: until acting starts. */
export async function LookingGoesOn({
  ctx,
  request,
}: {
  ctx: Ctx<StaffActor>;
  request: RequestView;
}) {
  if (request.status !== "pending" && request.status !== "granted") return null;
  const live = await readOwnLive(ctx);
  const looks =
    live &&
    isUpgrade(
      { subjectId: live.subject.id, scope: live.scope },
      { subjectId: request.subject.id, scope: request.scope },
    );
  if (!looks) return null;
  return (
    <Note
      icon="eye"
      title="You go on looking meanwhile"
      actions={
        // A plain link: it leads out of the panel.
        <a className={buttonClass({})} href={request.targetLinkUri ?? `/sessions/${live.id}/enter`}>
          Back to {live.product.name}
        </a>
      }
    >
      <p>
        Your looking session ends as acting starts. The band in {live.product.name} says when you
        may.
      </p>
    </Note>
  );
}
