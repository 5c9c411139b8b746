import type { Metadata } from "next";
import { absolute, cityOf } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import { namesThen, readCampaign } from "#lib/evidence/pack/campaign.ts";
import { decisionsOf } from "#lib/evidence/pack/decisions.ts";
import { itemColumns } from "#lib/evidence/pack/fields.ts";
import { readItems } from "#lib/evidence/pack/items.ts";
import { noteLook, refuseGuest, requireGuest } from "#lib/platform/require-guest.ts";
import { periodTitle } from "#lib/reviews/rules.ts";

export const metadata: Metadata = { title: "Item of a review" };

type Props = { params: Promise<{ slug: string; number: string }> };

export default async function AuditorItemPage({ params }: Props) {
  const guest = await requireGuest();
  const { ctx } = guest;
  const { slug, number: text } = await params;
  const campaign = await readCampaign(ctx, slug);
  const number = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0;
  const names = campaign ? await namesThen(ctx.db, campaign) : new Map<string, string>();
  const [item] = campaign
    ? await readItems(ctx.db, campaign.id, { after: number - 1, upTo: number, limit: 1 }, names)
    : [];
  if (!campaign || !item)
    return refuseGuest(guest, `an item that is not of the period: ${slug.slice(0, 80)}`);
  const decisions = await decisionsOf(ctx.db, campaign.id, number, names);
  await noteLook(guest, `item ${number} of the review ${slug}: ${item.name}`, {
    review: slug,
    item: number,
  });
  const { zone } = campaign;
  const title = periodTitle(campaign.firstDay, campaign.lastDay);
  return (
    <Page
      title={`${item.name}, ${item.role}`}
      actions={<PrintButton />}
      lead={`Item ${number} of the access review, ${title}`}
      crumbs={[
        { label: "Evidence", href: "/auditor" },
        { label: title, href: `/auditor/reviews/${slug}` },
        { label: `Item ${number}` },
      ]}
    >
      <Card flush title="Decisions" id="decisions">
        {decisions.length === 0 ? (
          <Empty level="h3" kind="nothing" icon="review" title="Nobody decided">
            {item.endedAt
              ? "The role was taken before the review opened: there was nothing left to decide."
              : "Until somebody does, the item is undecided, never approved."}
          </Empty>
        ) : (
          <Table caption="Decisions on the item, oldest first">
            <thead>
              <tr>
                <Th>When ({cityOf(zone)})</Th>
                <Th>By</Th>
                <Th>Decision</Th>
                <Th>Why</Th>
                <Th>Conflict check</Th>
              </tr>
            </thead>
            <tbody>
              {decisions.map((one) => (
                <tr key={one.id}>
                  <td className="nowrap">{absolute(one.at, zone)}</td>
                  <td className="min-w-32">{one.byName ?? "Policy"}</td>
                  <td>{one.decision}</td>
                  <td className="wide wrap-anywhere">{one.justification}</td>
                  <td className="wide soft">{one.conflictCheck}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      <Card title="Every field" id="fields" className="fields">
        <DescriptionList
          items={itemColumns(slug).map(({ head, of }) => {
            const value = of(item);
            const shown = value instanceof Date ? value.toISOString() : value;
            return [
              head,
              shown === null || shown === undefined || shown === "" ? "–" : String(shown),
            ];
          })}
        />
      </Card>
    </Page>
  );
}
