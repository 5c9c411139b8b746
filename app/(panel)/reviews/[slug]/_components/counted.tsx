import { absolute } from "#components/time-words.ts";
import { Note } from "#components/ui/note.tsx";
import type { Counting } from "#lib/usage/counting.ts";

type CountedProps = { counting: Counting; zone: string };

/** Says where figures are not complete. */
export function Counted({ counting, zone }: CountedProps) {
  if (counting.zone === null)
    return <Note>Nothing is counted yet: the worker does it within seconds of its start.</Note>;
  if (counting.upTo === null) return null;
  return (
    <Note>
      {`Entries are still being counted, so far those until ${absolute(counting.upTo, zone)}: the figures are not complete.`}
    </Note>
  );
}
