import { z } from "zod";
import type { Refusal } from "#lib/kernel/result.ts";
import { scopes } from "#lib/vocabulary.ts";

const schema = z.object({
  sessionId: z.string(),
  subject: z.string(),
  scope: z.enum(scopes),
  /** ISO time */
  expiresAt: z.string(),
});

/** The reader's own session that stands in the way of another. */
export type LiveSession = z.infer<typeof schema>;

/** Which session a refusal is about, where it is for that. */
export function liveSessionOf(refused: Refusal | null): LiveSession | null {
  if (refused?.code !== "already_live") return null;
  const parsed = schema.safeParse(refused.detail);
  return parsed.success ? parsed.data : null;
}
