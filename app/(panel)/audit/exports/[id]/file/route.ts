import { idSchema } from "#lib/kernel/ids.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { notFoundProblem, refusalProblem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { activityHeader } from "#lib/platform/request.ts";
import { notAllowed, noteRefused, requireStaff } from "#lib/platform/require-staff.ts";
import { sendExport } from "#lib/platform/send-export.ts";
import { may } from "#lib/staff/rights.ts";

const notAsked: Refusal = { code: "conflict", message: "This file is given once, when you ask." };

type Params = { params: Promise<{ id: string }> };

/** The file of an export, made while it is read; once. */
export const GET = answered(async (request: Request, { params }: Params): Promise<Response> => {
  const ctx = await requireStaff();
  if (!may(ctx.actor, "export_evidence")) {
    await noteRefused(ctx, "export_evidence");
    return refusalProblem(notAllowed);
  }
  const id = idSchema.safeParse((await params).id);
  if (!id.success) return notFoundProblem();
  // A browser that looks ahead would use it up before anybody asked for it.
  if (!request.headers.has(activityHeader)) return refusalProblem(notAsked);
  return sendExport(ctx, id.data, request.signal);
});

/** Next would answer with the GET, which gives the file away. */
export const HEAD = (): Response =>
  new Response(null, { status: 405, headers: { allow: "GET", "cache-control": "no-store" } });
