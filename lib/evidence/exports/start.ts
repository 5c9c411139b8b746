import type { z } from "zod";
import { clock, type Transaction } from "#db/client.ts";
import { exports } from "#db/schema/exports.ts";
import { type Json, recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { requireFresh } from "#lib/staff/fresh.ts";
import { may } from "#lib/staff/rights.ts";
import type { ExportFormat } from "#lib/vocabulary.ts";
import { type About, aboutOf } from "./about.ts";
import type {
  ExportFilter,
  startExposureSchema,
  startLogSchema,
  startSessionSchema,
  startSubjectSchema,
} from "./schemas.ts";

export type Started = { id: string };
type Ask = { filter: ExportFilter; format: ExportFormat; reason: string; namesReason?: string };

/**
 * Starts an export: from now on its file can be read, once, by whoever started it. One at a time for each person. Refuses
 * with `not_allowed`, `not_found`, and `conflict` while another of theirs runs.
 */
const start = (ctx: Ctx<StaffActor>, ask: Ask): Promise<Result<Started>> =>
  transact(
    ctx,
    {
      event: "export.refused",
      body: { kind: ask.filter.kind, format: ask.format, reason: ask.reason },
    },
    async (tx) => {
      if (!may(ctx.actor, "export_evidence"))
        refuse("not_allowed", "Only compliance takes evidence out of the panel.");
      const { freshSignIn } = await currentPolicy(tx);
      requireFresh(ctx, await clock(tx), freshSignIn.export, freshSignIn.acr);
      const about = await aboutOf(tx, ask.filter);
      if (!about) refuse("not_found", "Nothing here that you may export.");
      const id = newId();
      if (ask.namesReason) await releaseNames(tx, ctx, { id, about, reason: ask.namesReason });
      const startedEntryId = await recordAudit(tx, ctx, {
        event: "export.started",
        ...about.entry,
        body: {
          what: `Began to export ${about.what} as ${ask.format.toUpperCase()}: “${ask.reason}”`,
          export: id,
          kind: ask.filter.kind,
          format: ask.format,
          filter: jsonOf(ask.filter),
          reason: ask.reason,
        },
      });
      await tx.insert(exports).values({
        id,
        kind: ask.filter.kind,
        format: ask.format,
        filter: ask.filter,
        reason: ask.reason,
        startedBy: ctx.actor.id,
        signInId: ctx.actor.signInId,
        startedEntryId,
      });
      return { id };
    },
  );

async function releaseNames(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  { id, about, reason }: { id: string; about: About; reason: string },
): Promise<void> {
  if (!may(ctx.actor, "release_names"))
    refuse("not_allowed", "Only compliance releases the names of staff.");
  await recordAudit(tx, ctx, {
    event: "report.names_released",
    ...about.entry,
    body: { what: `Released the names of staff in ${about.what}: “${reason}”`, export: id, reason },
  });
}

const jsonOf = (filter: ExportFilter): Json => JSON.parse(JSON.stringify(filter));

/** Starts an export of the log, by a filter of the audit page. */
export const startLogExport = (ctx: Ctx<StaffActor>, input: z.output<typeof startLogSchema>) =>
  start(ctx, {
    filter: { kind: "log", filter: input.filter },
    format: input.format,
    reason: input.reason,
  });

/** Starts one session as a PDF. */
export const startSessionReport = (
  ctx: Ctx<StaffActor>,
  { session, reason }: z.output<typeof startSessionSchema>,
) => start(ctx, { filter: { kind: "session", session }, format: "pdf", reason });

/** Starts a person's own report (GDPR Art. 15). Names of staff are in it only where they are released, which is an entry. */
export const startSubjectReport = (
  ctx: Ctx<StaffActor>,
  { subject, from, to, names, namesReason, format, reason }: z.output<typeof startSubjectSchema>,
) =>
  start(ctx, {
    filter: {
      kind: "subject",
      subject,
      names: names === "1",
      ...(from && { from }),
      ...(to && { to }),
    },
    format,
    reason,
    ...(names && namesReason ? { namesReason } : {}),
  });

/** Starts the CSV of what an incident laid open. */
export const startExposureExport = (
  ctx: Ctx<StaffActor>,
  { reason, ...exposure }: z.output<typeof startExposureSchema>,
) => start(ctx, { filter: { kind: "exposure", ...exposure }, format: "csv", reason });
