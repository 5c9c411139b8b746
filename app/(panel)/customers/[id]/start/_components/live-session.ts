import "#components/no-eval.ts";
import { z } from "zod";
import type { Refusal } from "#lib/kernel/result.ts";
import { scopes } from "#lib/vocabulary.ts";

const schema = z.object({
  sessionId: z.string(),
  subjectId: z.string(),
  subject: z.string(),
  scope: z.enum(scopes),
  /** ISO time */
  expiresAt: z.string(),
});

/** The reader's own session that stands in the way of another. */
export type LiveSession = z.infer<typeof schema>;

type Live = {
  id: string;
  scope: LiveSession["scope"];
  subject: { id: string; name: string };
  expiresAt: Date;
};

/** The same of what was read as the reader's own. */
export const liveSession = ({ id, scope, subject, expiresAt }: Live): LiveSession => ({
  ...{ sessionId: id, subjectId: subject.id, subject: subject.name, scope },
  expiresAt: expiresAt.toISOString(),
});

/** Which session a refusal is about, where it is for that. */
export function liveSessionOf(refused: Refusal | null): LiveSession | null {
  if (refused?.code !== "already_live") return null;
  const parsed = schema.safeParse(refused.detail);
  return parsed.success ? parsed.data : null;
}
