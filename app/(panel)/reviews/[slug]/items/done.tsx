import { Confirmed } from "#components/ui/toast.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { findItem } from "#lib/reviews/item.ts";
import { itemAddress } from "#lib/reviews/item-schemas.ts";
import { ForgetQuery } from "../../../_components/forget-query.tsx";
import { decidedWords } from "./words.ts";

type DoneProps = { ctx: Ctx<StaffActor>; slug: string; number: string | undefined };

/** Confirms the decision that led here, as it is on record: the address only says which item. */
export async function Done({ ctx, slug, number }: DoneProps) {
  const address = itemAddress.safeParse({ slug, number });
  const item = address.success ? await findItem(ctx.db, address.data) : null;
  if (item?.reviewerId !== ctx.actor.id || !item.decision) return null;
  return (
    <>
      <Confirmed
        id={item.decisionId ?? ""}
        text={decidedWords(item)}
        ways={[{ label: "Open", href: `/reviews/${slug}/items/${item.number}` }]}
      />
      <ForgetQuery name="done" />
    </>
  );
}
