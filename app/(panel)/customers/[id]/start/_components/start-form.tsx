"use client";
import { type ReactNode, useActionState, useState } from "react";
import { SendKeyHint, sentByKey } from "#components/keys/send-by-key.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { typed, untried } from "#lib/platform/form-state.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { type Environment, type Scope, scopes } from "#lib/vocabulary.ts";
import { useEnter } from "../../../../_components/use-enter.ts";
import { givenName } from "../../../../_words/given-name.ts";
import { CannotWait } from "../../break-glass/_components/carried.tsx";
import { askToStandIn } from "../actions.ts";
import type { FirstAnswers } from "../first-answers.ts";
import type { StandingChoice } from "../standing-choices.ts";
import { coveredBy, type StandingNow } from "../standing-now.ts";
import { Consequences } from "./consequences.tsx";
import { LiveElsewhere } from "./live-elsewhere.tsx";
import { type LiveSession, liveSessionOf } from "./live-session.ts";
import { startLabel } from "./next-call.ts";
import { Questions } from "./questions.tsx";
import { Refusal } from "./refusal.tsx";
import { useFirstQuestion } from "./use-first-question.ts";
import { useInTheWay } from "./use-in-the-way.ts";

export type OpenTicket = { reference: string; title: string; whose: string | null };

export type FormPolicy = Pick<
  Policy,
  | "reasons"
  | "lapseMinutes"
  | "startWithinMinutes"
  | "idleMinutes"
  | "maxMinutes"
  | "exportsInWrite"
> & {
  /** How many this request needs, as it is chosen now; 0 starts at once. */
  approvals: number;
  /** By which earlier approval it starts at once, as it is chosen now. */
  covered: StandingNow | undefined;
  /** For how long an approval may be asked to stand; empty: for this once only. */
  standing: readonly StandingChoice[];
};

/** What the parts of the form know. */
export type PartProps = Omit<StartFormProps, "policy" | "children"> & { policy: FormPolicy };

export type StartFormProps = {
  subject: { id: string; name: string; lang: string | null };
  product: { name: string; environment: Environment };
  policy: Omit<FormPolicy, "approvals" | "covered"> & { approvals: Record<Scope, number> };
  approvers: { name: string; atWork: boolean }[];
  tickets: OpenTicket[];
  /** What was approved for the reader and stands, at this account. */
  standing: StandingNow[];
  answers: FirstAnswers;
  /** Whether the reader may look and never act. */
  looksOnly: boolean;
  /** Whether the reader looks as this very person now: acting then takes its place. */
  looksNow: boolean;
  zone: string;
  /** Whether the policy lets one start without the approval that is needed. */
  glass: boolean;
  /** The reader's own session that lives now. */
  live: LiveSession | null;
  /** Whether something above the form is to be read first. */
  hasNews: boolean;
  /** The card of the person. */
  children: ReactNode;
};

/** The start form and, beside it, what sending it leads to. It works without script: then the aside keeps its first words. */
export function StartForm(props: StartFormProps) {
  const { subject, product, answers, children, ...rest } = props;
  const [state, send] = useActionState(askToStandIn, untried);
  const form = useFirstQuestion(!props.hasNews);
  const [scope, setScope] = useState<Scope>(scopeOf(typed(state, "scope", answers.scope)));
  const [minutes, setMinutes] = useState(Number(typed(state, "minutes", String(answers.minutes))));
  const [ticket, setTicket] = useState(typed(state, "ticket", answers.ticket));
  const covered = coveredBy(props.standing, { ticket, scope, minutes });
  const policy = {
    ...props.policy,
    approvals: covered ? 0 : props.policy.approvals[scope],
    covered,
  };
  const part = { ...rest, subject, product, answers, policy };
  const refused = state.ok === false ? state.error : null;
  const inTheWay = useInTheWay(refused, props.live);
  // From looking to acting nothing is in the way: the one goes on as the other.
  const goesOn = props.looksNow && scope === "write";
  const ends = goesOn ? null : inTheWay.now;
  const started = state.ok === true && state.value.kind === "started" ? state.value : null;

  useEnter(started);

  const given = givenName(subject.name);
  return (
    <div className="start">
      <div className="stack">
        {refused?.code === "invalid" && <ErrorSummary error={refused} />}
        {refused && refused.code !== "invalid" && !liveSessionOf(refused) && (
          <Refusal error={refused} />
        )}
        <form ref={form} action={send} className="stack questions" noValidate {...sentByKey}>
          {children}
          <Questions
            {...part}
            state={state}
            given={given}
            onScope={(value) => setScope(scopeOf(value))}
            onMinutes={(value) => setMinutes(Number(value))}
            onTicket={setTicket}
          />
          <input type="hidden" name="subjectId" value={subject.id} />
          <input type="hidden" name="targetLinkUri" value={answers.targetLinkUri} />
          <input type="hidden" name="returnPath" value={answers.returnPath} />
          <input type="hidden" name="ends" value={ends?.sessionId ?? ""} />
          {inTheWay.last && !started && !goesOn && (
            <LiveElsewhere
              key={inTheWay.last.sessionId}
              session={inTheWay.last}
              isOver={inTheWay.now === null}
              zone={props.zone}
              atOnce={policy.approvals === 0}
              refused={inTheWay.refused}
            />
          )}
          <div className="row">
            {started ? (
              <a className="btn primary lg" href={`/sessions/${started.sessionId}/enter`}>
                Go on to {product.name}
              </a>
            ) : (
              <SubmitButton variant="primary" size="large">
                {policy.approvals > 0 ? "Send to approvers" : startLabel(ends, subject, scope)}
              </SubmitButton>
            )}
            <ButtonLink variant="quiet" size="large" href={answers.returnPath}>
              Cancel
            </ButtonLink>
            {props.glass && <CannotWait subjectId={subject.id} />}
            {!started && <SendKeyHint />}
          </div>
        </form>
      </div>
      <Consequences {...part} given={given} scope={scope} minutes={minutes} />
    </div>
  );
}

const scopeOf = (text: string): Scope => scopes.find((scope) => scope === text) ?? "read";
