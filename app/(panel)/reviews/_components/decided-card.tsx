import { Time } from "#components/time.tsx";
import { number } from "#components/time-words.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { Campaign } from "#lib/reviews/campaigns.ts";
import type { ItemState } from "#lib/reviews/items.ts";
import { decidedOf, type Progress, toDecideOf } from "#lib/reviews/progress.ts";
import { itemsAddress } from "../address.ts";
import { dueWords } from "../due-words.ts";

type DecidedCardProps = {
  campaign: Campaign;
  progress: Progress;
  now: Date;
  /** Whether these are the reader's own items only. */
  own: boolean;
};

type Part = {
  key: string;
  state: ItemState;
  n: number;
  words: string;
  icon: IconName;
};

/** How far a review is: a bar of its decisions, each part by shape and word. */
export function DecidedCard({ campaign, progress: p, now, own }: DecidedCardProps) {
  const all = toDecideOf(p);
  const toProve = p.change + p.revoke;
  const parts: Part[] = [
    { key: "keep", state: "keep", n: p.keep, words: "keep", icon: "check" },
    { key: "change", state: "change", n: p.change, words: "change", icon: "pen" },
    { key: "revoke", state: "revoke", n: p.revoke, words: "revoke", icon: "ban" },
    { key: "excepted", state: "excepted", n: p.excepted, words: "excepted", icon: "info" },
    { key: "open", state: "open", n: p.open, words: "open", icon: "half" },
    { key: "late", state: "open", n: p.late, words: "late", icon: "clock" },
  ];
  const shown = parts.filter(({ n }) => n > 0);
  let from = 0;
  const last = new Date(campaign.dueAt.getTime() - 1);
  return (
    <section className="card" aria-labelledby="decided">
      <div className="in stack s">
        <div className="row between">
          <h2 id="decided" className="sm soft">
            {own ? "What you decided" : "Decided"}
          </h2>
          {p.late > 0 && (
            <Mark icon="clock" tone="problem">
              {number(p.late)} late
            </Mark>
          )}
        </div>
        <p>
          <span className="big">{number(decidedOf(p))}</span>{" "}
          <span className="soft">
            of {number(all)}
            {campaign.status === "open" && (
              <>
                , due <Time at={last} now={now} zone={campaign.zone} style="day" />,{" "}
                {dueWords(campaign.dueAt, campaign.zone, now)}
              </>
            )}
          </span>
        </p>
        <svg
          className="decided"
          role="img"
          aria-label={
            shown.map(({ n, words }) => `${n} ${words}`).join(", ") || "Nothing to decide"
          }
        >
          <Hatch id="late" />
          {shown.map(({ key, n }) => {
            const x = from;
            from += n;
            return (
              <rect
                key={key}
                className={`piece ${key}`}
                x={`${(100 * x) / all}%`}
                width={`${(100 * n) / all}%`}
                height="100%"
              />
            );
          })}
        </svg>
        <ul className="parts">
          {shown.map(({ key, state, n, words, icon }) => (
            <li key={key}>
              <svg className="swatch" aria-hidden="true">
                <rect className={`piece ${key}`} width="100%" height="100%" />
              </svg>
              <Icon name={icon} />
              <PlainLink href={itemsAddress(campaign.slug, { state })}>
                {number(n)} {words}
              </PlainLink>
            </li>
          ))}
          {toProve > 0 && (
            <li className="faint">
              Change and revoke: {number(p.proved)} of {number(toProve)} taken and proved
            </li>
          )}
          {p.gone > 0 && (
            <li className="faint">{number(p.gone)} taken meanwhile: nothing left to decide</li>
          )}
          {p.ended > 0 && (
            <li className="faint">{number(p.ended)} had ended before: nothing to decide</li>
          )}
          <li className="all">
            <PlainLink href={itemsAddress(campaign.slug, {})}>
              {own ? "All of yours" : "All items"}
            </PlainLink>
          </li>
        </ul>
      </div>
    </section>
  );
}

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={`hatch-${id}`}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="6" height="6" className="ground" />
        <rect width="3" height="6" className="line" />
      </pattern>
    </defs>
  );
}
