import { randomBytes } from "node:crypto";
import canonicalize from "canonicalize";
import type { Transaction } from "#db/client.ts";
import { auditEntry, auditIndex, auditPayload } from "#db/schema/audit.ts";
import { actorName } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { AuditEvent, Effect, ReasonCategory } from "#lib/vocabulary.ts";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

export type Entry = {
  event: AuditEvent;
  accountId?: string | null;
  /** Whoever stands in, where it is not the caller (a product reports what an agent did). */
  actorId?: string | null;
  subjectId?: string | null;
  sessionId?: string | null;
  requestId?: string | null;
  /** Everything personal or free: names then, reason, ticket, votes. One sentence for people under `what`. */
  body: { what: string; [key: string]: Json | undefined };
  index?: {
    resource?: string | null;
    ticket?: string | null;
    reasonCategory?: ReasonCategory | null;
    effect?: Effect | null;
    isWrite?: boolean;
  };
};

/**
 * Writes one entry in the caller's transaction (DESIGN §7.1) and gives its id, to which the change refers. The
 * payload is RFC 8785 text with 256 bits of salt. Throws when the entry cannot be written: then nothing happened.
 */
export async function recordAudit(tx: Transaction, ctx: Ctx, entry: Entry): Promise<string> {
  const id = newId();
  const { actor } = ctx;
  await tx.insert(auditEntry).values({
    id,
    event: entry.event,
    accountId: entry.accountId ?? null,
    actorId: entry.actorId !== undefined ? entry.actorId : actor.kind === "staff" ? actor.id : null,
    subjectId: entry.subjectId ?? null,
    sessionId: entry.sessionId ?? null,
    requestId: entry.requestId ?? null,
  });
  const body = canonicalize({
    ...entry.body,
    by: actorName(actor),
    by_kind: actor.kind,
    ...(actor.kind === "staff" ? { by_roles: [...actor.roles], by_team: actor.team } : {}),
    ip: ctx.ip,
    user_agent: ctx.userAgent,
  });
  if (body === undefined) throw new Error("An audit payload must be JSON");
  await tx.insert(auditPayload).values({ entryId: id, salt: randomBytes(32), body });
  if (entry.index) await tx.insert(auditIndex).values({ entryId: id, ...entry.index });
  return id;
}
