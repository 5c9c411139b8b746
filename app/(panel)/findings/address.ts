import type { FindingParams } from "#lib/findings/search-params.ts";
import { findingNumber } from "#lib/kernel/ids.ts";
import { address, type Params } from "../_filters/address.ts";

/** The filters of an address without the page's place in the list, which a changed filter makes void. */
export function filtersOf({ before: _b, after: _a, ...filters }: FindingParams): Params {
  return filters;
}

export const findingsAddress = (params: Params): string => address("/findings", params);

export const findingPath = (number: number): string => `/findings/${findingNumber(number)}`;
