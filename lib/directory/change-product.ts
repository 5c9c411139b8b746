import { eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { products } from "#db/schema/directory.ts";
import { type Json, recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { SystemActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret, newSecret } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import type { Registered } from "./add-product.ts";
import { type ChangeProduct, foreignAddress, type RotateSecret } from "./product-schemas.ts";

async function lockProduct(tx: Transaction, clientId: string) {
  const [product] = await tx
    .select()
    .from(products)
    .where(eq(products.clientId, clientId))
    .for("update");
  return product ?? refuse("not_found", `There is no product ${clientId}.`);
}

type Change = { field: string; before: Json; after: Json };

/**
 * Changes what is given of a product; with public keys it signs from now on, and its secrets are void. Refuses with
 * `not_found`, and `invalid` when an address would not be on the product's origin.
 */
export const changeProduct = (
  ctx: Ctx<SystemActor>,
  { clientId, publicKeys, ...next }: ChangeProduct,
): Promise<Result<{ name: string; changes: Change[] }>> =>
  transact(ctx, { event: "settings.refused" }, async (tx) => {
    const before = await lockProduct(tx, clientId);
    const given = Object.fromEntries(
      Object.entries(next).filter(([, value]) => value !== undefined),
    );
    const after = { ...before, ...given };
    const foreign = foreignAddress(after);
    if (foreign) refuse("invalid", `${foreign.message}: give all addresses of the product anew.`);
    const fields = ["name", "environment", "origin", "redirectUris", "initiateLoginUri"] as const;
    const changes: Change[] = fields
      .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
      .map((field) => ({ field, before: before[field], after: after[field] }));
    if (publicKeys)
      changes.push({
        field: "publicKeys",
        before: keyIds(before.jwks),
        after: keyIds(publicKeys),
      });
    if (changes.length === 0) return { name: before.name, changes };
    const signs = { secretHash: null, previousSecretHash: null, previousSecretUntil: null };
    await tx
      .update(products)
      .set({ ...given, ...(publicKeys ? { jwks: publicKeys, ...signs } : {}) })
      .where(eq(products.id, before.id));
    await recordAudit(tx, ctx, {
      event: "product.changed",
      body: {
        what: `${before.name}: ${changes.map(({ field }) => field).join(", ")} changed`,
        client: clientId,
        changes,
      },
    });
    return { name: after.name, changes };
  });

const keyIds = (jwks: { keys: Record<string, unknown>[] } | null): string[] =>
  jwks?.keys.map(({ kid }) => String(kid)) ?? [];

/**
 * Gives a product a new secret; the one before is good for `overlapHours` more, so that nothing stands still while it
 * is carried over. A client that signed keeps a secret from now on. Refuses with `not_found`.
 */
export const rotateSecret = (
  ctx: Ctx<SystemActor>,
  { clientId, overlapHours }: RotateSecret,
): Promise<Result<Registered>> =>
  transact(ctx, { event: "settings.refused" }, async (tx) => {
    const { id, name, secretHash } = await lockProduct(tx, clientId);
    const secret = newSecret();
    const isKept = overlapHours > 0 && secretHash !== null;
    await tx
      .update(products)
      .set({
        secretHash: hashSecret(secret).toString("hex"),
        jwks: null,
        previousSecretHash: isKept ? secretHash : null,
        previousSecretUntil: isKept
          ? sql`clock_timestamp() + make_interval(hours => ${overlapHours})`
          : null,
      })
      .where(eq(products.id, id));
    await recordAudit(tx, ctx, {
      event: "product.changed",
      body: {
        what: `${name} got a new client secret`,
        client: clientId,
        overlap_hours: isKept ? overlapHours : 0,
      },
    });
    return { clientId, name, secret };
  });
