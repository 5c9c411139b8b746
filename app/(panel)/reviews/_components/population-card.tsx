import { number } from "#components/time-words.ts";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { Agreement, Campaign } from "#lib/reviews/campaigns.ts";
import { reviewPath } from "../address.ts";

type PopulationCardProps = {
  campaign: Campaign;
  agreement: Agreement | null;
  /** Whether the reader may see who is in it. */
  all: boolean;
};

/** How many are in it, and whether the company's own list says the same. */
export function PopulationCard({ campaign, agreement, all }: PopulationCardProps) {
  const { grants, people, deactivated, service, dormant, ended } = campaign.counts;
  const kinds = [
    [deactivated, "deactivated"],
    [service, service === 1 ? "service account" : "service accounts"],
    [dormant, "not used in the period"],
    [ended, "ended before"],
  ] as const;
  const said = kinds.filter(([n]) => n > 0).map(([n, words]) => `${number(n)} ${words}`);
  return (
    <section className="card" aria-labelledby="population">
      <div className="in stack s">
        <h2 id="population" className="sm soft">
          Population
        </h2>
        <p>
          <span className="big">{number(grants)}</span>{" "}
          <span className="soft">
            {grants === 1 ? "grant" : "grants"} of {number(people)}{" "}
            {people === 1 ? "person" : "people"}
          </span>
        </p>
        {said.length > 0 && <p className="sm soft">Of these {said.join(", ")}.</p>}
        <p className="sm soft">
          <RosterWords agreement={agreement} isOpen={campaign.status === "open"} />
          {all && (
            <>
              {" "}
              <PlainLink href={`${reviewPath(campaign.slug)}/population`}>
                Query and counts
              </PlainLink>
            </>
          )}
        </p>
      </div>
    </section>
  );
}

type RosterWordsProps = { agreement: Agreement | null; isOpen: boolean };

function RosterWords({ agreement, isOpen }: RosterWordsProps) {
  if (!agreement)
    return isOpen
      ? "Not held against the company’s roster yet."
      : "It was not held against the company’s roster.";
  const { inBoth, onlyHere, differ } = agreement;
  const parts = [
    onlyHere > 0 && `${number(onlyHere)} not in the roster`,
    differ > 0 && `${number(differ)} with another status`,
  ].filter(Boolean);
  return `${number(inBoth)} are in the company’s roster too${parts.length > 0 ? `; ${parts.join(", ")}` : ", and nobody is missing there"}.`;
}
