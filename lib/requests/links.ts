import { and, eq, sql } from "drizzle-orm";
import type { Reader, Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { approvalLinks } from "#db/schema/approval-links.ts";
import { recordRefusal } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret, newSecret } from "#lib/kernel/ids.ts";
import { ok, type Refusal, type Result } from "#lib/kernel/result.ts";
import { refuseOften } from "#lib/limits/limited.ts";
import { limits } from "#lib/limits/limits.ts";
import { take } from "#lib/limits/take.ts";
import type { DenyInput, VoteInput } from "./schemas.ts";
import { approve, type Decided, deny } from "./vote.ts";

const folder = "/requests/decide/";

/**
 * A new link that leads this approver, and nobody else, to this request: a path of the panel. Only its hash is kept, so
 * that it cannot be made a second time; each message has one of its own.
 */
export async function approvalLink(
  tx: Transaction,
  { requestId, approverId }: { requestId: string; approverId: string },
): Promise<string> {
  const token = newSecret();
  await tx.insert(approvalLinks).values({ tokenHash: hashSecret(token), requestId, approverId });
  return folder + token;
}

/** The same for many in one statement, for those of them who may decide by now; gives their paths by `id`. */
export async function approvalLinksFor(
  db: Reader,
  copies: readonly { id: string; requestId: string; approverId: string }[],
): Promise<Map<string, string>> {
  if (copies.length === 0) return new Map();
  const links = copies.map((copy) => {
    const token = newSecret();
    return { ...copy, token, hash: hashSecret(token).toString("hex") };
  });
  const asked = links.map(({ requestId, approverId, hash }) => ({ requestId, approverId, hash }));
  const made = await makeLinks(db, JSON.stringify(asked));
  const hashes = new Set(made.map(({ hash }) => hash));
  return new Map(
    links.flatMap(({ id, token, hash }) =>
      hashes.has(hash) ? [[id, folder + token] as const] : [],
    ),
  );
}

const makeLinks = preparedStatement<{ hash: string }>(
  "approval_links_for",
  `insert into approval_links (token_hash, request_id, approver_id)
   select decode(t.hash, 'hex'), r.id, t."approverId"
     from json_to_recordset($1::json) as t("requestId" uuid, "approverId" uuid, hash text)
       join requests r on r.id = t."requestId" where may_decide(t."approverId", r)
   returning encode(token_hash, 'hex') as hash`,
);

/** A path with the token of such a link left out, for whatever keeps paths. */
export const withoutToken = (path: string): string =>
  path.replace(/(\/requests\/decide\/)[^/?#]+/gi, "$1…");

/** What somebody gets by a link that is not theirs, was never made, or was cut off on the way: one answer for all. */
export const opensNothing: Refusal = {
  code: "not_found",
  message: "This link opens nothing for you. Nothing was decided.",
};

/**
 * Which request a link leads its own approver to; reading uses nothing up. Refuses with `not_found`, on record, and with
 * `too_often` whoever tries many that lead them nowhere.
 */
export async function followLink(ctx: Ctx<StaffActor>, token: string): Promise<Result<string>> {
  const wrong = `approval_link_guesses_of_person:${ctx.actor.id}`;
  const limit = limits.approval_link_guesses_of_person;
  const { retryMs } = await take(ctx.db, limit, wrong, 0);
  if (retryMs > 0)
    return {
      ok: false,
      error: await refuseOften(ctx, "approval_link_guesses_of_person", retryMs),
    };
  const requestId = await requestOf(ctx, token);
  if (requestId) return ok(requestId);
  await take(ctx.db, limit, wrong);
  await recordRefusal(ctx, { event: "link.refused" }, opensNothing);
  return { ok: false, error: opensNothing };
}

async function requestOf(ctx: Ctx<StaffActor>, token: string): Promise<string | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const [found] = await ctx.db
    .select({ requestId: approvalLinks.requestId })
    .from(approvalLinks)
    .where(
      and(
        eq(approvalLinks.tokenHash, hashSecret(token)),
        eq(approvalLinks.approverId, ctx.actor.id),
      ),
    );
  return found?.requestId ?? null;
}

export type ByLink = { link: string } & (
  | ({ vote: "approve" } & VoteInput)
  | ({ vote: "deny" } & DenyInput)
);

/** A vote by whom the link was made for, on the request that it was made for; refused as `approve` and `deny` refuse. */
export async function decideByLink(ctx: Ctx<StaffActor>, input: ByLink): Promise<Result<Decided>> {
  const followed = await followLink(ctx, input.link);
  if (!followed.ok) return followed;
  if (followed.value !== input.requestId) return { ok: false, error: opensNothing };
  return input.vote === "approve" ? approve(ctx, input) : deny(ctx, input);
}

/** Forgets links a month after their requests; the worker's part. Gives how many. */
export async function forgetLinks({ db }: { db: Reader }, limit = 5000): Promise<number> {
  const due = db
    .select({ place: sql`ctid` })
    .from(approvalLinks)
    .where(sql`${approvalLinks.expiresAt} < clock_timestamp() - interval '30 days'`)
    .limit(limit);
  const { rowCount } = await db.delete(approvalLinks).where(sql`ctid = any(array(${due}))`);
  return rowCount ?? 0;
}
