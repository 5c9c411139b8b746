import { and, eq, isNull } from "drizzle-orm";
import { transaction } from "#db/client.ts";
import { exports } from "#db/schema/exports.ts";
import { recordRefusal } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Refusal, type Result } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import { deliver } from "./deliver.ts";
import type { Row } from "./end.ts";
import { fileName } from "./file-name.ts";
import { makeFile } from "./make-file.ts";

export type Taken = { name: string; type: string; bytes: AsyncGenerator<Uint8Array> };

/**
 * The file of an export, for whoever started it, in the sign-in in which it was started, once. It is made while it is
 * read. Refuses with `not_allowed`, `not_found` (also of others), and `used` when it was given.
 */
export async function takeFile(ctx: Ctx<StaffActor>, id: string): Promise<Result<Taken>> {
  const refused = async (error: Refusal): Promise<Result<Taken>> => {
    await recordRefusal(ctx, { event: "export.refused", body: { export: id } }, error);
    return { ok: false, error };
  };
  if (!may(ctx.actor, "export_evidence"))
    return refused({
      code: "not_allowed",
      message: "Only compliance takes evidence out of the panel.",
    });
  const row = await take(ctx, id);
  if (row === "none")
    return refused({ code: "not_found", message: "Nothing here that you may see." });
  if (row === "given")
    return refused({ code: "used", message: "This file was given already. Start another export." });
  return ok({
    name: fileName(row),
    type: types[row.format],
    bytes: deliver(ctx, row.id, () => makeFile(ctx, row)),
  });
}

const types: Record<Row["format"], string> = {
  csv: "text/csv; charset=utf-8; header=present",
  jsonl: "application/jsonl; charset=utf-8",
  pdf: "application/pdf",
  json: "application/json",
};

/** Two at once: only one takes it. */
const take = (ctx: Ctx<StaffActor>, id: string): Promise<Row | "none" | "given"> =>
  transaction(ctx.db, async (tx) => {
    const own = and(
      eq(exports.id, id),
      eq(exports.startedBy, ctx.actor.id),
      eq(exports.signInId, ctx.actor.signInId),
    );
    const [taken] = await tx
      .update(exports)
      .set({ fetchedAt: new Date() })
      .where(and(own, eq(exports.status, "running"), isNull(exports.fetchedAt)))
      .returning();
    if (taken) return taken;
    const [there] = await tx.select({ id: exports.id }).from(exports).where(own);
    return there ? "given" : "none";
  });
