import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { readHistoryOf } from "#lib/findings/history.ts";

type HistoryCardProps = {
  entries: Awaited<ReturnType<typeof readHistoryOf>>;
  now: Date;
  zone: string;
};

const words: Record<string, string> = {
  "finding.raised": "Raised",
  "finding.grown": "Grew",
  "finding.asked": "Asked why",
  "finding.answered": "Answered",
  "finding.disposed": "Disposed of",
};

/** What was done about it, each step with its entry. */
export function HistoryCard({ entries, now, zone }: HistoryCardProps) {
  return (
    <Card id="history" title="History">
      <ol className="stack s sm">
        {entries.map(({ id, at, event, by, items }) => (
          <li key={id} className="row tight">
            <Time at={at} now={now} zone={zone} />
            <PlainLink href={`/audit?event=${event}&open=${id}`}>{words[event] ?? event}</PlainLink>
            <span className="faint">
              by {by}
              {event === "finding.grown" && items > 0 && `, by ${items} more`}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
