import { scopeWords } from "#components/marks.tsx";
import { Chip, Filters } from "#components/ui/filters.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { reach } from "#lib/staff/rights.ts";
import type { Scope, Tier } from "#lib/vocabulary.ts";
import { address } from "../../_filters/address.ts";
import { AccountMenu, ActorMenu, SubjectMenu, TimeMenu } from "../../_filters/menus.tsx";
import { nameOfAccount, nameOfActor, nameOfSubject } from "../../_filters/typed.ts";
import { daysWords, hourWords, tierWords } from "../../_words/began.ts";

type Kept = {
  actor?: string;
  subject?: string;
  account?: string;
  from?: string;
  to?: string;
  tier?: Tier;
  scope?: Scope;
  weekday?: string;
  hour?: string;
};

type PastFiltersProps = {
  ctx: Ctx<StaffActor>;
  kept: Kept;
  /** Of the company: whose days a session began on. */
  zone: string;
};

export async function PastFilters({ ctx, kept, zone }: PastFiltersProps) {
  const far = reach(ctx.actor, "read_audit");
  const without = (...names: (keyof Kept)[]) =>
    address("/sessions", { ...kept, ...Object.fromEntries(names.map((name) => [name, null])) });
  const menu = { path: "/sessions", keep: kept };
  const any = Object.values(kept).some(Boolean);
  return (
    <Filters clear={any ? "/sessions" : null}>
      {kept.actor && (
        <Chip field="Actor" without={without("actor")}>
          {await nameOfActor(ctx, "read_audit", kept.actor)}
        </Chip>
      )}
      {kept.subject && (
        <Chip field="Subject" without={without("subject")}>
          {await nameOfSubject(ctx, kept.subject)}
        </Chip>
      )}
      {kept.account && (
        <Chip field="Account" without={without("account")}>
          {await nameOfAccount(ctx, kept.account)}
        </Chip>
      )}
      {(kept.from || kept.to) && (
        <Chip field="Time" without={without("from", "to")}>
          {daysWords(kept.from, kept.to)}
        </Chip>
      )}
      {kept.tier && (
        <Chip field="Tier" without={without("tier")}>
          {tierWords[kept.tier]}
        </Chip>
      )}
      {kept.scope && (
        <Chip field="Scope" without={without("scope")}>
          {scopeWords[kept.scope].word}
        </Chip>
      )}
      {(kept.weekday || kept.hour) && (
        <Chip field="In the actor’s own time" without={without("weekday", "hour")}>
          {hourWords(kept.weekday, kept.hour)}
        </Chip>
      )}
      {!kept.from && !kept.to && <TimeMenu {...menu} zone={zone} first />}
      {!kept.actor && far !== "own" && <ActorMenu {...menu} of="read_audit" />}
      {!kept.subject && <SubjectMenu {...menu} />}
      {!kept.account && <AccountMenu {...menu} />}
    </Filters>
  );
}
