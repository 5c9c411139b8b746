import { z } from "zod";
import {
  directoryLine,
  finishBodySchema,
  pushedSchema,
  pushParams,
  syncSchema,
} from "#lib/directory/schemas.ts";
import { actionsBodySchema, endBodySchema } from "#lib/impersonation/schemas.ts";
import { endCauses } from "#lib/vocabulary.ts";
import type { Operation } from "./document.ts";

const unauthenticated = "The client is not known, or did not prove that it is the one it names.";
const noSync = "You have no such sync.";
const tooLarge = "Larger than 1 MiB.";
const notJson = "Not application/json.";

const tooOften = "Asked too often: `Retry-After` says after how many seconds it is answered again.";

/** Members that say why a session is over. */
const ended = {
  ended_at: z.iso.datetime(),
  ended_cause: z.enum(endCauses),
  ended_by: z.string().nullable(),
  ended_comment: z.string().nullable(),
  return_url: z.url(),
  again_url: z.url().nullable().meta({
    description:
      "Where the actor can ask for the same once more: a form that is filled in, and sent by nobody but them.",
  }),
};

/** Every operation under `/api/v1` (DESIGN §6). */
export const operations: readonly Operation[] = [
  {
    method: "put",
    path: "/api/v1/directory",
    id: "putDirectory",
    summary: "Say who your customers are",
    description:
      "Idempotent: what is known already is brought up to date, what is not named stays. Read and stored as it arrives, 5,000 lines at a time, however long it is. In those accounts come before their users, users before their tickets. A line that cannot be taken is an error of that line; the others count. A tier, an `impersonation` or a `vip` that is stricter than what is in force holds at once; one that is looser is taken and waits for a manager, until whom the stricter holds. Push with `sync` to bring the whole directory.",
    query: pushParams,
    request: {
      type: "application/x-ndjson",
      schema: directoryLine,
      description:
        "One such object on each line, of at most 64 KiB. `Content-Encoding: gzip` is taken.",
    },
    answer: { description: "What was taken, and what was not.", schema: pushedSchema },
    problems: {
      429: tooOften,
      400: "The parameters are not what they should be, or the body broke off.",
      401: unauthenticated,
      404: noSync,
      409: "The sync takes nothing more, or lines before `from_line` are missing: see `last_line`.",
      413: "The body unpacks to more than 200 times its size.",
      415: "Not application/x-ndjson, or packed by something else than gzip.",
    },
  },
  {
    method: "post",
    path: "/api/v1/directory/syncs",
    id: "beginSync",
    summary: "Begin to bring the whole directory",
    description:
      "Then push everything with `sync`, in any number of requests, and finish it. A product has one sync at a time: one that was not finished is abandoned by this, or when nothing came for a day.",
    answer: { status: 201, description: "The sync is open.", schema: syncSchema },
    problems: { 429: tooOften, 401: unauthenticated },
  },
  {
    method: "get",
    path: "/api/v1/directory/syncs/{id}",
    id: "readSync",
    summary: "See how far a sync got",
    answer: { description: "How it stands.", schema: syncSchema },
    problems: { 429: tooOften, 401: unauthenticated, 404: noSync },
  },
  {
    method: "post",
    path: "/api/v1/directory/syncs/{id}/finish",
    id: "finishSync",
    summary: "Finish a sync: whom you did not name is gone",
    description:
      "Users are deactivated, accounts are closed to standing in, tickets are closed. Nothing is deleted, and who is named later is back. What any push named since the sync began is not gone. Idempotent; cut off, it goes on when asked again.",
    request: { type: "application/json", schema: finishBodySchema },
    answer: { description: "It is finished.", schema: syncSchema },
    problems: {
      429: tooOften,
      400: "The body is not what it should be.",
      401: unauthenticated,
      404: noSync,
      409: "`has_errors`: lines were not taken, more than `rejected` says. `would_empty`: more than a fifth would be gone, and more than `gone` says. `conflict`: it was abandoned.",
      413: tooLarge,
      415: notJson,
    },
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
      429: tooOften,
      404: "No such session of yours.",
      413: tooLarge,
      415: notJson,
    },
  },
  {
    method: "post",
    path: "/api/v1/sessions/{sid}/look",
    id: "narrowSession",
    summary: "Go from acting to looking, in the same session",
    description:
      "For the actor who asks for it in your product, without a question and for good: from this answer on introspection says `scope: read`, whatever the token says, and every attempt is refused. Time, approvals and token stay what they are. Takes no body. Idempotent. Going back to acting is another request: see `acting` in introspection.",
    answer: {
      description: "It is for looking only; or it is over, and why.",
      schema: z.object({
        active: z.boolean(),
        scope: z.literal("read").optional(),
        ...z.object(ended).partial().shape,
      }),
    },
    problems: {
      401: unauthenticated,
      429: tooOften,
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
      429: tooOften,
      404: "No such session of yours.",
      413: tooLarge,
      415: notJson,
    },
  },
];
