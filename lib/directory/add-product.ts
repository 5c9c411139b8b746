import { products } from "#db/schema/directory.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { SystemActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret, newId, newSecret } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import type { AddProduct } from "./product-schemas.ts";
import { findClient } from "./products.ts";

/** Null: the client signs. Told once, stored as its hash. */
export type Registered = { clientId: string; name: string; secret: string | null };

/**
 * Registers a product as a confidential client (RFC 6749 §2.1); by a command, as the owner of the database. Gives its
 * secret this once. Refuses with `conflict` when the client id is taken.
 */
export const addProduct = (
  ctx: Ctx<SystemActor>,
  { publicKeys, ...product }: AddProduct,
): Promise<Result<Registered>> =>
  transact(ctx, { event: "settings.refused" }, async (tx) => {
    const { clientId, name } = product;
    if (await findClient(tx, clientId))
      refuse("conflict", `There is a product ${clientId} already.`);
    const secret = publicKeys ? null : newSecret();
    await tx.insert(products).values({
      ...product,
      id: newId(),
      secretHash: secret && hashSecret(secret).toString("hex"),
      jwks: publicKeys,
    });
    await recordAudit(tx, ctx, {
      event: "product.added",
      body: {
        what: `${name} was registered as a product`,
        client: clientId,
        environment: product.environment,
        origin: product.origin,
        redirect_uris: product.redirectUris,
        initiate_login_uri: product.initiateLoginUri,
        proves_itself_by: publicKeys ? "private_key_jwt" : "client_secret_basic",
      },
    });
    return { clientId, name, secret };
  });
