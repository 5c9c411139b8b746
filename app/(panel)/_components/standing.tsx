import { Note } from "#components/ui/note.tsx";
import type { PersonRow } from "./person-row.ts";
import { approvalTitle, capital, listed, whoCan } from "./words.ts";

type StandingProps = {
  row: PersonRow;
  /** How many approvals the policy wants for who is sensitive. */
  approvals: number;
  approvers: { name: string; atWork: boolean }[];
  /** Who may give the approval is told to those who may ask for it. */
  standsIn: boolean;
};

/** Whether somebody may stand in for this person, and why. */
export function Standing({ row, approvals, approvers, standsIn }: StandingProps) {
  if (row.refusal)
    return (
      <Note
        icon="ban"
        title={`${row.isElsewhere ? "You cannot" : "Nobody can"} stand in: ${row.refusal.short.toLowerCase()}`}
      >
        <p className="sm">{row.refusal.message}</p>
      </Note>
    );
  if (row.can === "ready")
    return (
      <Note icon="check" title="No approval is needed">
        <p className="sm">
          The account is standard, and this person neither owns it nor is a VIP. An agent may start
          at once, with a reason.
        </p>
      </Note>
    );
  return (
    <Note tone="accent" title={approvalTitle(approvals)}>
      <p className="sm">
        {capital(listed(row.because))}. {standsIn && whoCan(approvers)}
      </p>
    </Note>
  );
}
