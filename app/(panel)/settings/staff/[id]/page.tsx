import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { StaffDisc } from "#components/people.tsx";
import { Card } from "#components/ui/card.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { readWouldEnd } from "#lib/impersonation/would-end.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readOpenOf } from "#lib/proposals/queries.ts";
import { type ProposedOfStaff, proposedOfStaff } from "#lib/roster/proposed.ts";
import { readSamePerson } from "#lib/staff/link-person.ts";
import { readGrants, readPerson } from "#lib/staff/people.ts";
import { may } from "#lib/staff/rights.ts";
import { timeZones } from "#lib/staff/schemas.ts";
import { givenName } from "../../../_words/given-name.ts";
import { one, type Query } from "../../../_words/one.ts";
import { Details } from "../_components/details.tsx";
import { doneWords } from "../_components/done-words.ts";
import { endsInWords } from "../_components/ends-in-words.ts";
import { Grants } from "../_components/grants.tsx";
import { Here } from "../_components/here.tsx";
import { OnePerson } from "../_components/one-person.tsx";
import { ProposedNotes } from "../_components/proposed-notes.tsx";
import { StaffForm } from "../_components/staff-form.tsx";
import { StandingForm } from "../_components/standing-form.tsx";
import "../../../customers/_components/customers.css";

export const metadata: Metadata = { title: "Staff" };

type Props = { params: Promise<{ id: string }>; searchParams: Query };

export default async function PersonPage({ params, searchParams }: Props) {
  const ctx = await requireStaff("see_settings");
  const id = idSchema.safeParse((await params).id);
  const person = id.success ? await readPerson(ctx.db, id.data) : null;
  if (!person) notFound();
  const [grants, others, now, ends, waiting] = await Promise.all([
    readGrants(ctx.db, person.id),
    readSamePerson(ctx.db, person.id),
    serverTime(ctx),
    readWouldEnd(ctx, person.id),
    readOpenOf(ctx, { staffId: person.id }),
  ]);
  const held = grants.filter(({ revokedAt }) => !revokedAt);
  const { zone } = ctx.actor;
  const isOwn = person.id === ctx.actor.id;
  const isMine = others.some(({ id }) => id === ctx.actor.id);
  const changes = may(ctx.actor, "change_settings") && !isOwn && !isMine;
  const waits = (of: ProposedOfStaff["of"]) =>
    waiting.some(({ after }) => proposedOfStaff(after)?.of === of);
  const did = doneWords[one((await searchParams).did) ?? ""];
  return (
    <Page
      crumbs={[{ label: "Staff", href: "/settings/staff" }, { label: person.name }]}
      title={person.name}
      sign={<StaffDisc name={person.name} size="large" />}
      facts={
        <>
          {person.status !== "active" && <Mark icon="ban">Suspended</Mark>}
          {person.kind === "service" && <Mark icon="gear">Service account</Mark>}
          <span>{person.email}</span>
        </>
      }
    >
      {did && <Note role="status" icon="check" title={did} />}
      <ProposedNotes waiting={waiting} />
      <div className="beside">
        <div className="stack">
          {changes && person.status === "active" ? (
            <Card title="Who they are, what they may do" id="who">
              <StaffForm
                person={{
                  ...person,
                  roles: held.map(({ role }) => role),
                  lookingOnly: held.some(({ lookingOnly }) => lookingOnly),
                  held: held.map(({ id }) => id),
                }}
                zones={timeZones}
                zone={zone}
              />
            </Card>
          ) : (
            <Details person={person} />
          )}
          <Card title="Roles, held and once held" id="grants" flush>
            <Grants grants={grants} now={now} zone={zone} />
          </Card>
        </div>
        <div className="stack">
          <Here ctx={ctx} person={person} now={now} />
          {changes && !waits("status") && (
            <Card title={person.status === "active" ? "Suspend" : "Let in again"} id="standing">
              <StandingForm
                key={person.status}
                staffId={person.id}
                given={givenName(person.name)}
                active={person.status === "active"}
                byTwo={held.some(({ role }) => role === "admin")}
                ends={endsInWords(ends)}
              />
            </Card>
          )}
          {person.kind === "person" && (
            <Card
              title={others.length > 0 ? "Same person as" : "One person, more accounts"}
              id="one-person"
            >
              <OnePerson
                staffId={person.id}
                email={person.email}
                given={givenName(person.name)}
                others={others}
                changes={changes}
                isParting={waits("person")}
              />
            </Card>
          )}
          {isOwn && (
            <Note title="This is you">Nobody changes their own record. Ask another admin.</Note>
          )}
          {isMine && (
            <Note title="This is you, by another account">
              Nobody changes their own record. Ask another admin.
            </Note>
          )}
        </div>
      </div>
    </Page>
  );
}
