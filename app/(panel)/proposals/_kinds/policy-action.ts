"use server";
import { acceptPolicy } from "#lib/policy/accept-policy.ts";
import { decisionOf } from "./decision-of.ts";

/** A second person accepts a looser policy, or declines it. */
export const acceptPolicyProposal = decisionOf(acceptPolicy);
