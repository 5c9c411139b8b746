import type { Metadata } from "next";
import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { companyGroups } from "#lib/platform/demo.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readGroups } from "#lib/roster/groups.ts";
import { may } from "#lib/staff/rights.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { one, type Query } from "../../../_words/one.ts";
import { MapForm } from "./_components/map-form.tsx";
import { UnmapForm } from "./_components/unmap-form.tsx";
import "../../../customers/_components/customers.css";

export const metadata: Metadata = { title: "Groups" };

export default async function GroupsPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("see_settings");
  const [groups, now] = await Promise.all([readGroups(ctx), serverTime(ctx)]);
  const changes = may(ctx.actor, "change_settings");
  const did = done[one((await searchParams).did) ?? ""];
  const claim = companyGroups();
  return (
    <Page
      crumbs={[{ label: "Staff", href: "/settings/staff" }, { label: "Groups" }]}
      title="Groups of the sign-on"
      lead="Who is in a group gets its role at their next sign-in, and loses it once they are out. A role that a person gave is never taken by a group; agent and compliance are never given together; the last admin stays."
    >
      {did && <Note role="status" icon="check" title={did} />}
      {claim ? (
        <p className="soft">
          Groups are read from the claim <code>{claim}</code> of the sign-on’s token. Where it is
          missing, or cut short because there are too many, nothing changes.
        </p>
      ) : (
        <Note title="No company’s sign-on is configured here">
          Nobody signs in by an issuer in this demo, so that mappings give nothing. They can be
          tried all the same.
        </Note>
      )}
      <div className="beside">
        <Card title="Mapped" id="mapped" flush>
          {groups.length === 0 ? (
            <Empty level="h3" kind="nothing" title="No group gives a role">
              Roles are given by hand, until a group is mapped.
            </Empty>
          ) : (
            <Table caption="Groups and the roles that they give" twoLines>
              <thead>
                <tr>
                  <Th>Group</Th>
                  <Th>Role</Th>
                  <Th>By it now</Th>
                  <Th>Since</Th>
                  {changes && (
                    <Th>
                      <span className="vh">Take back</span>
                    </Th>
                  )}
                </tr>
              </thead>
              <tbody>
                {groups.map((mapping) => (
                  <tr key={mapping.id}>
                    <RowHead className="wide">{mapping.group}</RowHead>
                    <td>
                      <span className="row tight">
                        <Mark>{roleWords[mapping.role].name}</Mark>
                        {mapping.lookingOnly && <span className="faint">Looking only</span>}
                      </span>
                    </td>
                    <td>{mapping.holders}</td>
                    <td>
                      <Time at={mapping.mappedAt} now={now} zone={ctx.actor.zone} />
                      <br />
                      <span className="faint">{mapping.mappedBy}</span>
                    </td>
                    {changes && (
                      <td>
                        <UnmapForm
                          {...{ id: mapping.id, group: mapping.group, holders: mapping.holders }}
                          role={roleWords[mapping.role].name}
                        />
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
        </Card>
        {changes && (
          <Card title="Map a group" id="map">
            <MapForm />
          </Card>
        )}
      </div>
    </Page>
  );
}

const done: Record<string, string> = {
  mapped: "Mapped. It counts from their next sign-in.",
  proposed: "Proposed. It is mapped once another admin accepts.",
  unmapped: "Taken back. Who held the role by it has it no longer.",
};
