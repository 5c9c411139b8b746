import { createHash } from "node:crypto";
import { standIn } from "#lib/impersonation/stand-in.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId, newSecret } from "#lib/kernel/ids.ts";
import { authorize } from "#lib/oauth/authorize.ts";
import { signingKeysSchema } from "#lib/oauth/keys.ts";
import { exchange } from "#lib/oauth/token.ts";
import type { BenchDatabase, RunningPanel } from "./bench.ts";
import { ctxOf, newPairs, type Pair } from "./people.ts";

export type Live = Pair & { sessionId: string; token: string };

/** Where sessions are entered: who issues tokens, and the product's own address. */
export type Door = { url: string; ledgerUrl: string; signingKeys: string };

/** Live sessions to act in, each with the token that its product holds. */
export async function liveSessions(
  database: BenchDatabase,
  { url, ledgerUrl, settings }: RunningPanel,
  count: number,
): Promise<Live[]> {
  const door = { url, ledgerUrl, signingKeys: settings.keys.ALONGSIDE_SIGNING_KEYS };
  const pairs = await newPairs(database.owner, count);
  return Promise.all(pairs.map((pair) => enter(database, door, pair)));
}

/** Asks, starts and enters the product, by the verbs: what leads an agent to where a token is held. */
export async function enter(
  database: Pick<BenchDatabase, "db">,
  { url, ledgerUrl, signingKeys }: Door,
  { actor, subject }: Pair,
): Promise<Live> {
  const issuer = { url, keys: signingKeysSchema.parse(JSON.parse(signingKeys)) };
  const redirectUri = `${ledgerUrl}/alongside/callback`;
  const ctx = ctxOf(database, actor);
  const started = await standIn(ctx, {
    subjectId: subject.id,
    reasonCategory: "configuration_check",
    reason: "The reminders go out on the wrong day.",
    callerCheck: "call_back",
    scope: "write",
    minutes: 60,
  });
  if (!started.ok || started.value.kind !== "started") throw new Error("It did not start");
  const { sessionId } = started.value;
  const verifier = newSecret();
  const query = new URLSearchParams({
    response_type: "code",
    client_id: "ledger",
    redirect_uri: redirectUri,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    login_hint: sessionId,
    state: newId(),
  });
  const to = await authorize(ctx, url, query);
  const answer = await exchange(asLedger(ctx, subject.product), issuer, {
    grant_type: "authorization_code",
    code: to.kind === "redirect" && new URL(to.to).searchParams.get("code"),
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
  if ("error" in answer) throw new Error(answer.error_description);
  return { actor, subject, sessionId, token: answer.access_token };
}

/** The same, as the product calls. */
export const asLedger = (ctx: Ctx, id: string): Ctx<ProductActor> => ({
  ...ctx,
  actor: { kind: "product", id, clientId: "ledger", name: "Ledger" },
});
