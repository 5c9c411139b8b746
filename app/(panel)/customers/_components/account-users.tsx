import { RowKeys } from "#components/keys/row-keys.tsx";
import { Can, ScopeMark } from "#components/marks.tsx";
import { SubjectDisc, Who } from "#components/people.tsx";
import { Seen } from "#components/seen.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { KeyHints } from "#components/ui/kbd.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th, Tr } from "#components/ui/table.tsx";
import type { Scope } from "#lib/vocabulary.ts";
import type { PersonRow } from "../../_components/person-row.ts";
import { capital } from "../../_components/words.ts";

type AccountUsersProps = {
  path: string;
  q: string;
  rows: PersonRow[];
  previous: string | null;
  next: string | null;
  /** As whom the reader stands in now. */
  live: { subjectId: string; scope: Scope } | null;
  standsIn: boolean;
};

/** The users of an account by name, and how one stands in for each. */
export function AccountUsers(props: AccountUsersProps) {
  const { path, q, rows, previous, next } = props;
  if (rows.length === 0)
    return (
      <Empty
        kind={q ? "no-match" : "nothing"}
        title={q ? `Nobody here matches “${q}”` : "No users yet"}
        action={q ? <ButtonLink href={path}>Clear</ButtonLink> : undefined}
      >
        {q
          ? "Try fewer letters, or search all accounts."
          : "They appear as soon as the product has told us of them."}
      </Empty>
    );
  const at = (cursor: Record<string, string>) =>
    `${path}?${new URLSearchParams({ ...(q && { q }), ...cursor })}`;
  return (
    <RowKeys>
      <Table caption="Users of this account" twoLines>
        <thead>
          <tr>
            <Th sorted={q ? undefined : "ascending"}>Person</Th>
            <Th>Role there</Th>
            <Th>Last seen</Th>
            <Th>To stand in</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <User key={row.id} row={row} {...props} />
          ))}
        </tbody>
      </Table>
      {(previous || next) && (
        <nav className="row pager px-4 py-3" aria-label="Pages">
          {previous && (
            <ButtonLink href={at({ before: previous })} icon="left" rel="prev">
              Before these
            </ButtonLink>
          )}
          {next && (
            <ButtonLink href={at({ after: next })} iconAfter="right" rel="next">
              After these
            </ButtonLink>
          )}
        </nav>
      )}
      <div className="border-t border-line px-4 py-2 max-fold:hidden print:hidden">
        <KeyHints
          hints={[
            { keys: ["J", "K"], does: "move" },
            { keys: ["↵"], does: "person" },
          ]}
        />
      </div>
    </RowKeys>
  );
}

function User({ row, live, standsIn }: AccountUsersProps & { row: PersonRow }) {
  const isLive = live?.subjectId === row.id;
  return (
    <Tr on={isLive} off={row.can === "no"}>
      <RowHead className="wide">
        <Who
          disc={<SubjectDisc name={row.name} service={row.isService} />}
          lang={row.lang}
          name={
            <PlainLink className="cell" href={`/customers/${row.id}`} data-row>
              {row.name}
            </PlainLink>
          }
          second={row.email}
        />
      </RowHead>
      <td>{capital(row.role)}</td>
      <td className="hide nowrap">{row.email === null ? "–" : <Seen seen={row.seen} />}</td>
      <td>
        {isLive ? (
          <ScopeMark scope={live.scope} live>
            You, now
          </ScopeMark>
        ) : live && row.can !== "no" ? (
          <Can can="no" icon="clock">
            After this session
          </Can>
        ) : standsIn && row.can !== "no" ? (
          <PlainLink href={`/customers/${row.id}/start`}>
            <Can can={row.can}>
              {row.can === "ready" ? "Stand in" : "Ask to stand in"}
              <span className="vh"> for {row.name}</span>
            </Can>
          </PlainLink>
        ) : (
          <Can can={row.can} title={row.refusal?.message}>
            {row.refusal?.short}
          </Can>
        )}
      </td>
    </Tr>
  );
}
