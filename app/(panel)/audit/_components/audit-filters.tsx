import { AddChip, Chip, Filters } from "#components/ui/filters.tsx";
import type { AuditRow } from "#lib/audit/queries.ts";
import type { AuditParams } from "#lib/audit/search-params.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber, sessionNumber } from "#lib/kernel/ids.ts";
import type { StaffName } from "#lib/staff/list.ts";
import { effectWords } from "#lib/vocabulary-labels.ts";
import { AccountMenu, ActorMenu, SubjectMenu } from "../../_filters/menus.tsx";
import { nameOfAccount, nameOfSubject } from "../../_filters/typed.ts";
import { auditAddress, filtersOf } from "../address.ts";
import { EffectMenu, EventMenu, TextMenu, TimeMenu } from "./menus.tsx";

type AuditFiltersProps = {
  ctx: Ctx<StaffActor>;
  params: AuditParams;
  staff: readonly StaffName[];
  /** What is shown: the numbers of a session or request that is filtered by are in it. */
  rows: readonly AuditRow[];
};

/** What is on as chips, what can be added as dashed ones. */
export async function AuditFilters({ ctx, params, staff, rows }: AuditFiltersProps) {
  const filters = filtersOf(params);
  const chips = await chipsOf({ ctx, params, staff, rows });
  const { from, to, ...untimed } = filters;
  const menu = (name: keyof AuditParams) => ({
    path: "/audit",
    keep: { ...filters, [name]: undefined },
  });
  return (
    <Filters clear={chips.length > 0 ? "/audit" : null}>
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
      {!params.actor && staff.length > 0 && <ActorMenu {...menu("actor")} staff={staff} />}
      {!params.subject && <SubjectMenu {...menu("subject")} />}
      {!params.account && <AccountMenu {...menu("account")} />}
      {!params.event && <EventMenu {...menu("event")} />}
      {!params.effect && <EffectMenu {...menu("effect")} />}
      {!params.ticket && (
        <TextMenu {...menu("ticket")} name="ticket" field="Ticket" hint="Like SUP-4821" />
      )}
      {!params.resource && (
        <TextMenu {...menu("resource")} name="resource" field="Resource" hint="As recorded" />
      )}
      {!params.writes && (
        <AddChip href={auditAddress({ ...filters, writes: "1" })}>Writes only</AddChip>
      )}
    </Filters>
  );
}

type On = { field: string; value: string; names: (keyof AuditParams)[] };

async function chipsOf({ ctx, params, staff, rows }: AuditFiltersProps): Promise<On[]> {
  const [row] = rows;
  const { actor, subject, account, session, request, event, resource, ticket, effect } = params;
  const { from, to } = params;
  const nameOfActor = (id: string) =>
    id === ctx.actor.id ? ctx.actor.name : staff.find((one) => one.id === id)?.name;
  const on: On[] = [];
  const add = (field: string, value: string, ...names: On["names"]) =>
    on.push({ field, value, names });
  if (from || to) add("Time", [from ?? "the start", to ?? "today"].join(" – "), "from", "to");
  if (actor) add("Actor", nameOfActor(actor) ?? "Somebody else", "actor");
  if (subject) add("Subject", await nameOfSubject(ctx, subject), "subject");
  if (account) add("Account", await nameOfAccount(ctx, account), "account");
  if (session)
    add("Session", row?.sessionNumber ? sessionNumber(row.sessionNumber) : "one", "session");
  if (request)
    add("Request", row?.requestNumber ? requestNumber(row.requestNumber) : "one", "request");
  if (event?.length) add("Event", event.join(", "), "event");
  if (effect) add("Effect", effectWords[effect], "effect");
  if (ticket) add("Ticket", ticket, "ticket");
  if (resource) add("Resource", resource, "resource");
  if (params.writes) add("Writes", "only", "writes");
  return on;
}
