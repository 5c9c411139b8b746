import { z } from "zod";
import { detectors, findingStatuses } from "#lib/vocabulary.ts";

const day = z.iso
  .date()
  .refine((text) => text > "2000" && text < "3000")
  .optional()
  .catch(undefined);
const cursor = z.string().max(200).optional().catch(undefined);

/** The filters of the findings as they stand in the URL: one parser for page, table and pager. */
export const findingParams = z.object({
  /** `open` unless said otherwise; `disposed` is each of the others. */
  status: z
    .enum([...findingStatuses, "disposed"])
    .optional()
    .catch(undefined),
  detector: z.enum(detectors).optional().catch(undefined),
  actor: z.uuid().optional().catch(undefined),
  /** Days in UTC, both included: when the last of it happened. */
  from: day,
  to: day,
  before: cursor,
  after: cursor,
});
export type FindingParams = z.infer<typeof findingParams>;
