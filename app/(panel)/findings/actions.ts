"use server";
import { answer } from "#lib/findings/answer.ts";
import { dispose } from "#lib/findings/dispose.ts";
import { answerSchema, disposeSchema } from "#lib/findings/schemas.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

/** Their manager or compliance says what a finding was. */
export const disposeOfFinding = staffAction({
  permission: "dispose_findings",
  input: disposeSchema,
  run: dispose,
});

/** Whoever was asked about a finding says why. */
export const answerFinding = staffAction({
  permission: "answer_findings",
  input: answerSchema,
  run: answer,
});
