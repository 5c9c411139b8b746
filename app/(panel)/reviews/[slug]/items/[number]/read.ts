import { notFound } from "next/navigation";
import { cache } from "react";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { itemAddress } from "#lib/reviews/item-schemas.ts";
import { lookAtItem } from "#lib/reviews/look.ts";

/** The item of the address, once per request: looking is an entry. Unknown and forbidden answer alike. */
export const lookedAt = cache(async (slug: string, number: string) => {
  const ctx = await requireStaff("see_reviews");
  const address = itemAddress.safeParse({ slug, number });
  const looked = address.success ? await lookAtItem(ctx, address.data) : null;
  if (!looked?.ok) notFound();
  return { ctx, item: looked.value };
});
