import type { ReactNode } from "react";
import { Can } from "#components/marks.tsx";
import { AccountLine, SubjectDisc, Who } from "#components/people.tsx";
import { Seen } from "#components/seen.tsx";
import { Button } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { RowHead, Th, Tr } from "#components/ui/table.tsx";
import { type Carried, withCarried } from "../start/link.ts";
import type { Part } from "./marked.ts";
import { NobodyNamed } from "./nobody-named.tsx";
import type { PersonRow } from "./person-row.ts";
import type { SearchAnswer } from "./search-answer.ts";
import { SearchFailed } from "./search-failed.tsx";
import type { Failure } from "./use-search.ts";
import { type Asked, asked, type Why, whyMatched } from "./why-matched.ts";

type ResultsProps = {
  answer: SearchAnswer;
  isBusy: boolean;
  failure: Failure | null;
  chosen: number;
  standsIn: boolean;
  carried: Carried;
  onChoose: (index: number) => void;
  onClear: () => void;
  onRetry: () => void;
  blank: ReactNode;
  /** The chosen person, beside the list. */
  children: ReactNode;
};

/** Where a row leads: an agent to the start form, with what goes along; others to the person's page. */
export function hrefOf(row: PersonRow, q: string, standsIn: boolean, carried: Carried): string {
  if (!standsIn || row.can === "no") return `/customers/${row.id}`;
  const from = `from=${encodeURIComponent(`/?q=${encodeURIComponent(q)}`)}`;
  const along = withCarried("", carried).slice(1);
  return `/customers/${row.id}/start?${[from, along].filter(Boolean).join("&")}`;
}

export function SearchResults(props: ResultsProps) {
  const { answer, isBusy, failure, chosen, standsIn, carried, onChoose, children } = props;
  if (failure) return <SearchFailed failure={failure} onRetry={props.onRetry} />;
  if (answer.rows.length === 0 && isBusy)
    return (
      <div className="card split">
        <div>
          <div className="skel-row max-fold:hidden" />
          <SkeletonRows rows={7} twoLines />
        </div>
      </div>
    );
  if (answer.rows.length === 0 && answer.q.trim() === "") return props.blank;
  if (answer.rows.length === 0 && answer.pasted?.told)
    return <NobodyNamed pasted={answer.pasted} onClear={props.onClear} />;
  if (answer.rows.length === 0)
    return (
      <Empty
        card
        kind="no-match"
        title={`Nobody matches “${answer.q.trim()}”`}
        action={<Button onClick={props.onClear}>Clear the search</Button>}
      >
        Try fewer letters, the e-mail, the account or the product id. People appear here as soon as
        their product has told us of them.
      </Empty>
    );
  const query = asked(answer.pasted ? "" : answer.q);
  return (
    <section className="card split" aria-label="Results" aria-busy={isBusy || undefined}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid of the combobox above */}
      <table className="t two fold" id="hits" role="grid">
        <caption className="vh">People who match “{answer.q.trim()}”</caption>
        <thead>
          <tr>
            <Th>Person</Th>
            <Th>Account</Th>
            <Th>Last seen</Th>
            <Th>To stand in</Th>
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row, index) => (
            <Tr
              key={row.id}
              id={`hit-${index}`}
              on={index === chosen}
              off={row.can === "no" && standsIn}
              aria-selected={index === chosen}
              aria-disabled={(row.can === "no" && standsIn) || undefined}
              onClick={() => onChoose(index)}
              ref={index === chosen ? keepInView : undefined}
            >
              <Cells
                row={row}
                q={answer.q}
                query={query}
                pasted={answer.pasted?.by}
                standsIn={standsIn}
                carried={carried}
              />
            </Tr>
          ))}
        </tbody>
      </table>
      {children}
    </section>
  );
}

const keepInView = (row: HTMLElement | null) => {
  if (document.activeElement?.id === "q") row?.scrollIntoView({ block: "nearest" });
};

type CellsProps = {
  row: SearchAnswer["rows"][number];
  q: string;
  query: Asked;
  /** What led here instead of what was typed. */
  pasted?: "url" | "ticket";
  standsIn: boolean;
  carried: Carried;
};

function Cells({ row, q, query, pasted, standsIn, carried }: CellsProps) {
  const why = whyMatched(row, query);
  const stance = row.account.stance === "opted_out" ? "opted out" : null;
  const foundByAccountId = isMarked(why.accountId) && !isMarked(why.account);
  return (
    <>
      <RowHead className="wide">
        <Who
          disc={<SubjectDisc name={row.name} service={row.isService} />}
          lang={row.lang}
          name={
            <PlainLink className="cell" href={hrefOf(row, q, standsIn, carried)}>
              <Marked parts={why.name} />
            </PlainLink>
          }
          second={
            <Second row={row} why={why} reason={pasted ? pastedReasons[pasted] : why.reason} />
          }
        />
      </RowHead>
      <td>
        <AccountLine
          name={<Marked parts={why.account} />}
          tier={row.account.tier}
          after={
            foundByAccountId ? (
              <span className="mono">
                <Marked parts={why.accountId} />
              </span>
            ) : (
              [row.role, stance, row.isElsewhere && (row.account.region ?? "No region")]
                .filter(Boolean)
                .join(" · ")
            )
          }
        />
      </td>
      <td className="hide nowrap">{row.email === null ? "–" : <Seen seen={row.seen} />}</td>
      <td>
        <Can can={row.can} title={row.refusal?.message}>
          {row.refusal?.short}
        </Can>
      </td>
    </>
  );
}

const pastedReasons = { url: "by the page", ticket: "by the ticket" };

const isMarked = (parts: Part[]): boolean => parts.some(({ hit }) => hit);

function Marked({ parts }: { parts: Part[] }) {
  return parts.map(({ text, hit }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in order
    hit ? <mark key={index}>{text}</mark> : text,
  );
}

/** The e-mail, or the id where only that tells why the row is here; and in words what the marks do not say. */
function Second({ row, why, reason }: { row: PersonRow; why: Why; reason: string | null }) {
  const byId = isMarked(why.id) && !isMarked(why.email) && !isMarked(why.name);
  return (
    <span className="second">
      <span className={byId ? "mono clamp" : "clamp"}>
        {row.email === null ? "Another team’s" : <Marked parts={byId ? why.id : why.email} />}
      </span>
      {reason && <span className="why">{reason}</span>}
      {why.heard && <span className="vh">, {why.heard}</span>}
    </span>
  );
}
