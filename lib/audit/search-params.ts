import { z } from "zod";
import { typedText } from "#lib/kernel/typed-text.ts";
import { effects, events } from "#lib/vocabulary.ts";

const id = z.uuid().optional().catch(undefined);
// In the calendar, and of a year that PostgreSQL and we write alike.
const day = z.iso
  .date()
  .refine((text) => text > "2000" && text < "3000")
  .optional()
  .catch(undefined);

/** The filters of the audit log as they stand in its URL: one parser for page, table and pager. */
export const auditParams = z.object({
  actor: id,
  subject: id,
  account: id,
  session: id,
  request: id,
  event: z
    .preprocess((v) => (v === undefined ? undefined : [v].flat()), z.array(z.enum(events)))
    .optional()
    .catch(undefined),
  resource: typedText.pipe(z.string().min(1).max(200)).optional().catch(undefined),
  ticket: typedText.pipe(z.string().toUpperCase().min(1).max(40)).optional().catch(undefined),
  effect: z.enum(effects).optional().catch(undefined),
  writes: z.literal("1").optional().catch(undefined),
  /** Days in UTC, both included. */
  from: day,
  to: day,
  before: z.string().max(200).optional().catch(undefined),
  after: z.string().max(200).optional().catch(undefined),
});
export type AuditParams = z.infer<typeof auditParams>;
