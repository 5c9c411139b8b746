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
          <CheckPack />
        </form>
      ) : (
        <Note icon="clock" level="h3" title="There is no pack of an open review">
          What can still change proves nothing: the pack is made once the review is closed.
        </Note>
      )}
    </Card>
  );
}

/** How anybody checks a pack without us; `docs/evidence.md` has it with the signature, in Node and openssl. */
const CheckPack = () => (
  <div className="stack s">
    <h3>Check the pack</h3>
    <p className="sm">Unpacked, in its folder; each file says OK:</p>
    <p className="mono wrap-anywhere whitespace-pre-wrap select-all">{checkFiles}</p>
    <p className="sm soft">
      Its signature: put the base64url of manifest.json between the two dots of manifest.jws, and
      any JOSE library verifies it by public-key.json.
    </p>
  </div>
);

const checkFiles = `jq -r '.files[] | "\\(.sha256)  \\(.name)"' manifest.json | sha256sum -c`;
