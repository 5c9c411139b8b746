import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PackCard } from "#app/_evidence/pack-card.tsx";
import { Page } from "#components/ui/page.tsx";
import { isClosed, readCampaign } from "#lib/evidence/pack/campaign.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { periodTitle } from "#lib/reviews/rules.ts";

export const metadata: Metadata = { title: "Evidence pack" };

type Props = { params: Promise<{ slug: string }> };

export default async function PackPage({ params }: Props) {
  const ctx = await requireStaff("export_evidence");
  const { slug } = await params;
  const campaign = await readCampaign(ctx, slug);
  if (!campaign) notFound();
  const title = periodTitle(campaign.firstDay, campaign.lastDay);
  return (
    <Page
      width="form"
      title={`Evidence pack, ${title}`}
      lead="One file that an auditor takes away: what was reviewed, by whom, with what outcome, and that nothing was changed since."
      crumbs={[
        { label: "Access reviews", href: "/reviews" },
        { label: title, href: `/reviews/${slug}` },
        { label: "Evidence pack" },
      ]}
    >
      <PackCard action={`/reviews/${slug}/pack/file`} isClosed={isClosed(campaign)} />
    </Page>
  );
}
