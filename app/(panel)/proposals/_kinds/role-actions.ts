"use server";
import { acceptRole } from "#lib/roster/accept-role.ts";
import { decisionOf } from "./decision-of.ts";

export const decideRole = decisionOf(acceptRole);
