import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { StaffDisc } from "#components/people.tsx";
import { Sentence } from "#components/sentence.tsx";
import { Card } from "#components/ui/card.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Page } from "#components/ui/page.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { readHistoryOf } from "#lib/findings/history.ts";
import { readFindings } from "#lib/findings/list.ts";
import { lookAtUsual } from "#lib/findings/look-at-usual.ts";
import { readFinding } from "#lib/findings/read-finding.ts";
import { findingNumber } from "#lib/kernel/ids.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { detectorWords } from "#lib/vocabulary-labels.ts";
import { givenName } from "../../_words/given-name.ts";
import { Due, StatusMark } from "../_components/marks.tsx";
import { AnswerCard } from "./_components/answer-card.tsx";
import { EvidenceTable } from "./_components/evidence-table.tsx";
import { HistoryCard } from "./_components/history-card.tsx";
import { NotYours, Outcome } from "./_components/outcome.tsx";
import { TriageForm } from "./_components/triage-form.tsx";
import { UsualTable } from "./_components/usual-table.tsx";
import "../findings.css";

type Props = { params: Promise<{ number: string }> };

const findingOf = cache(async (address: string) => {
  const ctx = await requireStaff("see_findings");
  const number = /^f?-?(\d{1,9})$/i.exec(decodeURIComponent(address))?.[1];
  return { ctx, finding: number ? await readFinding(ctx, Number(number)) : null };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { finding } = await findingOf((await params).number);
  if (!finding) return { title: "Finding" };
  return { title: `${findingNumber(finding.number)}, ${finding.actor.name}` };
}

export default async function FindingPage({ params }: Props) {
  const { ctx, finding } = await findingOf((await params).number);
  if (!finding) notFound();
  const { actor, other, at } = finding;
  const { zone } = ctx.actor;
  const usual = await lookAtUsual(ctx, finding);
  const history = await readHistoryOf(ctx, finding);
  const isOpen = finding.status === "open";
  const next = isOpen ? undefined : (await readFindings(ctx, {}, 1)).rows[0];
  const due = <Due named at={finding.dueAt} now={at} zone={zone} />;
  return (
    <Page
      title={`${detectorWords[finding.detector]}: ${actor.name}`}
      crumbs={[
        { label: "Findings", href: "/findings" },
        { label: findingNumber(finding.number), mono: true },
      ]}
      sign={<StaffDisc name={actor.name} size="large" />}
      facts={
        <>
          {isOpen ? <Mark icon="flag">Open</Mark> : <StatusMark status={finding.status} />}
          <span>
            {actor.team}
            {finding.manager && `, reports to ${finding.manager}`}
          </span>
          {other && <span>with {other.name}</span>}
          <PlainLink href={`/findings?actor=${actor.id}`}>
            All about {givenName(actor.name)}
          </PlainLink>
        </>
      }
      actions={<PrintButton />}
    >
      <div className="finding">
        <div className="stack">
          <Card flush id="what" title="What happened">
            <p className="in explanation">
              <Sentence text={finding.explanation} />
            </p>
            <EvidenceTable finding={finding} zone={actor.zone} />
          </Card>
          <AnswerCard finding={finding} zone={zone} />
          {usual && <UsualTable usual={usual} name={actor.name} detector={finding.detector} />}
          <HistoryCard entries={history} now={at} zone={zone} />
        </div>
        {!isOpen ? (
          <Outcome finding={finding} zone={zone} next={next?.number ?? null} />
        ) : finding.refusal ? (
          <NotYours finding={finding} zone={zone} />
        ) : (
          <TriageForm findingId={finding.id} given={givenName(actor.name)} due={due} />
        )}
      </div>
    </Page>
  );
}
