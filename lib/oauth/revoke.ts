import { recordRefusal } from "#lib/audit/transact.ts";
import { end } from "#lib/impersonation/end.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { heldToken, type NotHeld } from "./introspect.ts";
import type { Issuer } from "./issuer.ts";

/** Token revocation (RFC 7009): ends the session of the token. Unknown tokens are answered alike (§2.2). */
export async function revoke(ctx: Ctx<ProductActor>, issuer: Issuer, token: string): Promise<void> {
  const held = await heldToken(ctx, issuer, token, ({ code, session }) =>
    recordRefusal(
      ctx,
      { event: "token.refused", sessionId: session?.id ?? null },
      { code: "invalid", message: why[code] },
    ),
  );
  if (held) await end(ctx, { sessionId: held.session.id, by: "product" });
}

const why: Record<NotHeld["code"], string> = {
  retired: "The token was retired by a newer one.",
  invalid: "The token is none that we gave to this product.",
};
