"use server";
import { liftSchema, liftStop, stopAll, stopSchema } from "#lib/impersonation/stop-all.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

const permission = "change_settings";

export const stopEverything = staffAction({ permission, input: stopSchema, run: stopAll });
export const liftTheStop = staffAction({ permission, input: liftSchema, run: liftStop });
