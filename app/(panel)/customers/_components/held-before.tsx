import { Card } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { heldWords } from "#lib/directory/held-words.ts";
import { proposalNumber } from "#lib/kernel/ids.ts";
import type { HeldReason } from "#lib/vocabulary.ts";
import { LetGoForm } from "./let-go-form.tsx";
import type { OpenHeld } from "./open-proposals.ts";

type HeldBeforeProps = {
  subjectId: string;
  given: string;
  product: string;
  held: readonly HeldReason[];
  waiting: OpenHeld | null;
  mayChange: boolean;
};

/** By what of before somebody is treated still, since a product alone does not loosen; and what waits about it. */
export function HeldBefore(props: HeldBeforeProps) {
  const { subjectId, given, product, held, waiting, mayChange } = props;
  if (held.length === 0) return null;
  return (
    <Card title="Treated as before" id="held">
      <div className="stack s">
        <p>
          <strong>As {heldWords(held)}.</strong>
        </p>
        <p className="sm soft">
          {product} says that {given} is that no longer. What is shown is as {product} says;
          approvals are asked for as before, until a manager accepts.
        </p>
        {waiting ? (
          <Note
            tone="accent"
            level="h3"
            title={`${proposalNumber(waiting.number)} waits for a second person`}
          >
            <p className="sm">
              Proposed by {waiting.proposedBy}. {waiting.whoCan}{" "}
              {mayChange && <PlainLink href={`/proposals/${waiting.number}`}>Look at it</PlainLink>}
            </p>
          </Note>
        ) : (
          mayChange && <LetGoForm subjectId={subjectId} given={given} />
        )}
      </div>
    </Card>
  );
}
