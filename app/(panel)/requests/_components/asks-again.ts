import type { Refusal, RefusalCode } from "#lib/kernel/result.ts";

const codes: readonly RefusalCode[] = ["used", "lapsed", "needs_approval"];

/** Whether a start was refused for what only a new request mends. */
export const asksAgain = ({ code }: Refusal): boolean => codes.includes(code);
