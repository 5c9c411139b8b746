import type { ItemParams } from "#lib/reviews/items.ts";
import { address } from "../_filters/address.ts";

export const reviewPath = (slug: string): string => `/reviews/${slug}`;

/** Its items, or a part of them. */
export const itemsAddress = (slug: string, params: ItemParams): string =>
  address(
    itemsPath(slug),
    Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value?.toString()])),
  );
export const itemsPath = (slug: string): string => `${reviewPath(slug)}/list`;
