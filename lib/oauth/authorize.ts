import { z } from "zod";
import { transaction } from "#db/client.ts";
import { authorizationCodes } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { recordRefusal } from "#lib/audit/transact.ts";
import { findClient } from "#lib/directory/products.ts";
import { endIfDue } from "#lib/impersonation/end.ts";
import { about, dueCause, lockSession } from "#lib/impersonation/lock.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret, idSchema, newSecret } from "#lib/kernel/ids.ts";

/** Seconds that a code lives (RFC 6749 §4.1.2 allows 600; the schema has the same 60). */
const CODE_SECONDS = 60;

const parameters = z.object({
  response_type: z.literal("code"),
  code_challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  code_challenge_method: z.literal("S256"),
  login_hint: idSchema,
  state: z.string().min(1).max(2000),
});

/** Where the browser goes now; `refuse` where it may not be sent anywhere (an unknown client or address). */
export type Authorized =
  | { kind: "redirect"; to: string }
  | { kind: "refuse"; title: string; detail: string };

/**
 * The authorization endpoint (RFC 6749 §4.1, RFC 7636, RFC 9207, RFC 9700): a code for the session in `login_hint`,
 * in the actor's own signed-in browser only. Errors go back to the product once its address is known to be its own.
 */
export async function authorize(
  ctx: Ctx<Actor>,
  issuer: string,
  query: URLSearchParams,
): Promise<Authorized> {
  const single = (name: string) => (query.getAll(name).length === 1 ? query.get(name) : null);
  const clientId = single("client_id");
  const product = clientId ? await findClient(ctx.db, clientId) : null;
  const redirectUri = single("redirect_uri");
  if (!product || !redirectUri || !product.redirectUris.includes(redirectUri)) {
    const detail = "The address to return to is not one that this product has registered.";
    await recordRefusal(ctx, { event: "code.refused" }, { code: "invalid", message: detail });
    return { kind: "refuse", title: "This link does not come from a product we know", detail };
  }
  const state = single("state");
  const back = (members: Record<string, string>): Authorized => {
    const url = new URL(redirectUri);
    for (const [name, value] of Object.entries(members)) url.searchParams.set(name, value);
    if (state !== null) url.searchParams.set("state", state);
    url.searchParams.set("iss", issuer);
    return { kind: "redirect", to: url.href };
  };
  const fail = async (error: string, why: string, sessionId?: string): Promise<Authorized> => {
    await recordRefusal(
      ctx,
      {
        event: "code.refused",
        sessionId: sessionId ?? null,
        body: { product: product.name, error },
      },
      { code: "invalid", message: why },
    );
    return back({ error, error_description: why });
  };
  if (single("response_type") !== "code" && query.has("response_type"))
    return fail("unsupported_response_type", "Only response_type=code is supported.");
  const parsed = parameters.safeParse({
    response_type: single("response_type"),
    code_challenge: single("code_challenge"),
    code_challenge_method: single("code_challenge_method"),
    login_hint: single("login_hint"),
    state,
  });
  if (!parsed.success)
    return fail("invalid_request", `Missing or wrong: ${parsed.error.issues[0]?.path.join(".")}.`);
  const { actor } = ctx;
  if (actor.kind !== "staff")
    return fail("login_required", "Nobody is signed in to Alongside in this browser.");

  const sessionId = parsed.data.login_hint;
  const code = newSecret();
  const outcome = await transaction(ctx.db, async (tx) => {
    const locked = await lockSession(tx, sessionId, "share");
    if (!locked) return "unknown";
    const { session, at } = locked;
    if (session.actorId !== actor.id || session.productId !== product.id) return "unknown";
    if (session.endedAt) return "ended";
    if (dueCause(session, at)) return "due";
    await recordAudit(tx, ctx, {
      event: "code.issued",
      ...about(session),
      body: {
        what: `Entered ${product.name}`,
        product: product.name,
        actor: session.actorName,
        subject: session.subjectName,
        account: session.accountName,
      },
    });
    await tx.insert(authorizationCodes).values({
      hash: hashSecret(code),
      sessionId,
      productId: product.id,
      redirectUri,
      codeChallenge: parsed.data.code_challenge,
      createdAt: at,
      expiresAt: new Date(at.getTime() + CODE_SECONDS * 1000),
    });
    return "issued";
  });
  if (outcome === "issued") return back({ code });
  if (outcome === "due") await endIfDue(ctx, sessionId);
  return outcome === "unknown"
    ? fail("access_denied", "There is no such session of yours.")
    : fail("access_denied", "The session has ended.", sessionId);
}
