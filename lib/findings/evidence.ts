import { z } from "zod";
import type { Detector } from "#lib/vocabulary.ts";

/** One thing that a finding is about: a session, a request, or an entry of something that came to neither. */
export const itemSchema = z.object({
  id: z.guid(),
  of: z.enum(["session", "request", "entry"]),
  /** ISO 8601, UTC. */
  at: z.string(),
  number: z.int().nullable(),
  /** Whose it is, where that is not the finding's actor. */
  agent: z.string().nullable(),
  subjectId: z.guid().nullable(),
  subject: z.string().nullable(),
  accountId: z.guid().nullable(),
  account: z.string().nullable(),
  /** Whether an open ticket of the account was assigned to the actor at the time. */
  explained: z.boolean(),
  /** What the detector says of this one in particular. */
  note: z.string().nullable(),
  /** How many of what the detector counts. */
  count: z.int(),
});
export type Item = z.infer<typeof itemSchema>;

/** What a finding is about, and not only told beside it: what no ticket explains, or what goes beyond a ticket. */
export const isMeant = (detector: Detector, { explained }: Item): boolean =>
  !explained || whateverTicket.includes(detector);

const whateverTicket: readonly Detector[] = ["beyond_ticket", "break_glass", "look_closer"];

/** What the words of a finding are made from. */
export const evidenceSchema = z.object({
  items: z.array(itemSchema),
  figures: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** The same as it is stored: what another version wrote must neither stop the worker nor hide the finding. */
export const storedEvidence = evidenceSchema.catch({ items: [], figures: {} });

/** A pattern that a detector found: everything that belongs to it, whether or not some of it was found before. */
export type Found = {
  detector: Detector;
  actorId: string;
  otherId: string | null;
  subjectId: string | null;
  accountId: string | null;
  evidence: Evidence;
};
