import { proposalNumber } from "#lib/kernel/ids.ts";

export const proposalPath = (number: number): string => `/proposals/${proposalNumber(number)}`;
