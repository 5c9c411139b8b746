import { end } from "#lib/impersonation/end.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { heldToken } from "./introspect.ts";
import type { Issuer } from "./issuer.ts";

/** Token revocation (RFC 7009): ends the session of the token. Unknown tokens are answered alike (§2.2). */
export async function revoke(ctx: Ctx<ProductActor>, issuer: Issuer, token: string): Promise<void> {
  const held = await heldToken(ctx, issuer, token);
  if (held) await end(ctx, { sessionId: held.session.id, by: "product" });
}
