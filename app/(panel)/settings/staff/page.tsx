import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { AddChip, Chip, Filters } from "#components/ui/filters.tsx";
import { Input } from "#components/ui/input.tsx";
import { KeyHints, rowHints } from "#components/ui/kbd.tsx";
import { Page } from "#components/ui/page.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { peopleParams, readPeople } from "#lib/staff/people.ts";
import { may } from "#lib/staff/rights.ts";
import { roles } from "#lib/vocabulary.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { address } from "../../_filters/address.ts";
import { one, type Query } from "../../_words/one.ts";
import { PeopleTable } from "./_components/people-table.tsx";
import "../../customers/_components/customers.css";

export const metadata: Metadata = { title: "Staff" };

export default async function StaffPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("see_settings");
  const query = await searchParams;
  const names = ["q", "role", "after", "before"] as const;
  const params = peopleParams.parse(
    Object.fromEntries(names.map((name) => [name, one(query[name])])),
  );
  const [{ people, previous, next }, now] = await Promise.all([
    readPeople(ctx, params),
    serverTime(ctx),
  ]);
  const { q, role } = params;
  const to = (more: Record<string, string | null>) =>
    address("/settings/staff", { q: q || null, role: role ?? null, ...more });
  return (
    <Page
      title="Staff"
      lead="Who may sign in here, and what they may do. They sign in by the company’s sign-on, known by their e-mail."
      actions={
        <>
          <ButtonLink icon="two" href="/settings/staff/groups">
            Groups
          </ButtonLink>
          {may(ctx.actor, "change_settings") && (
            <ButtonLink variant="primary" icon="plus" href="/settings/staff/new">
              Add a person…
            </ButtonLink>
          )}
        </>
      }
    >
      <Filters clear={role ? to({ role: null }) : null}>
        {role ? (
          <Chip field="Role" without={to({ role: null })}>
            {roleWords[role].name}
          </Chip>
        ) : (
          roles.map((name) => (
            <AddChip key={name} href={to({ role: name })}>
              {roleWords[name].name}
            </AddChip>
          ))
        )}
      </Filters>
      <Card
        title="People"
        id="people"
        flush
        aside={
          <form className="find row">
            <label className="vh" htmlFor="find">
              Find by name or e-mail
            </label>
            <Input
              id="find"
              name="q"
              type="search"
              maxLength={200}
              defaultValue={q}
              placeholder="Name or e-mail"
              data-search
            />
            {role && <input type="hidden" name="role" value={role} />}
          </form>
        }
      >
        <PeopleTable
          people={people}
          filtered={q !== "" || role !== undefined}
          previous={previous && to({ before: previous })}
          next={next && to({ after: next })}
          now={now}
          zone={ctx.actor.zone}
        />
      </Card>
      <KeyHints hints={[...rowHints(), { keys: ["/"], does: "find" }]} />
    </Page>
  );
}
