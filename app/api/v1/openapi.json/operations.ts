import { z } from "zod";
import { directoryLine, pushedSchema } from "#lib/directory/schemas.ts";
import { actionsBodySchema, endBodySchema } from "#lib/impersonation/schemas.ts";
import { endCauses } from "#lib/vocabulary.ts";
import type { Operation } from "./document.ts";

const unauthenticated = "The client is not known, or did not prove that it is the one it names.";

/** Members that say why a session is over. */
const ended = {
  ended_at: z.iso.datetime(),
  ended_cause: z.enum(endCauses),
  ended_by: z.string().nullable(),
  ended_comment: z.string().nullable(),
  return_url: z.url(),
};

/** Every operation under `/api/v1` (DESIGN §6). */
export const operations: readonly Operation[] = [
  {
    method: "put",
    path: "/api/v1/directory",
    id: "putDirectory",
    summary: "Say who your customers are",
    description:
      "Idempotent: what is known already is brought up to date, what is not named stays. Accounts come before their users, users before their tickets. A line that cannot be taken is an error of that line; the others count.",
    request: {
      type: "application/x-ndjson",
      schema: directoryLine,
      description: "One such object on each line, of at most 64 KiB.",
    },
    answer: { description: "What was taken, and what was not.", schema: pushedSchema },
    problems: { 401: unauthenticated, 415: "Not application/x-ndjson." },
  },
  {
    method: "post",
    path: "/api/v1/sessions/{sid}/actions",
    id: "reportActions",
    summary: "Report what is done in a session, and ask whether it may be",
    description:
      "A write is an `attempt` before it runs, and runs only when it was accepted and the session is active; then it is `done`. Views are reported after the fact, in batches. Idempotent by the id of the action.",
    request: { type: "application/json", schema: actionsBodySchema },
    answer: {
      description: "Whether the session lives, and what was accepted of each action.",
      schema: z.object({
        active: z.boolean(),
        server_time: z.iso.datetime(),
        accepted: z.array(
          z.object({
            id: z.uuid(),
            accepted: z.boolean(),
            reason: z.enum(["ended", "scope", "denied", "export", "closed"]).optional(),
          }),
        ),
        ...z.object(ended).partial().shape,
      }),
    },
    problems: {
      400: "The body is not what it should be.",
      401: unauthenticated,
      404: "No such session of yours.",
    },
  },
  {
    method: "post",
    path: "/api/v1/sessions/{sid}/end",
    id: "endSession",
    summary: "End a session",
    description: "Idempotent: a session that had ended answers with the ending that it has.",
    request: { type: "application/json", schema: endBodySchema },
    answer: {
      description: "The session is over.",
      schema: z.object({ ended: z.literal(true), cause: z.enum(endCauses), ...ended }),
    },
    problems: {
      400: "The body is not what it should be.",
      401: unauthenticated,
      404: "No such session of yours.",
    },
  },
];
