import { StanceMark, TierMark } from "#components/marks.tsx";
import { SubjectDisc } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import type { Subject } from "#lib/directory/queries.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Decision } from "#lib/policy/decide.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { Approver } from "#lib/staff/queries.ts";
import { sensitivityWords } from "#lib/vocabulary-labels.ts";
import { approvalTitle, capital, listed, whoCan } from "../../../../_components/words.ts";

type SubjectCardProps = {
  ctx: Ctx<StaffActor>;
  subject: Subject;
  decision: Decision;
  policy: Policy;
  approvers: Approver[];
};

/** Whom the form is about, and why an approval is or is not needed, and who can give it. */
export function SubjectCard({ ctx, subject, decision, policy, approvers }: SubjectCardProps) {
  const now = new Date();
  return (
    <section className="card whom" aria-label="Whom">
      <div className="subject">
        <SubjectDisc name={subject.name} size="large" />
        <div className="who gap-0.5">
          <strong lang={subject.lang ?? undefined} className="wrap-anywhere">
            {subject.name}
          </strong>
          <span className="sm soft wrap-anywhere">
            {subject.email} · {subject.role}
            {subject.isVip && " · VIP"}
          </span>
          <span className="sm soft">
            {subject.account.name} · <TierMark tier={subject.account.tier} inline /> ·{" "}
            {subject.lastSeenAt ? (
              <>
                last seen <Time at={subject.lastSeenAt} now={now} zone={ctx.actor.zone} />
              </>
            ) : (
              "never signed in"
            )}{" "}
            <StanceMark stance={subject.account.stance} />
          </span>
        </div>
        <ButtonLink href="/">Choose another</ButtonLink>
      </div>
      {decision.kind === "needs_approval" ? (
        <Note tone="accent" title={`${approvalTitle(decision.approvals)} first`}>
          <p className="sm">
            {reasonFor(decision.because)}, and policy {policy.version} wants{" "}
            {decision.approvals === 1 ? "one manager’s yes" : "two managers’ yes"}.{" "}
            {whoCan(approvers)} You cannot approve your own request.
          </p>
        </Note>
      ) : (
        <Note icon="check" title="No approval is needed">
          <p className="sm">
            The account is standard and {subject.name} neither owns it nor is a VIP, so policy{" "}
            {policy.version} lets you start at once. Your reason is on record.
          </p>
        </Note>
      )}
    </section>
  );
}

function reasonFor(because: readonly (keyof typeof sensitivityWords)[]): string {
  return capital(listed(because.map((one) => sensitivityWords[one])));
}
