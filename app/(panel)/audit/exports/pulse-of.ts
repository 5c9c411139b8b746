import type { ExportView } from "#lib/evidence/exports/queries.ts";

/** What changes on an export's page while it runs. */
export const pulseOf = ({ status, rowsDone, rowsExpected, bytes }: ExportView) => ({
  status,
  rowsDone,
  rowsExpected,
  bytes,
});
