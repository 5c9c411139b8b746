import { z } from "zod";
import { controlIds } from "./controls.ts";

const day = z.iso
  .date()
  .refine((text) => text > "2000" && text < "3000")
  .optional()
  .catch(undefined);

export const controlSchema = z.enum(controlIds);

/** Lines of a sample; what a person opens one by one. */
export const mostLines = 200;
const usualLines = 25;

/** What an address says of a population and the sample of it: one parser for pages, tables and files. */
export const evidenceParams = z.object({
  from: day,
  to: day,
  /** Present where a sample is asked for. */
  n: z.coerce.number().int().min(1).max(mostLines).optional().catch(usualLines),
  seed: z
    .string()
    .regex(/^\d{1,10}$/)
    .optional()
    .catch(undefined),
  only: z.literal("exceptions").optional().catch(undefined),
  before: z.string().max(200).optional().catch(undefined),
  after: z.string().max(200).optional().catch(undefined),
});
export type EvidenceParams = z.infer<typeof evidenceParams>;
