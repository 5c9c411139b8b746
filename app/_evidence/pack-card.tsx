import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Note } from "#components/ui/note.tsx";

type PackCardProps = {
  /** Where its form is sent. */
  action: string;
  isClosed: boolean;
};

/** What is in the evidence pack, and the button that downloads it. */
export function PackCard({ action, isClosed }: PackCardProps) {
  return (
    <Card title="Evidence pack" id="pack">
      {isClosed ? (
        <form action={action} method="post" className="stack">
          <DescriptionList
            items={[
              [
                "review.pdf",
                "The review to read: scope, method, population, items, findings, sign-off",
              ],
              ["items.csv, items.jsonl", "Every field of every item"],
              ["decisions.csv", "Every decision, those of a change of mind too"],
              ["roster.csv", "Who is in the population or the company’s roster only"],
              ["manifest.json", "The SHA-256 of each file"],
              ["manifest.jws", "Its signature by this installation’s key, in public-key.json"],
            ]}
          />
          <p className="sm soft">
            The same bytes each time. It takes some seconds to make, and is on record.
          </p>
          <div className="row">
            <Button type="submit" variant="primary" icon="download">
              Download the pack
            </Button>
          </div>
        </form>
      ) : (
        <Note icon="clock" level="h3" title="There is no pack of an open review">
          What can still change proves nothing: the pack is made once the review is closed.
        </Note>
      )}
    </Card>
  );
}
