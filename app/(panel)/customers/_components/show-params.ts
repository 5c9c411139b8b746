import { z } from "zod";
import { address } from "../../_filters/address.ts";

/** What of the past a page of a customer shows by itself, by its address. */
export const shows = ["sessions", "changes", "requests"] as const;
export type Show = (typeof shows)[number];

const cursor = z.string().max(200).optional().catch(undefined);

/** A cursor that we did not write is the first page. */
export const showParams = z.object({
  show: z.enum(shows).optional().catch(undefined),
  before: cursor,
  after: cursor,
});
export type ShowParams = z.infer<typeof showParams>;

/** The page of `path` that shows this. */
export const showing = (path: string, show: Show, place: Record<string, string> = {}): string =>
  address(path, { show, ...place });
