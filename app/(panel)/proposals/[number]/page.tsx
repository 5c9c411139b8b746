import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { StaffDisc, Who } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Page } from "#components/ui/page.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { proposalNumber } from "#lib/kernel/ids.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { overtakenBy } from "#lib/policy/overtaken.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { readEffects } from "#lib/policy/preview.ts";
import { proposedPolicy } from "#lib/policy/schemas.ts";
import { readProposal } from "#lib/proposals/queries.ts";
import { statusAt } from "#lib/proposals/rules.ts";
import { Effects } from "../../settings/policy/_components/effects.tsx";
import { Changes } from "../_components/changes.tsx";
import { Standing } from "../_components/standing.tsx";
import { ProposalMark } from "../_components/status.tsx";
import { kinds } from "../_kinds/kinds.ts";
import "../proposals.css";

type Props = { params: Promise<{ number: string }> };

const proposalOf = cache(async (address: string) => {
  const ctx = await requireStaff("decide_proposals");
  const number = /^p?-?(\d{1,9})$/i.exec(decodeURIComponent(address))?.[1];
  return { ctx, proposal: number ? await readProposal(ctx, { number: Number(number) }) : null };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { proposal } = await proposalOf((await params).number);
  if (!proposal) return { title: "Proposal" };
  return { title: `${proposalNumber(proposal.number)}, ${kinds[proposal.kind].title(proposal)}` };
}

export default async function ProposalPage({ params }: Props) {
  const { ctx, proposal } = await proposalOf((await params).number);
  if (!proposal) notFound();
  const { zone, id } = ctx.actor;
  const kind = kinds[proposal.kind];
  const changes = kind.changes(proposal);
  const place = kind.place(proposal);
  const rules =
    statusAt(proposal, proposal.at) === "pending" ? proposedPolicy.safeParse(proposal).data : null;
  const effects = rules ? await readEffects(ctx.db, rules.before.body, rules.after.body) : null;
  const { version } = await currentPolicy(ctx.db);
  return (
    <Page
      title={kind.title(proposal)}
      crumbs={[
        { label: "Waiting for a second person", href: "/proposals" },
        { label: proposalNumber(proposal.number), mono: true },
      ]}
      facts={
        <>
          <ProposalMark status={statusAt(proposal, proposal.at)} />
          <span>{kind.name}</span>
          {place && <PlainLink href={place.href}>{place.label}</PlainLink>}
        </>
      }
    >
      <div className="second">
        <div className="stack">
          <Card id="what" title="What would change" flush>
            <Changes changes={changes} caption="Before and after" />
          </Card>
          {effects && (
            <Card id="effects" title="In your directory, as it is now">
              <Effects effects={effects} />
            </Card>
          )}
          <Card id="why" title="Why">
            <div className="stack">
              <Quote large>{proposal.reason}</Quote>
              <DescriptionList
                items={[
                  [
                    "Proposed by",
                    <Who
                      key="by"
                      disc={<StaffDisc name={proposal.proposedByName} size="small" />}
                      name={proposal.proposedByName}
                    />,
                  ],
                  ["At", <Time key="at" at={proposal.proposedAt} now={proposal.at} zone={zone} />],
                  [
                    "Void after",
                    <Time
                      key="lapses"
                      at={proposal.lapsesAt}
                      now={proposal.at}
                      zone={zone}
                      style="dated"
                    />,
                  ],
                ]}
              />
            </div>
          </Card>
        </div>
        <Standing
          proposal={proposal}
          overtaken={rules ? overtakenBy(version, rules.before.version) : null}
          readerId={id}
          zone={zone}
        />
      </div>
    </Page>
  );
}
