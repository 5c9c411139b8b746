import { Card } from "#components/ui/card.tsx";
import { AddChip, Chip } from "#components/ui/filters.tsx";
import { Timeline } from "#components/ui/timeline.tsx";
import {
  type Item,
  partsOf,
  type SessionPage,
  type Told,
  withoutReads,
} from "#lib/impersonation/timeline.ts";
import { DeedItem } from "../../../_deeds/deed-item.tsx";
import { ReadsItem } from "./reads-item.tsx";
import { ToldItem } from "./told-item.tsx";

type Props = {
  session: SessionPage;
  story: readonly Told[];
  zone: string;
  /** Writes and refusals only. */
  only: boolean;
};

/** The most actions that the page reads. */
const most = 2000;

export function SessionTimeline({ session, story, zone, only }: Props) {
  const { before, during, after } = partsOf(session, story, session.timeline);
  const shown = (items: Item[]) =>
    (only ? withoutReads(items) : items).map((item) => (
      <TimelineRow key={keyOf(item)} item={item} session={session} zone={zone} />
    ));
  const path = `/sessions/${session.id}`;
  const inProduct = shown(during);
  return (
    <Card flush label="Timeline" className="timeline">
      <Timeline
        part="Before"
        beside={
          only ? (
            <Chip field="Only" without={path}>
              writes and refusals
            </Chip>
          ) : (
            <AddChip href={`${path}?only=writes`}>Writes and refusals only</AddChip>
          )
        }
      >
        {shown(before)}
      </Timeline>
      <Timeline part={`In ${session.product.name}`}>
        {inProduct.length > 0 ? inProduct : <Nothing only={only} />}
      </Timeline>
      {session.timeline.length >= most && (
        <p className="sm faint px-4 pb-3">
          The first {most} are shown. All of them are in the audit log.
        </p>
      )}
      {after.length > 0 && <Timeline part="After">{shown(after)}</Timeline>}
    </Card>
  );
}

const Nothing = ({ only }: { only: boolean }) => (
  <li className="nothing">
    {only ? "No writes and no refusals." : "Nothing was done in the product."}
  </li>
);

function TimelineRow({ item, session, zone }: { item: Item; session: SessionPage; zone: string }) {
  switch (item.kind) {
    case "told":
      return <ToldItem entry={item.entry} session={session} zone={zone} />;
    case "reads":
      return <ReadsItem deeds={item.deeds} now={session.at} zone={zone} />;
    case "write":
    case "refused":
      return <DeedItem deed={item.deed} zone={zone} />;
  }
}

const keyOf = (item: Item): string => {
  if (item.kind === "told") return item.entry.id;
  return item.kind === "reads" ? `reads-${item.deeds[0]?.id}` : item.deed.id;
};
