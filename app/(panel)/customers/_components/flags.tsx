import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { compared, type FlagValue, strictness } from "#lib/directory/flag-rules.ts";
import { flagNames, flagSentence, flagWord } from "#lib/directory/flag-words.ts";
import type { FlagRead } from "#lib/directory/read-flags.ts";
import { proposalNumber } from "#lib/kernel/ids.ts";
import type { Flag } from "#lib/vocabulary.ts";
import { capital } from "../../_components/words.ts";
import { FlagForm } from "./flag-form.tsx";
import type { OpenProposal } from "./open-proposals.ts";

type FlagsProps = {
  flags: readonly FlagRead[];
  /** Whose they are: an account's, or a person's. */
  of: { kind: "account" | "person"; id: string; name: string };
  product: string;
  proposals: readonly OpenProposal[];
  mayChange: boolean;
  now: Date;
  zone: string;
};

/** What is in force, where it is from, what waits about it; and for who may, the form to change it. */
export function Flags(props: FlagsProps) {
  return (
    <Card title="Flags" id="flags">
      <div className="stack">
        {props.flags.map((one) => (
          <OneFlag key={one.flag} one={one} {...props} />
        ))}
      </div>
    </Card>
  );
}

function OneFlag({
  one,
  of,
  product,
  proposals,
  mayChange,
  now,
  zone,
}: FlagsProps & { one: FlagRead }) {
  const { flag, inForce, said, setBy, isGone } = one;
  const waiting = proposals.find((proposal) => proposal.flag === flag);
  return (
    <section className="stack s" aria-labelledby={`flag-${flag}`}>
      <div className="row">
        <h3 id={`flag-${flag}`} className="sm soft">
          {flagNames[flag]}
        </h3>
        <strong>
          {flag === "vip" ? (inForce ? "Yes" : "No") : capital(flagWord(flag, inForce))}
        </strong>
      </div>
      {setBy ? (
        <div className="stack s">
          <p className="sm soft">
            Set by {setBy.name}, <Time at={new Date(setBy.at)} now={now} zone={zone} />
            {said !== inForce && `. ${product} says ${flagWord(flag, said)}`}
          </p>
          {setBy.reason && <Quote>{setBy.reason}</Quote>}
        </div>
      ) : (
        <p className="sm soft">
          {isGone ? goneSentence(product) : saidSentence(flag, one, product)}
        </p>
      )}
      {waiting && (
        <Note
          tone="accent"
          level="h3"
          title={`${proposalNumber(waiting.number)} waits for a second person`}
        >
          <p className="sm">
            {waiting.proposedBy} proposed {flagSentence(flag, waiting.before, waiting.after)}.{" "}
            {waiting.whoCan}{" "}
            {mayChange && <PlainLink href={`/proposals/${waiting.number}`}>Look at it</PlainLink>}
          </p>
        </Note>
      )}
      {mayChange && (
        <FlagForm
          flag={flag}
          about={
            flag === "vip" ? "whether they are a VIP" : flag === "tier" ? "the tier" : "standing in"
          }
          of={{ name: of.kind === "account" ? "accountId" : "subjectId", id: of.id }}
          options={optionsOf(one)}
        />
      )}
    </section>
  );
}

const goneSentence = (product: string): string =>
  `Closed because ${product} left it out of its whole directory. It comes back as it was when ${product} names it again.`;

const saidSentence = (flag: Flag, { inForce, said }: FlagRead, product: string): string =>
  said === inForce
    ? `As ${product} says`
    : `${product} says ${flagWord(flag, said)}, which is looser and not in force`;

/** Every other value, from the strictest. Closed as gone can be closed for good. */
function optionsOf({ flag, inForce, isGone }: FlagRead) {
  const values: readonly FlagValue[] = strictness[flag];
  return values
    .filter((value) => value !== inForce || (isGone && value === "closed"))
    .map((value) => ({
      value: String(value),
      label: capital(flagWord(flag, value)),
      means:
        compared(flag, inForce, value) < 0
          ? "Looser: another manager accepts it first."
          : "Stricter: in force at once. A live session that lacks the approval ends.",
    }))
    .reverse();
}
