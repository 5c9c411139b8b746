import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import type { Subject } from "#lib/directory/queries.ts";
import type { readStoodInFor } from "#lib/impersonation/history.ts";
import { environmentWords } from "#lib/vocabulary-labels.ts";
import { Email } from "../../_components/email.tsx";
import { capital } from "../../_components/words.ts";

type PersonFactsProps = {
  subject: Subject;
  role: string;
  stoodIn: Awaited<ReturnType<typeof readStoodInFor>>;
  now: Date;
  zone: string;
};

export function PersonFacts({ subject, role, stoodIn, now, zone }: PersonFactsProps) {
  const day = (at: Date) => <Time at={at} now={now} zone={zone} style="day" />;
  return (
    <Card title="Person" id="person">
      <DescriptionList
        narrow
        items={[
          ["E-mail", <Email key="e">{subject.email}</Email>],
          ["Role there", capital(role)],
          [
            "Last seen",
            subject.lastSeenAt ? (
              <Time key="s" at={subject.lastSeenAt} now={now} zone={zone} />
            ) : (
              "Never signed in"
            ),
          ],
          ["Status", subject.status === "active" ? "Active" : "Deactivated"],
          [
            "Product",
            `${subject.product.name}, ${environmentWords[subject.product.environment].toLowerCase()} environment`,
          ],
          [
            "Stood in for",
            <>
              {timesIn90Days(stoodIn.times)}
              {stoodIn.last && <>, last on {day(stoodIn.last)}</>}
              {stoodIn.ownLast && <>, by you on {day(stoodIn.ownLast)}</>}
            </>,
          ],
        ]}
      />
    </Card>
  );
}

const timesIn90Days = (times: number): string =>
  times === 0 ? "Not in 90 days" : `${times === 1 ? "Once" : `${times} times`} in 90 days`;
