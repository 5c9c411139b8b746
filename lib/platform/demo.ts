import { env } from "./env.ts";

/** What exists only in demo mode: a product to try; null elsewhere. */
export const demo = (): { ledgerUrl: string } | null =>
  env().DEMO ? { ledgerUrl: env().LEDGER_URL } : null;

/** People without passwords: of a demo only, and of none that has a company's sign-on. */
export const hasPersonas = (): boolean => env().DEMO && env().signOn === null;

/** The company's sign-on as the sign-in page names it; null where there is none. */
export const companySignOn = (): { name: string | null } | null => env().signOn;

/** The claim of the sign-on's token that names groups; null where there is no sign-on. */
export const companyGroups = (): string | null => env().signOn?.groupsClaim ?? null;
