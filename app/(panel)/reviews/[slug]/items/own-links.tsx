import { ButtonLink } from "#components/ui/button.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { nextOpen } from "#lib/reviews/decisions.ts";
import { readOpenForBulk } from "#lib/reviews/item.ts";

type OwnLinksProps = {
  ctx: Ctx<StaffActor>;
  slug: string;
  /** Whether deciding is what this reader is first to do: compliance closes too. */
  isFirst: boolean;
};

/** The way to what this reader has still to decide in a review; nothing where that is nothing. */
export async function OwnLinks({ ctx, slug, isFirst }: OwnLinksProps) {
  const [next, several] = await Promise.all([
    nextOpen(ctx.db, slug, ctx.actor.id, 0),
    readOpenForBulk(ctx.db, slug, ctx.actor.id),
  ]);
  if (next === null) return null;
  return (
    <>
      {several.length > 1 && (
        <ButtonLink href={`/reviews/${slug}/items`}>Several at once…</ButtonLink>
      )}
      <ButtonLink
        href={`/reviews/${slug}/items/${next}`}
        variant={isFirst ? "primary" : "plain"}
        iconAfter="right"
      >
        Decide the next
      </ButtonLink>
    </>
  );
}
