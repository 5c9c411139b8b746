import type { AuditParams } from "#lib/audit/search-params.ts";
import { address, type Params } from "../_filters/address.ts";

/** The filters of an address without the page's place in the list, which a changed filter makes void. */
export function filtersOf({ before: _b, after: _a, ...filters }: AuditParams): Params {
  return filters;
}

export const auditAddress = (params: Params): string => address("/audit", params);
