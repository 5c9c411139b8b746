import { number } from "#components/time-words.ts";
import type { Campaign } from "#lib/reviews/campaigns.ts";

type OnRecordProps = NonNullable<Campaign["counts"]["onRecord"]> & { inReview: number };

/** That nothing is left out: every grant there is, and why it is not here. */
export function OnRecord({
  inReview,
  grants,
  endedBefore,
  givenAfter,
  people,
  withoutRight,
}: OnRecordProps) {
  return (
    <p className="sm soft pt-4">
      Of {number(grants)} {grants === 1 ? "grant" : "grants"} on record at the opening{" "}
      {number(endedBefore)} had ended before the period, {number(givenAfter)}{" "}
      {givenAfter === 1 ? "was" : "were"} given after it, and {number(inReview)}{" "}
      {inReview === 1 ? "is" : "are"} here. Of {number(people)} people on record{" "}
      {number(withoutRight)} held no right in it.
    </p>
  );
}
