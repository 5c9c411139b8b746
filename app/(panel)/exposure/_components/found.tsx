import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import type { ExposureOf } from "#lib/evidence/exports/schemas.ts";
import type { Exposure } from "#lib/evidence/look-at-exposure.ts";
import { noticeWords } from "#lib/evidence/notice-words.ts";
import { counted } from "#lib/findings/spoken-time.ts";
import { dayWords, periodDays } from "#lib/kernel/days.ts";
import { CopyText } from "../../_components/copy-text.tsx";
import { address } from "../../_filters/address.ts";
import { number } from "../../audit/exports/words.ts";
import { Accounts } from "./accounts.tsx";
import { Amount } from "./amount.tsx";
import { Days } from "./days.tsx";

type FoundProps = {
  found: Exposure;
  of: ExposureOf;
  exporting: boolean;
  /** The address of this page; the place is added to it. */
  here: Record<string, string>;
};

/** How far it reached: in numbers, in words for the notice, by kind of data, by person. */
export function Found({ found, of, exporting, here }: FoundProps) {
  const { totals, kinds, accounts, people, next, beside } = found;
  if (totals.sessions === 0 && !beside?.times && !beside?.taken)
    return (
      <Empty card kind="no-match" title="Nobody was reached in these days">
        {`There is no session ${of.of === "actor" ? "of" : "in"} ${found.name} from ${dayWords(of.from)} to ${dayWords(of.to)}, days in UTC.`}
      </Empty>
    );
  return (
    <>
      <Card
        title={`What ${found.name} reached`}
        id="totals"
        aside={<span className="sm soft">{periodDays(of.from, of.to)}, days in UTC</span>}
      >
        <Numbers totals={totals} beside={beside} />
      </Card>
      <Card
        title="For the notice within 72 hours"
        id="notice"
        aside={<CopyText from="notice-text" />}
      >
        <div className="stack notice">
          <p id="notice-text">{noticeWords(found, of)}</p>
          <p className="sm faint">
            Numbers of persons and records as GDPR Art. 33(3)(a) asks for them. What else the notice
            needs – likely consequences, measures, whom to ask – Alongside does not know.
          </p>
        </div>
      </Card>
      <Card title="Kinds of data" id="kinds" flush>
        {kinds.length === 0 ? (
          <Empty level="h3" kind="nothing" icon="doc" title="The product named no kinds of data">
            It names them with what it reports of each action.
          </Empty>
        ) : (
          <Table caption="Kinds of data, most people first" className="amounts">
            <thead>
              <tr>
                <Th>Kind</Th>
                <Th numeric>People</Th>
                <Th numeric>Seen</Th>
                <Th numeric>Changed</Th>
              </tr>
            </thead>
            <tbody>
              {kinds.map((row) => (
                <tr key={row.kind}>
                  <RowHead className="wide">{row.kind}</RowHead>
                  <td className="n num">
                    <Amount n={row.subjects} one="person" many="people" />
                  </td>
                  <td className="n num">
                    <Amount n={row.seen} one="seen" many="seen" />
                  </td>
                  <td className="n num">
                    <Amount n={row.written} one="changed" many="changed" />
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      <Accounts accounts={accounts} all={totals.accounts} />
      <Card
        title="People"
        id="people"
        flush
        aside={
          exporting && (
            <ButtonLink href={address("/exposure/export", here)} icon="download">
              Export…
            </ButtonLink>
          )
        }
      >
        <Table twoLines caption="People who were reached" className="amounts exposed">
          <thead>
            <tr>
              <Th>Person</Th>
              <Th numeric>Sessions</Th>
              <Th numeric>Reads</Th>
              <Th numeric>Writes</Th>
              <Th>First and last (UTC)</Th>
              <Th>Kinds of data</Th>
            </tr>
          </thead>
          <tbody>
            {people.map((row) => (
              <tr key={row.id}>
                <RowHead className="wide">
                  <span className="who">
                    <PlainLink href={`/customers/${row.id}`} lang={row.lang ?? undefined}>
                      {row.name}
                    </PlainLink>
                    <small>{row.account}</small>
                  </span>
                </RowHead>
                <td className="n num">
                  <PlainLink
                    href={address("/sessions", {
                      subject: row.id,
                      actor: of.of === "actor" ? of.id : undefined,
                      from: of.from,
                      to: of.to,
                    })}
                    aria-label={`${counted(row.sessions, "session")} for ${row.name}`}
                  >
                    <Amount n={row.sessions} one="session" />
                  </PlainLink>
                  {row.acting > 0 && <span className="faint">, {row.acting} acting</span>}
                </td>
                <td className="n num">
                  <Amount n={row.reads} one="read" />
                </td>
                <td className="n num">
                  <Amount n={row.writes} one="write" />
                  {row.exports > 0 && (
                    <span className="faint">
                      , {row.exports} {row.exports === 1 ? "export" : "exports"}
                    </span>
                  )}
                </td>
                <td className="num">
                  <Days first={row.first} last={row.last} />
                </td>
                <td className="wide kinds">{row.kinds.join(", ") || "–"}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Card>
      {(next || here.after) && (
        <div className="row">
          {here.after && (
            <ButtonLink href={address("/exposure", { ...here, after: undefined })}>
              First
            </ButtonLink>
          )}
          {next && (
            <ButtonLink href={address("/exposure", { ...here, after: next })}>More</ButtonLink>
          )}
        </div>
      )}
    </>
  );
}

const Numbers = ({ totals, beside }: Pick<Exposure, "totals" | "beside">) => (
  <Facts
    items={(
      [
        ["People", number(totals.subjects)],
        ["Accounts", number(totals.accounts)],
        ["Sessions", number(totals.sessions)],
        ["of them acting", number(totals.acting)],
        ["Reads", number(totals.reads)],
        ["Writes", number(totals.writes)],
        ["Exports in the product", number(totals.exports)],
        ["Records opened", number(totals.resources)],
        ["Refused", number(totals.refused)],
        ...(beside
          ? ([
              ["People opened in Alongside", number(beside.opened)],
              ["Files taken out of Alongside", number(beside.taken)],
            ] as const)
          : []),
      ] as const
    ).map(([of, n]) => ({ of, n, key: of }))}
  />
);
