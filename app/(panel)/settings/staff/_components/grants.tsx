import { Time } from "#components/time.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { RowHead, Table, Th, Tr } from "#components/ui/table.tsx";
import type { RoleGrant } from "#lib/staff/people.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";

type GrantsProps = { grants: readonly RoleGrant[]; now: Date; zone: string };

/** Every role somebody holds or held: given and taken by whom, when. */
export function Grants({ grants, now, zone }: GrantsProps) {
  if (grants.length === 0)
    return (
      <Empty level="h3" kind="nothing" icon="key" title="No role so far">
        Without a role nobody can sign in.
      </Empty>
    );
  return (
    <Table caption="Roles held and once held" twoLines>
      <thead>
        <tr>
          <Th>Role</Th>
          <Th>Given</Th>
          <Th>Taken</Th>
        </tr>
      </thead>
      <tbody>
        {grants.map((grant) => (
          <Tr key={grant.id} off={grant.revokedAt !== null}>
            <RowHead className="wide">
              {roleWords[grant.role].name}
              {grant.lookingOnly && <span className="faint">, looking only</span>}
            </RowHead>
            <td>
              <span className="who">
                <Time at={grant.grantedAt} now={now} zone={zone} />
                <small>{givenWords(grant)}</small>
              </span>
            </td>
            <td>
              {grant.revokedAt ? (
                <span className="who">
                  <Time at={grant.revokedAt} now={now} zone={zone} />
                  <small>by {grant.revokedBy ?? byWhat(grant)}</small>
                </span>
              ) : (
                "Held"
              )}
            </td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

const givenWords = (grant: RoleGrant): string =>
  grant.leftBy ? `left by ${grant.leftBy} in a review` : `by ${grant.grantedBy ?? byWhat(grant)}`;

const byWhat = ({ issuerGroup }: RoleGrant): string =>
  issuerGroup === null ? "set-up" : `the group “${issuerGroup}”`;
