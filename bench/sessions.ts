import { createHash } from "node:crypto";
import { standIn } from "#lib/impersonation/start.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId, newSecret } from "#lib/kernel/ids.ts";
import { authorize } from "#lib/oauth/authorize.ts";
import { signingKeysSchema } from "#lib/oauth/keys.ts";
import { exchange } from "#lib/oauth/token.ts";
import type { BenchDatabase, RunningPanel } from "./bench.ts";
import { ctxOf, newPairs, type Pair } from "./people.ts";

export type Live = Pair & { sessionId: string; token: string };

/** Live sessions to act in, each with the token that its product holds: asked for, started and entered by the verbs. */
export async function liveSessions(
  database: BenchDatabase,
  { url, ledgerUrl, settings }: RunningPanel,
  count: number,
): Promise<Live[]> {
  const pairs = await newPairs(database.owner, count);
  const issuer = {
    url,
    keys: signingKeysSchema.parse(JSON.parse(settings.keys.ALONGSIDE_SIGNING_KEYS)),
  };
  const redirectUri = `${ledgerUrl}/alongside/callback`;
  return Promise.all(
    pairs.map(async ({ actor, subject }) => {
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
      const to = await authorize(
        ctx,
        url,
        new URLSearchParams({
          response_type: "code",
          client_id: "ledger",
          redirect_uri: redirectUri,
          code_challenge: createHash("sha256").update(verifier).digest("base64url"),
          code_challenge_method: "S256",
          login_hint: sessionId,
          state: newId(),
        }),
      );
      const code = to.kind === "redirect" && new URL(to.to).searchParams.get("code");
      const product: Ctx<ProductActor> = {
        ...ctx,
        actor: { kind: "product", id: subject.product, clientId: "ledger", name: "Ledger" },
      };
      const answer = await exchange(product, issuer, {
        grant_type: "authorization_code",
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      });
      if ("error" in answer) throw new Error(answer.error_description);
      return { actor, subject, sessionId, token: answer.access_token };
    }),
  );
}
