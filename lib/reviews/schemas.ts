import { z } from "zod";

/** The days of a review, both included, in the company's zone. */
export const periodSchema = z
  .object({
    firstDay: z.iso.date("Give the first day, such as 2026-10-01."),
    lastDay: z.iso.date("Give the last day, such as 2026-12-31."),
  })
  .refine(({ firstDay, lastDay }) => firstDay <= lastDay, {
    path: ["lastDay"],
    message: "The last day comes after the first.",
  });
export type PeriodInput = z.infer<typeof periodSchema>;
