import { absolute } from "#components/time-words.ts";
import { Note } from "#components/ui/note.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { itemNumbers } from "#lib/reviews/item-numbers.ts";
import { lookAtFigures } from "#lib/usage/look-at-figures.ts";
import { ApprovalsFigure } from "./figures-approvals.tsx";
import { BeforeFigure } from "./figures-before.tsx";
import { daysOf } from "./figures-days.ts";
import { EffectsFigure } from "./figures-effects.tsx";
import { HoursFigure } from "./figures-hours.tsx";
import { SpreadFigure } from "./figures-spread.tsx";
import { WeeksFigure } from "./figures-weeks.tsx";
import "./figures.css";

type FiguresOfProps = {
  ctx: Ctx<StaffActor>;
  /** Its days are of the company's zone, both included. */
  campaign: { slug: string; firstDay: string; lastDay: string; zone: string };
};

/** How standing in was used in the period of a review: from the figures that the worker keeps. */
export async function FiguresOf({ ctx, campaign }: FiguresOfProps) {
  const { slug, firstDay, lastDay } = campaign;
  const figures = await lookAtFigures(ctx, { firstDay, lastDay });
  const people = figures.outliers.flatMap(({ staffId }) => staffId ?? []);
  const items = await itemNumbers(ctx.db, slug, people);
  const zone = figures.counting.zone ?? campaign.zone;
  const days = daysOf(figures.period, zone, new Date());
  return (
    <section className="stack figures" aria-labelledby="figures">
      <h2 id="figures" className="vh">
        Figures of the period
      </h2>
      {figures.counting.zone === null ? (
        <Note>Nothing is counted yet: the worker does it within seconds of its start.</Note>
      ) : (
        figures.counting.upTo && (
          <Note>
            Entries are still being counted, so far those until{" "}
            {absolute(figures.counting.upTo, ctx.actor.zone)}: the figures are not complete.
          </Note>
        )
      )}
      <div className="plots">
        <WeeksFigure figures={figures} days={days} />
        <SpreadFigure figures={figures} hrefOf={(id) => itemHref(slug, items.get(id))} />
        <HoursFigure figures={figures} days={days} />
        <ApprovalsFigure figures={figures} days={days} />
        <EffectsFigure figures={figures} days={days} />
        <BeforeFigure figures={figures} days={days} />
      </div>
    </section>
  );
}

const itemHref = (slug: string, number: number | undefined): string | null =>
  number === undefined ? null : `/reviews/${slug}/items/${number}`;
