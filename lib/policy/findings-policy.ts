import { z } from "zod";

const count = (least: number, usual: number) => z.int().min(least).max(100_000).default(usual);

/** From where on a pattern is a finding. Access that is explained (an open ticket of that account assigned to that actor) raises nothing. */
export const findingsPolicy = z.object({
  /** Days to dispose of a finding. */
  dueDays: z.int().min(1).max(60).default(7),
  /** Whether the actor is asked why, the same evening. */
  askActor: z.boolean().default(true),
  /** Unexplained accounts within an hour. */
  accountsInAnHour: count(2, 8),
  /** Unexplained sessions of one actor as one subject within 30 days. */
  sameSubject: count(2, 4),
  /** Writes, and exports, in a session above which it is unusual whatever the actor's usual is. */
  writesInASession: count(1, 20),
  exportsInASession: count(1, 2),
  /** A session with so many times the actor's usual writes. */
  timesTheUsual: z.number().min(1).max(100).default(4),
  /** Requests of one pair within 90 days, and the part of the actor's requests that one approver decides. */
  pairRequests: count(3, 10),
  pairShare: z.number().min(0.5).max(1).default(0.8),
  /** An approval within so many seconds of the ask, and how many of them in 30 days. */
  quickSeconds: count(1, 10),
  quickApprovals: count(1, 3),
  /** Refusals of one actor within an hour. */
  refusalsInARow: count(2, 5),
  /** Days without a session after which an account is dormant. */
  dormantDays: count(7, 60),
});
export type FindingsPolicy = z.infer<typeof findingsPolicy>;
