import { Note } from "#components/ui/note.tsx";
import type { Policy } from "#lib/policy/policy.ts";
import type { PersonRow } from "../../_components/person-row.ts";
import { approvalTitle, capital, listed, whoCan } from "../../_components/words.ts";

type StandingProps = {
  row: PersonRow;
  policy: Policy;
  approvers: { name: string; atWork: boolean }[];
  /** Who may give the approval is told to those who may ask for it. */
  standsIn: boolean;
};

/** Whether somebody may stand in for this person, and why. */
export function Standing({ row, policy, approvers, standsIn }: StandingProps) {
  if (row.refusal)
    return (
      <Note icon="ban" title={`Nobody can stand in: ${row.refusal.short.toLowerCase()}`}>
        {row.refusal.message}
      </Note>
    );
  if (row.can === "ready")
    return (
      <Note icon="check" title="No approval is needed">
        The account is standard and this person neither owns it nor is a VIP. Policy{" "}
        {policy.version} lets an agent start at once, with a reason.
      </Note>
    );
  const because = listed(row.because);
  return (
    <Note tone="accent" title={approvalTitle(policy.approvals.sensitive)}>
      <p className="sm">
        {capital(because)}: so says policy {policy.version}. {standsIn && whoCan(approvers)}
      </p>
    </Note>
  );
}
