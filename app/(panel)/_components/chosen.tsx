import { TierMark } from "#components/marks.tsx";
import { SubjectDisc } from "#components/people.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { Carried } from "../start/link.ts";
import { Email } from "./email.tsx";
import type { PersonRow } from "./person-row.ts";
import { hrefOf } from "./results.tsx";
import type { Reader } from "./search.tsx";
import { Standing } from "./standing.tsx";
import { capital } from "./words.ts";

export type Approver = { name: string; atWork: boolean };

type ChosenProps = { row: PersonRow; q: string; reader: Reader; carried: Carried };

/** The chosen row in full. It shows no more than the search knows: tickets and history are on the person's page. */
export function Chosen({ row, q, reader, carried }: ChosenProps) {
  const isKept = row.email === null;
  const goOn = row.can === "ready" ? "Stand in" : "Ask to stand in";
  return (
    <aside className="chosen" aria-label="Chosen person">
      <div className="row fix top">
        <SubjectDisc name={row.name} size="large" service={row.isService} />
        <div className="grow">
          <h2 lang={row.lang ?? undefined} className="wrap-anywhere">
            {row.name}
          </h2>
          <p className="sm soft wrap-anywhere">
            {row.role === "" ? row.account.name : `${capital(row.role)} at ${row.account.name}`}
          </p>
        </div>
      </div>
      <DescriptionList
        narrow
        items={[
          ["E-mail", row.email !== null && <Email key="email">{row.email}</Email>],
          [
            "Product id",
            row.externalId !== null && (
              <span key="id" className="mono">
                {row.externalId}
              </span>
            ),
          ],
          [
            "Account",
            isKept ? (
              row.account.name
            ) : (
              <PlainLink
                key="account"
                className="wrap-anywhere"
                href={`/customers/accounts/${row.account.id}`}
              >
                {row.account.name}
              </PlainLink>
            ),
          ],
          ["Region", row.isElsewhere && (row.account.region ?? "None that we know")],
          ["Tier", <TierMark key="tier" tier={row.account.tier} inline />],
          ["Product", row.product.name],
          ["Last seen", !isKept && (row.seen?.words ?? "Never")],
        ]}
      />
      <Standing row={row} {...reader} />
      {reader.standsIn && row.can !== "no" && (
        <PlainLink
          className={buttonClass({ variant: "primary", size: "large" })}
          href={hrefOf(row, q, true, carried)}
        >
          {goOn} <kbd className="kbd">↵</kbd>
        </PlainLink>
      )}
      {!isKept && (
        <PlainLink className="sm" href={`/customers/${row.id}`}>
          Tickets and history
        </PlainLink>
      )}
    </aside>
  );
}
