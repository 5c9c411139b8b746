import { Confirmed } from "#components/ui/toast.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { ForgetQuery } from "../../_components/forget-query.tsx";
import { decidedWords } from "../words.ts";

/** Confirms the decision that led here, as it is on record: the address only says which request. */
export async function Done({ ctx, id }: { ctx: Ctx<StaffActor>; id: string | undefined }) {
  const parsed = idSchema.safeParse(id);
  const request = parsed.success ? await readRequest(ctx, parsed.data) : null;
  const text = request && decidedWords(request, ctx.actor);
  if (!request || !text) return null;
  return (
    <>
      <Confirmed
        id={request.id}
        text={text}
        ways={[{ label: "Open", href: `/requests/${request.id}` }]}
      />
      <ForgetQuery name="done" />
    </>
  );
}
