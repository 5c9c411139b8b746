import { Pictures } from "#components/charts/pictures.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { Counting } from "#lib/usage/counting.ts";
import { keptPlots, type Pictured } from "../_plots/kept-plots.ts";
import { Counted } from "./counted.tsx";
import { Drawn } from "./drawn.tsx";

type PlotsProps = {
  ctx: Ctx<StaffActor>;
  campaign: Pictured;
  counting: Counting;
  policy: Policy;
  now: Date;
};

/** How standing in was used in the period of a review: from the figures that the worker keeps. */
export async function Plots({ ctx, campaign, ...given }: PlotsProps) {
  const { all } = await keptPlots(ctx, campaign, given);
  return (
    <section className="stack figures" aria-labelledby="figures">
      <h2 id="figures" className="vh">
        Figures of the period
      </h2>
      <Counted counting={given.counting} zone={ctx.actor.zone} />
      <Drawn className="plots" html={all} />
      <Pictures />
    </section>
  );
}
