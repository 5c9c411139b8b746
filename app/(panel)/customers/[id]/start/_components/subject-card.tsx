import { StanceMark, TierMark } from "#components/marks.tsx";
import { SubjectDisc } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import type { Subject } from "#lib/directory/queries.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { wantedOfYou } from "#lib/policy/requirement-words.ts";
import type { Requirement } from "#lib/policy/requirements.ts";
import type { Approver } from "#lib/staff/queries.ts";
import type { Scope, Sensitivity } from "#lib/vocabulary.ts";
import { sensitivityWords } from "#lib/vocabulary-labels.ts";
import { capital, listed, wantedTitle, whoCan } from "../../../../_components/words.ts";
import type { StandingNow } from "../standing-now.ts";

type SubjectCardProps = {
  ctx: Ctx<StaffActor>;
  subject: Subject;
  /** What makes them sensitive. */
  because: readonly Sensitivity[];
  /** Whose approval looking and acting want. */
  wants: Record<Scope, readonly Requirement[]>;
  policy: Policy;
  approvers: Approver[];
  /** What was approved for the reader and stands. */
  standing: readonly StandingNow[];
};

/** Whom the form is about, and why an approval is or is not needed, and who can give it. */
export function SubjectCard({
  ctx,
  subject,
  because,
  wants,
  policy,
  approvers,
  standing,
}: SubjectCardProps) {
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
      {wants.read.length > 0 ? (
        <Note tone="accent" title={`${wantedTitle(wants.read)} first`}>
          <p className="sm">
            {because.length > 0 ? `${reasonFor(because)}, and policy` : "Policy"} {policy.version}{" "}
            wants {yes(wants.read)}. {whoCan(approvers)} You cannot approve your own request.
            {standing.map((one) => (
              <strong key={one.id} className="font-medium">
                {` ${one.by} approved for ${one.ticket} until ${one.until}: with that ticket you start at once.`}
              </strong>
            ))}
            <MoreToAct wants={wants} />
          </p>
        </Note>
      ) : (
        <Note
          icon="check"
          title={wants.write.length > 0 ? "No approval is needed to look" : "No approval is needed"}
        >
          <p className="sm">
            {because.length === 0 &&
              `The account is standard and ${subject.name} neither owns it nor is a VIP, so policy ${policy.version} lets you start at once. `}
            Your reason is on record.
            <MoreToAct wants={wants} />
            {wants.write.length > 0 && ` ${whoCan(approvers)}`}
          </p>
        </Note>
      )}
    </section>
  );
}

/** Where acting wants more than looking does. */
function MoreToAct({ wants }: Pick<SubjectCardProps, "wants">) {
  const words = wantedOfYou(wants.write);
  if (wants.write.length === 0 || words === wantedOfYou(wants.read)) return null;
  return ` To act, ${words} must approve.`;
}

/** "one manager’s yes", "the yes of your own manager and somebody of compliance". */
function yes(wanted: readonly Requirement[]): string {
  const [only, ...more] = wanted;
  if (only?.by === "manager" && more.length === 0)
    return only.votes === 1 ? "one manager’s yes" : "two managers’ yes";
  return `the yes of ${wantedOfYou(wanted)}`;
}

function reasonFor(because: readonly Sensitivity[]): string {
  return capital(listed(because.map((one) => sensitivityWords[one])));
}
