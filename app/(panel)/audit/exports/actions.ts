"use server";
import { cancelExport, cancelSchema } from "#lib/evidence/exports/cancel.ts";
import {
  startExposureSchema,
  startLogSchema,
  startSessionSchema,
  startSubjectSchema,
} from "#lib/evidence/exports/schemas.ts";
import {
  startExposureExport,
  startLogExport,
  startSessionReport,
  startSubjectReport,
} from "#lib/evidence/exports/start.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

const permission = "export_evidence";
const goTo = ({ id }: { id: string }) => `/audit/exports/${id}`;

/** Compliance starts an export of the log, by the filter of the audit page. */
export const exportLog = staffAction({
  permission,
  input: startLogSchema,
  run: startLogExport,
  goTo,
});

/** One session as a PDF. */
export const exportSession = staffAction({
  permission,
  input: startSessionSchema,
  run: startSessionReport,
  goTo,
});

/** A person's own report. */
export const exportSubject = staffAction({
  permission,
  input: startSubjectSchema,
  run: startSubjectReport,
  goTo,
});

/** What an incident laid open, as a table. */
export const exportExposure = staffAction({
  permission,
  input: startExposureSchema,
  run: startExposureExport,
  goTo,
});

/** Stops one's own export. */
export const cancel = staffAction({
  permission,
  input: cancelSchema,
  run: cancelExport,
  goTo,
});
