import { Button } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { withCarried } from "../start/link.ts";
import type { SearchAnswer } from "./search-answer.ts";

type NobodyNamedProps = { pasted: NonNullable<SearchAnswer["pasted"]>; onClear: () => void };

/** A pasted page that names nobody: it can go along with whom the reader finds themselves. */
export function NobodyNamed({ pasted: { told, carried }, onClear }: NobodyNamedProps) {
  return (
    <Empty
      card
      kind="no-match"
      title={told?.title}
      action={
        <div className="row">
          {carried.url && (
            <a className="btn" href={withCarried("/", carried)}>
              Keep the page and search
            </a>
          )}
          <Button variant={carried.url ? "quiet" : undefined} onClick={onClear}>
            Clear the search
          </Button>
        </div>
      }
    >
      {told?.text}
    </Empty>
  );
}
