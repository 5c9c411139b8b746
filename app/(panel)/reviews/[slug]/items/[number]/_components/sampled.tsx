import type { ReactNode } from "react";
import { Card } from "#components/ui/card.tsx";
import type { Item } from "#lib/reviews/item.ts";
import { mostSampled, type Sampled as Row } from "#lib/reviews/sample.ts";
import { detectorWords } from "#lib/vocabulary-labels.ts";
import { Sample } from "./sample.tsx";

type SampledProps = {
  item: Item;
  sample: readonly Row[];
  opens: boolean;
  now: Date;
  zone: string;
  children: ReactNode;
};

/** The sample with how it was drawn; below it, what was decided the last time. */
export function Sampled({ item, sample, opens, now, zone, children }: SampledProps) {
  if (sample.length === 0)
    return (
      <Card title="Sessions to open" id="sample" footer={children}>
        <p className="soft">
          {item.role === "agent"
            ? "No session in the period, so there is none to open."
            : "Only agents have sessions; there is none to open."}
        </p>
      </Card>
    );
  return (
    <Card
      title="Sessions to open"
      id="sample"
      flush
      aside={
        <span className="faint">
          {sample.length === mostSampled && `the first ${mostSampled}; `}all with open findings, a
          part by chance (seed {item.campaign.seed})
        </span>
      }
      footer={children}
    >
      <Sample
        itemId={item.id}
        opens={opens}
        now={now}
        zone={zone}
        rows={sample.map((row) => ({
          sessionId: row.sessionId,
          why: row.why,
          found: row.found.map(({ detector, open }) => ({ words: detectorWords[detector], open })),
          scope: row.scope,
          startedAt: row.startedAt,
          seconds: Math.floor(((row.endedAt ?? now).getTime() - row.startedAt.getTime()) / 1000),
          subject: row.subject,
          account: row.account.name,
          openedAt: row.openedAt,
          openedBy: row.openedBy,
        }))}
      />
    </Card>
  );
}
