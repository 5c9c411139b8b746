import { env } from "./env.ts";

/** What exists only in demo mode: personas without passwords, and a product to try; null elsewhere. */
export const demo = (): { ledgerUrl: string } | null =>
  env().DEMO ? { ledgerUrl: env().LEDGER_URL } : null;
