import { number } from "#components/time-words.ts";
import { AddChip, Chip, Filters } from "#components/ui/filters.tsx";
import { type AuditRow, mostCounted } from "#lib/audit/queries.ts";
import type { AuditParams } from "#lib/audit/search-params.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { reach } from "#lib/staff/rights.ts";
import { AccountMenu, ActorMenu, SubjectMenu, TextMenu, TimeMenu } from "../../_filters/menus.tsx";
import { auditAddress, filtersOf } from "../address.ts";
import { chipsOf } from "./chips.ts";
import { EffectMenu, EventMenu } from "./menus.tsx";

export type AuditFiltersProps = {
  ctx: Ctx<StaffActor>;
  params: AuditParams;
  /** What is shown: the numbers of a session or request that is filtered by are in it. */
  rows: readonly AuditRow[];
  /** How many match; null where nothing is filtered by. */
  matches: number | null;
};

/** What is on as chips, what can be added as dashed ones. */
export async function AuditFilters(props: AuditFiltersProps) {
  const { ctx, params, rows, matches } = props;
  const filters = filtersOf(params);
  const chips = await chipsOf({ ctx, params, rows });
  const { from, to, ...untimed } = filters;
  const menu = (name: keyof AuditParams) => ({
    path: "/audit",
    keep: { ...filters, [name]: undefined },
  });
  return (
    <Filters
      clear={chips.length > 0 ? "/audit" : null}
      matches={matches === null ? null : matchWords(matches)}
    >
      {chips.map(({ field, value, names }) => (
        <Chip
          key={field}
          field={field}
          without={auditAddress({
            ...filters,
            ...Object.fromEntries(names.map((name) => [name, undefined])),
          })}
        >
          {value}
        </Chip>
      ))}
      {!from && !to && <TimeMenu path="/audit" keep={untimed} first />}
      {!params.actor && reach(ctx.actor, "read_audit") !== "own" && (
        <ActorMenu {...menu("actor")} of="read_audit" />
      )}
      {!params.subject && <SubjectMenu {...menu("subject")} />}
      {!params.account && <AccountMenu {...menu("account")} />}
      {!params.event && <EventMenu {...menu("event")} />}
      {!params.effect && <EffectMenu {...menu("effect")} />}
      {!params.ticket && (
        <TextMenu
          {...menu("ticket")}
          name="ticket"
          field="Ticket"
          label="Ticket"
          hint="Like SUP-4821"
          maxLength={200}
        />
      )}
      {!params.resource && (
        <TextMenu
          {...menu("resource")}
          name="resource"
          field="Resource"
          label="Resource"
          hint="As recorded"
          maxLength={200}
        />
      )}
      {!params.writes && (
        <AddChip href={auditAddress({ ...filters, writes: "1" })}>Writes only</AddChip>
      )}
    </Filters>
  );
}

const matchWords = (n: number): string => {
  if (n > mostCounted) return `More than ${number(mostCounted)} match`;
  return n === 1 ? "1 matches" : `${number(n)} match`;
};
