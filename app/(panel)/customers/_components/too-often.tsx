import { Empty } from "#components/ui/empty.tsx";
import type { Refusal } from "#lib/kernel/result.ts";
import { retryAfterOf } from "#lib/limits/limited.ts";
import { waitWords } from "#lib/limits/wait-words.ts";

/** Says when it goes on, and what goes on meanwhile. */
export const TooOftenNote = ({ error, card }: { error: Refusal; card?: boolean }) => (
  <Empty
    card={card}
    kind="not-allowed"
    icon="clock"
    title={`Try again in ${waitWords(retryAfterOf(error) ?? 60)}`}
  >
    These are more people than calls need, so that nobody reads the directory from end to end. It is
    on record. What is live goes on, and whom you opened last still opens.
  </Empty>
);
