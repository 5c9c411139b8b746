import type { PaletteAnswer, PaletteItem } from "#components/keys/palette-answer.ts";
import { readFinding } from "#lib/findings/read-finding.ts";
import { readSessionByNumber } from "#lib/impersonation/by-number.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { findingNumber, proposalNumber, requestNumber, sessionNumber } from "#lib/kernel/ids.ts";
import { readProposal } from "#lib/proposals/queries.ts";
import { readRequestByNumber } from "#lib/requests/by-number.ts";
import { may } from "#lib/staff/rights.ts";
import type { ProposalKind } from "#lib/vocabulary.ts";
import { detectorWords } from "#lib/vocabulary-labels.ts";

const proposalWords: Record<ProposalKind, string> = {
  flag: "A customer",
  policy: "A change of the policy",
  role: "A role for somebody",
};

type Read = (ctx: Ctx<StaffActor>, number: number) => Promise<PaletteItem | null>;

/** By the letter before its number; each as its own page lets this reader see it. */
const readers: Record<string, Read> = {
  r: async (ctx, number) => {
    if (!may(ctx.actor, "see_queue")) return null;
    const found = await readRequestByNumber(ctx, number);
    return (
      found && {
        href: `/requests/${found.id}`,
        label: `${found.actor} for ${found.subject}`,
        lang: null,
        second: found.account,
        number: requestNumber(number),
        face: "inbox",
      }
    );
  },
  s: async (ctx, number) => {
    if (!may(ctx.actor, "read_audit")) return null;
    const found = await readSessionByNumber(ctx, number);
    return (
      found && {
        href: `/sessions/${found.id}`,
        label: `${found.actor} as ${found.subject}`,
        lang: null,
        second: found.account,
        number: sessionNumber(number),
        face: found.endedAt ? "list" : "live",
      }
    );
  },
  f: async (ctx, number) => {
    const found = may(ctx.actor, "see_findings") ? await readFinding(ctx, number) : null;
    return (
      found && {
        href: `/findings/${number}`,
        label: `${detectorWords[found.detector]}, ${found.actor.name}`,
        lang: null,
        second: found.status === "open" ? "open" : "disposed of",
        number: findingNumber(number),
        face: "flag",
      }
    );
  },
  p: async (ctx, number) => {
    const found = may(ctx.actor, "decide_proposals") ? await readProposal(ctx, { number }) : null;
    return (
      found && {
        href: `/proposals/${number}`,
        label: found.subjectName ?? found.accountName ?? proposalWords[found.kind],
        lang: null,
        second: found.status === "pending" ? "waits for a second person" : found.status,
        number: proposalNumber(number),
        face: "two",
      }
    );
  },
};

/** "R-20618", "s41128", or a bare number that could be any of them. */
const numberPattern = /^([rsfp]?)[-\s]?(\d{1,9})$/i;

/** What has this number, as people write it; without its letter, whatever has it. */
export async function numbered(ctx: Ctx<StaffActor>, q: string): Promise<PaletteAnswer["groups"]> {
  const [, letter = "", digits] = numberPattern.exec(q.trim()) ?? [];
  if (digits === undefined || (letter === "" && digits.length < 3)) return [];
  const wanted = letter ? [letter.toLowerCase()] : Object.keys(readers);
  const found = await Promise.all(wanted.map((one) => readers[one]?.(ctx, Number(digits)) ?? null));
  const items = found.filter((item) => item !== null);
  return items.length > 0 ? [{ title: "By number", items }] : [];
}
