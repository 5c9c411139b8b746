import { createHmac, timingSafeEqual } from "node:crypto";

/** Slack's own bound: an older request may be a recording. */
const toleratedSeconds = 300;

export type SignedRequest = { timestamp: string | null; signature: string | null; body: string };

/**
 * What is wrong with the signature of a request that says it is Slack's (docs.slack.dev, "Verifying requests from Slack"),
 * or null. `body` is the request's own, to the letter; `at` is our time.
 */
export function signatureFault(
  secret: string,
  { timestamp, signature, body }: SignedRequest,
  at: Date,
): "missing" | "stale" | "wrong" | null {
  if (!timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return "missing";
  const given = Buffer.from(signature);
  const own = Buffer.from(
    `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`,
  );
  if (given.length !== own.length || !timingSafeEqual(given, own)) return "wrong";
  const away = Math.abs(at.getTime() / 1000 - Number(timestamp));
  return away > toleratedSeconds ? "stale" : null;
}
