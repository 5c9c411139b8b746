import { cache } from "react";
import { readSessionPage } from "#lib/impersonation/queries.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { currentStaff } from "#lib/platform/require-staff.ts";

/** The session of an address for whoever is signed in, read once for title and page; null for unknown and forbidden. */
export const readSession = cache(async (id: string) => {
  const { ctx } = await currentStaff();
  return ctx && idSchema.safeParse(id).success ? readSessionPage(ctx, id) : null;
});
