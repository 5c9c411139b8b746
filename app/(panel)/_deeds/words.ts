import type { Deed } from "#lib/impersonation/deeds.ts";

/** Whether a product said of a write that nothing came of it. */
export const hasFailed = ({ status }: Pick<Deed, "status">): boolean =>
  status !== null && status >= 400;
