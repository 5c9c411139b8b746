"use server";
import { acceptLooser } from "#lib/directory/loosen-flag.ts";
import { decisionOf } from "./decision-of.ts";

/** Another manager accepts that a flag gets looser, or declines. */
export const acceptFlagProposal = decisionOf(acceptLooser);
