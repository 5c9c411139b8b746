import { Time } from "#components/time.tsx";
import type { GivenSince } from "#lib/reviews/given-since.ts";

/** By whom and when the role of an item was given anew, where the item's own grant is gone. */
export function Since({ since, now, zone }: { since: GivenSince; now: Date; zone: string }) {
  if (!since) return null;
  return (
    <p>
      <Time at={since.at} now={now} zone={zone} />: {since.by ?? "set-up"} gave the role anew
      {since.lookingOnly && ", for looking only"}. That is on record in its own right, and for the
      next review.
    </p>
  );
}
