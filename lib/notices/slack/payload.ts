import { z } from "zod";

const id = z.string().regex(/^[A-Z][A-Z0-9]{1,40}$/);
const who = {
  team: z.object({ id }).nullish(),
  user: z.object({ id, team_id: id.optional() }),
};

/** What Slack tells of a press or a sent form: of all that it says, only what we go by. */
export const payloadSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("block_actions"),
    ...who,
    trigger_id: z.string().min(1).max(200),
    channel: z.object({ id }).nullish(),
    actions: z
      .array(z.object({ action_id: z.string().max(255), value: z.string().max(2000).optional() }))
      .min(1)
      .max(10),
  }),
  z.object({
    type: z.literal("view_submission"),
    ...who,
    view: z.object({
      callback_id: z.string().max(255),
      private_metadata: z.string().max(3000),
      state: z.object({
        values: z.record(
          z.string(),
          z.record(z.string(), z.object({ value: z.string().max(3000).nullish() })),
        ),
      }),
    }),
  }),
]);
export type Payload = z.infer<typeof payloadSchema>;
export type Press = Extract<Payload, { type: "block_actions" }>;
export type Submission = Extract<Payload, { type: "view_submission" }>;

/** Of a form as Slack sends it: its one field, which is JSON. Null where it is none, or nothing that we answer. */
export function readPayload(body: string): Payload | null {
  const form = new URLSearchParams(body);
  const [text, ...more] = form.getAll("payload");
  if (text === undefined || more.length > 0 || form.size !== 1) return null;
  try {
    return payloadSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** A member of Slack: both ids, since a member's alone is of one workspace. */
export type Member = { teamId: string; userId: string };

export function memberOf({ team, user }: Payload): Member | null {
  const teamId = team?.id ?? user.team_id;
  return teamId ? { teamId, userId: user.id } : null;
}
