import { StaffDisc } from "#components/people.tsx";
import { Crumbs } from "#components/ui/crumbs.tsx";
import { KeyHints } from "#components/ui/kbd.tsx";
import { Mark } from "#components/ui/mark.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Place } from "#lib/reviews/decisions.ts";
import type { Item } from "#lib/reviews/item.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { reviewPath } from "../../../../address.ts";
import { privilegeWords, questionOf, reportsTo } from "../../words.ts";
import { Steps } from "./steps.tsx";

type HeadProps = {
  item: Item;
  reader: StaffActor;
  place: Place | null;
  /** Of which review it is. */
  title: string;
  hasSample: boolean;
  /** Whether findings about the person are the reader's to know of. */
  seesFindings: boolean;
};

/** Where the reader is in their items, whose right it is, and what is special about it. */
export function Head({ item, reader, place, title, hasSample, seesFindings }: HeadProps) {
  const isReviewer = item.reviewerId === reader.id;
  return (
    <>
      <div className="stack s">
        <div className="row between">
          <Crumbs
            items={[
              { label: title, href: reviewPath(item.campaign.slug) },
              { label: placeWords(item.number, place, isReviewer) },
            ]}
          />
          <KeyHints
            hints={[
              { keys: ["J", "K"], does: "next, previous" },
              ...(hasSample ? [{ keys: ["O"], does: "open a sampled session" }] : []),
            ]}
          />
        </div>
        {place?.isIn && isReviewer && <Steps place={place} number={item.number} />}
      </div>
      <div className="row fix top gap-3.5">
        <StaffDisc name={item.name} size="large" />
        <div className="head">
          <h1>{questionOf(item)}</h1>
          <p className="row tight sm soft">
            {[
              roleWords[item.role].name,
              item.team,
              reportsTo(item.managerName, item.managerId === reader.id),
            ].join(", ")}{" "}
            {item.privileged && <Mark icon="key">{privilegeWords[item.role]}</Mark>}
            {item.kind === "service" && <Mark icon="gear">Service account</Mark>}
            {item.status === "deactivated" && <Mark icon="ban">Deactivated</Mark>}
            {seesFindings && item.openFindings > 0 && (
              <Mark icon="flag" tone="problem">
                {item.openFindings === 1 ? "1 open finding" : `${item.openFindings} open findings`}
              </Mark>
            )}
          </p>
        </div>
      </div>
    </>
  );
}

/** "Item 13 of your 19" to whom they are; to others, and of what is nothing to decide, its number in the review. */
const placeWords = (number: number, place: Place | null, isReviewer: boolean): string =>
  place && isReviewer && place.isIn ? `Item ${place.place} of your ${place.all}` : `Item ${number}`;
