import type { ItemParams } from "#lib/reviews/items.ts";
import { address } from "../_filters/address.ts";

export const reviewPath = (slug: string): string => `/reviews/${slug}`;

/** A review's page with this part of its items shown. */
export const itemsAddress = (slug: string, params: ItemParams): string =>
  `${address(
    reviewPath(slug),
    Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value?.toString()])),
  )}#items`;
