import { RowKeys } from "#components/keys/row-keys.tsx";
import { StaffDisc, Who } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th, Tr } from "#components/ui/table.tsx";
import type { Person } from "#lib/staff/people.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";

type PeopleTableProps = {
  people: readonly Person[];
  filtered: boolean;
  previous: string | null;
  next: string | null;
  now: Date;
  zone: string;
};

export function PeopleTable({ people, filtered, previous, next, now, zone }: PeopleTableProps) {
  if (people.length === 0)
    return (
      <Empty
        kind={filtered ? "no-match" : "nothing"}
        title={filtered ? "Nobody matches" : "Nobody yet"}
        action={filtered ? <ButtonLink href="/settings/staff">Clear</ButtonLink> : undefined}
      >
        {filtered ? "Try fewer letters, or another role." : "Add the first person."}
      </Empty>
    );
  return (
    <RowKeys>
      <Table caption="Staff by name" twoLines>
        <thead>
          <tr>
            <Th sorted="ascending">Person</Th>
            <Th>Roles</Th>
            <Th>Team</Th>
            <Th>Reports to</Th>
            <Th>Last here</Th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Tr key={person.id} off={person.status !== "active"}>
              <RowHead className="wide">
                <Who
                  disc={<StaffDisc name={person.name} />}
                  name={
                    <PlainLink className="cell" href={`/settings/staff/${person.id}`} data-row>
                      {person.name}
                    </PlainLink>
                  }
                  second={person.email}
                />
              </RowHead>
              <td>
                <span className="row tight">
                  {person.status !== "active" && <Mark icon="ban">Suspended</Mark>}
                  {person.roles.map((role) => (
                    <Mark key={role}>{roleWords[role].name}</Mark>
                  ))}
                  {person.status === "active" && person.roles.length === 0 && (
                    <span className="faint">None: cannot sign in</span>
                  )}
                </span>
              </td>
              <td>{person.team}</td>
              <td className="hide">
                {person.managerName ?? <span className="faint">Nobody</span>}
              </td>
              <td className="hide nowrap">
                {person.activeAt ? (
                  <Time at={person.activeAt} now={now} zone={zone} />
                ) : (
                  <span className="faint">Never</span>
                )}
              </td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {(previous || next) && (
        <nav className="row pager px-4 py-3" aria-label="Pages">
          {previous && (
            <ButtonLink href={previous} icon="left" rel="prev">
              Before these
            </ButtonLink>
          )}
          {next && (
            <ButtonLink href={next} iconAfter="right" rel="next">
              After these
            </ButtonLink>
          )}
        </nav>
      )}
    </RowKeys>
  );
}
