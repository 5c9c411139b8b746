import { Mark } from "#components/ui/mark.tsx";
import type { ProposalStatus } from "#lib/vocabulary.ts";

const shapes = {
  pending: ["half", "Waiting"],
  accepted: ["check", "Accepted"],
  declined: ["x", "Declined"],
  withdrawn: ["left", "Withdrawn"],
  lapsed: ["clock", "Lapsed"],
} as const;

/** What became of a proposal. */
export function ProposalMark({ status }: { status: ProposalStatus }) {
  const [icon, words] = shapes[status];
  return (
    <Mark
      icon={icon}
      tone={status === "declined" ? "problem" : status === "pending" ? "accent" : "plain"}
    >
      {words}
    </Mark>
  );
}
