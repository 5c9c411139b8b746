import type { Metadata } from "next";
import { periodWords } from "#app/_evidence/words.ts";
import { RowKeys } from "#components/keys/row-keys.tsx";
import { Who } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th, Tr } from "#components/ui/table.tsx";
import { readGuests } from "#lib/evidence/guests/queries.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { may } from "#lib/staff/rights.ts";
import { address } from "../../_filters/address.ts";
import { one, type Query } from "../../_words/one.ts";
import { AccessMark } from "../_components/access-mark.tsx";

export const metadata: Metadata = { title: "Auditors’ access" };

export default async function GuestsPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("see_evidence");
  const query = await searchParams;
  const place = { before: one(query.before), after: one(query.after) };
  const [{ rows, newer, older }, now] = await Promise.all([
    readGuests(ctx.db, place),
    serverTime(ctx),
  ]);
  const { zone } = ctx.actor;
  return (
    <Page
      title="Auditors’ access"
      lead="Auditors from outside look at one period, until a day, and at nothing else. What each has opened is on record."
      crumbs={[{ label: "Evidence", href: "/evidence" }, { label: "Auditors’ access" }]}
      actions={
        may(ctx.actor, "export_evidence") && (
          <ButtonLink variant="primary" icon="plus" href="/evidence/guests/new">
            Invite an auditor…
          </ButtonLink>
        )
      }
    >
      <Card flush label="Auditors">
        {rows.length === 0 ? (
          <Empty kind="nothing" icon="key" title="Nobody was invited yet">
            Compliance invites an auditor to a period, for thirty days at most.
          </Empty>
        ) : (
          <RowKeys>
            <Table caption="Auditors, the newest invitation first" twoLines>
              <thead>
                <tr>
                  <Th>Auditor</Th>
                  <Th>Period</Th>
                  <Th>Access</Th>
                  <Th>Invited</Th>
                  <Th>Last seen</Th>
                </tr>
              </thead>
              <tbody>
                {rows.map((guest) => (
                  <Tr key={guest.id} off={guest.isOver}>
                    <RowHead className="wide">
                      <Who
                        name={
                          <PlainLink
                            className="cell"
                            href={`/evidence/guests/${guest.id}`}
                            data-row
                          >
                            {guest.name}
                          </PlainLink>
                        }
                        second={guest.firm}
                      />
                    </RowHead>
                    <td className="wide">{periodWords(guest)}</td>
                    <td>
                      <AccessMark guest={guest} now={now} zone={zone} />
                    </td>
                    <td className="hide">
                      <Time at={guest.invitedAt} now={now} zone={zone} /> by {guest.invitedBy}
                    </td>
                    <td className="hide">
                      {guest.lastSeen ? (
                        <Time at={new Date(guest.lastSeen)} now={now} zone={zone} />
                      ) : (
                        <span className="faint">never</span>
                      )}
                    </td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          </RowKeys>
        )}
      </Card>
      <Pager
        perPage={50}
        newer={newer}
        older={older}
        to={(place) => address("/evidence/guests", place)}
      />
    </Page>
  );
}
