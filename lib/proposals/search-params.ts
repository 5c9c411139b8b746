import { z } from "zod";
import { proposalKinds } from "#lib/vocabulary.ts";

const cursor = z.string().max(200).optional().catch(undefined);

/** The list as it stands in the URL. */
export const proposalParams = z.object({
  /** `waiting` unless said otherwise. */
  show: z.enum(["waiting", "decided"]).optional().catch(undefined),
  kind: z.enum(proposalKinds).optional().catch(undefined),
  before: cursor,
  after: cursor,
});
export type ProposalParams = z.infer<typeof proposalParams>;
