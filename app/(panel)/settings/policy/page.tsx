import type { Metadata } from "next";
import { z } from "zod";
import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { proposalNumber } from "#lib/kernel/ids.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { readScheduled, readVersions } from "#lib/policy/versions.ts";
import { readOpenOf } from "#lib/proposals/queries.ts";
import { may } from "#lib/staff/rights.ts";
import { one, type Query } from "../../_words/one.ts";
import { WithdrawAhead } from "./_components/ahead.tsx";
import { History } from "./_components/history.tsx";
import { InForce } from "./_components/in-force.tsx";
import { policySections } from "./sections.ts";
import "./policy.css";

export const metadata: Metadata = { title: "Policy" };

const version = z.coerce.number().int().min(1).max(2_000_000_000).optional().catch(undefined);

export default async function PolicyPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("see_settings");
  const before = version.parse(one((await searchParams).before));
  const [policy, now] = await Promise.all([readPolicy(ctx), serverTime(ctx)]);
  const scheduled = await readScheduled(ctx);
  const waiting = await readOpenOf(ctx, { kind: "policy" });
  const { versions, older } = await readVersions(ctx, { before });
  const changes = may(ctx.actor, "change_settings");
  const { zone } = ctx.actor;
  return (
    <Page
      width="wide"
      title="Policy"
      lead="The company’s own rules for standing in. A change has a reason and is on record; what is looser waits for a second person."
      facts={
        <span>
          Policy {policy.version}. In force since:{" "}
          <Time at={policy.inForceFrom} now={now} zone={zone} style="dated" />
        </span>
      }
      actions={
        <>
          <PrintButton />
          {changes && (
            <ButtonLink variant="primary" icon="pen" href="/settings/policy/change">
              Change the policy…
            </ButtonLink>
          )}
        </>
      }
    >
      {waiting.map((one) => (
        <Note
          key={one.id}
          tone="accent"
          title={`${proposalNumber(one.number)} waits for a second person`}
        >
          <p>
            {one.proposedByName} proposed it,{" "}
            <Time at={one.proposedAt} now={now} zone={zone} style="ago" />:{" "}
            <PlainLink href={`/proposals/${proposalNumber(one.number)}`}>look at it</PlainLink>.
          </p>
        </Note>
      ))}
      {scheduled && (
        <Card id="ahead" title={`Policy ${scheduled.version} lies ahead`}>
          <div className="stack s">
            <p>
              In force from <Time at={scheduled.inForceFrom} now={now} zone={zone} style="dated" />{" "}
              on, by {scheduled.changedBy ?? "the set-up"}. What is different in it stands below.
            </p>
            {changes && <WithdrawAhead version={scheduled.version} />}
          </div>
        </Card>
      )}
      <InForce policy={policy} sections={policySections} />
      <p className="sm soft">
        Reasons, their lawful basis and the terms:{" "}
        <PlainLink href="/settings/basis">Lawful basis</PlainLink>.
      </p>
      <History
        versions={versions}
        older={older ? `/settings/policy?before=${older}#versions` : null}
        now={now}
        zone={zone}
      />
    </Page>
  );
}
