import { DescriptionList } from "#components/ui/description-list.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { AuditRow } from "#lib/audit/queries.ts";
import { requestNumber, sessionNumber } from "#lib/kernel/ids.ts";
import { lawfulBases } from "#lib/vocabulary.ts";
import { basisWords } from "#lib/vocabulary-labels.ts";
import { browserWords } from "../../_words/browser.ts";
import { auditAddress } from "../address.ts";
import { restOf, textOf, whoOf } from "../words.ts";

/** An open entry: who and why, where and when in UTC, and the rest of what it holds. */
export function Entry({ row }: { row: AuditRow }) {
  const rest = restOf(row);
  return (
    <div className="entry">
      <section>
        <h2>Who, for whom, why</h2>
        <DescriptionList narrow items={why(row)} />
      </section>
      <section>
        <h2>Where and when</h2>
        <DescriptionList narrow items={where(row)} />
      </section>
      <section>
        <h2>Payload</h2>
        {rest ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
          <pre tabIndex={0}>{rest}</pre>
        ) : (
          <p className="sm faint">Nothing beyond what stands beside it.</p>
        )}
      </section>
    </div>
  );
}

type Items = Parameters<typeof DescriptionList>[0]["items"];

const Only = ({ href, of }: { href: string; of: string }) => (
  <PlainLink className="xs only" href={href} aria-label={`Only entries of ${of}`}>
    only these
  </PlainLink>
);

function why(row: AuditRow): Items {
  const { body } = row;
  const basis = lawfulBases.find((one) => one === body.lawful_basis);
  const reason = textOf(body.reason);
  const comment = textOf(body.comment);
  const roles = Array.isArray(body.by_roles) ? body.by_roles.join(", ") : null;
  const reported = body.by_kind === "product" && row.actorName ? textOf(body.by) : null;
  return [
    [
      "Actor",
      <>
        {whoOf(row)}{" "}
        {roles && (
          <span className="faint">
            {roles} then{textOf(body.by_team) && `, ${textOf(body.by_team)}`}
          </span>
        )}{" "}
        {row.actorId && <Only href={auditAddress({ actor: row.actorId })} of={whoOf(row)} />}
      </>,
    ],
    ["Reported by", reported],
    [
      "Subject",
      row.subjectId && (
        <>
          <PlainLink href={`/customers/${row.subjectId}`}>
            {row.subjectName ?? row.subjectId}
          </PlainLink>{" "}
          <Only
            href={auditAddress({ subject: row.subjectId })}
            of={row.subjectName ?? "the subject"}
          />
        </>
      ),
    ],
    [
      "Account",
      row.accountId && (
        <>
          <PlainLink href={`/customers/accounts/${row.accountId}`}>
            {row.accountName ?? row.accountId}
          </PlainLink>{" "}
          <Only
            href={auditAddress({ account: row.accountId })}
            of={row.accountName ?? "the account"}
          />
        </>
      ),
    ],
    ["Reason", reason && <Quote>{reason}</Quote>],
    ["Basis", basis && capital(basisWords[basis])],
    ["Ticket", textOf(body.ticket) && <span className="mono">{textOf(body.ticket)}</span>],
    ["Comment", comment && <Quote>{comment}</Quote>],
  ];
}

function where(row: AuditRow): Items {
  const { body } = row;
  const ua = textOf(body.user_agent);
  const from = [textOf(body.ip), ua && browserWords(ua)].filter(Boolean).join(", ");
  return [
    [
      "Happened",
      <time key="at" className="mono" dateTime={row.at.toISOString()}>
        {row.at.toISOString()}
      </time>,
    ],
    [
      "Session",
      row.sessionId && (
        <>
          <PlainLink className="mono" href={`/sessions/${row.sessionId}`}>
            {row.sessionNumber === null ? row.sessionId : sessionNumber(row.sessionNumber)}
          </PlainLink>{" "}
          <Only href={auditAddress({ session: row.sessionId })} of="this session" />
        </>
      ),
    ],
    [
      "Request",
      row.requestId && (
        <>
          <PlainLink className="mono" href={`/requests/${row.requestId}`}>
            {row.requestNumber === null ? row.requestId : requestNumber(row.requestNumber)}
          </PlainLink>{" "}
          <Only href={auditAddress({ request: row.requestId })} of="this request" />
        </>
      ),
    ],
    ["From", from || null],
    ["Policy", typeof body.policy === "number" && body.policy],
    [
      "Entry",
      <span key="id" className="mono faint wrap-anywhere">
        {row.id}
      </span>,
    ],
  ];
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
