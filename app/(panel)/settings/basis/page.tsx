import type { Metadata } from "next";
import { number } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Page } from "#components/ui/page.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { dayWords } from "#lib/kernel/days.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { ticketWords } from "#lib/policy/rule-words.ts";
import { saidValue } from "#lib/policy/said-value.ts";
import { readTermsAccepted } from "#lib/policy/terms-accepted.ts";
import { may } from "#lib/staff/rights.ts";
import { basisWords } from "#lib/vocabulary-labels.ts";
import { capital } from "../../_components/words.ts";

export const metadata: Metadata = { title: "Lawful basis" };

export default async function BasisPage() {
  const ctx = await requireStaff("see_settings");
  const policy = await readPolicy(ctx);
  const accepted = await readTermsAccepted(ctx);
  const { terms } = policy;
  return (
    <Page
      title="Lawful basis"
      lead="What an agent may stand in for and on which basis, and the clause that tells customers of it. Texts to start from lie in docs/compliance; counsel reads them."
      actions={
        <>
          <PrintButton />
          {may(ctx.actor, "change_settings") && (
            <ButtonLink variant="primary" icon="pen" href="/settings/basis/change">
              Change it…
            </ButtonLink>
          )}
        </>
      }
    >
      <Card id="reasons" title="Reasons" flush>
        <Table caption="Reasons with their lawful basis" twoLines>
          <thead>
            <tr>
              <Th>Reason</Th>
              <Th>Lawful basis</Th>
              <Th>Ticket</Th>
            </tr>
          </thead>
          <tbody>
            {policy.reasons.map(({ category, label, hint, basis, ticket }) => (
              <tr key={category}>
                <RowHead className="wide">
                  <span className="who">
                    <span>{label}</span>
                    <small>{hint}</small>
                  </span>
                </RowHead>
                <td>{capital(basisWords[basis])}</td>
                <td>{capital(ticketWords[ticket])}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Card>
      <Card id="terms" title="The terms">
        <DescriptionList
          items={[
            [
              "Clause",
              /^https?:\/\//.test(terms.url) ? (
                <a key="url" href={terms.url} rel="noreferrer" target="_blank">
                  {terms.url}
                </a>
              ) : (
                terms.url || "–"
              ),
            ],
            ["Version", terms.version || "–"],
            ["Date", terms.date ? dayWords(terms.date) : "–"],
            [
              "Where an account did not accept it",
              terms.missing === "allow"
                ? "Nothing more is asked for"
                : capital(saidValue("terms.missing", terms.missing)),
            ],
          ]}
        />
      </Card>
      <Card id="accepted" title="Which version accounts accepted" flush>
        {accepted.length === 0 ? (
          <Empty level="h3" kind="nothing" icon="doc" title="No accounts yet">
            The product says it of each account when it pushes its customers.
          </Empty>
        ) : (
          <Table caption="Accounts by the version of the terms that they accepted">
            <thead>
              <tr>
                <Th>Version</Th>
                <Th numeric>Accounts</Th>
                <Th>It is</Th>
              </tr>
            </thead>
            <tbody>
              {accepted.map(({ version, accounts }) => (
                <tr key={version ?? ""}>
                  <td>{version ?? <span className="faint">None said</span>}</td>
                  <td className="n">
                    {number(accounts)}
                    <span className="folded"> {accounts === 1 ? "account" : "accounts"}</span>
                  </td>
                  <td className="wide">
                    {version !== null && version === terms.version ? (
                      <Mark icon="check">The present one</Mark>
                    ) : (
                      saidMissing[terms.missing]
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      <p className="sm soft">
        Each change is a version of the <PlainLink href="/settings/policy">policy</PlainLink>, with
        its reason and who accepted it.
      </p>
    </Page>
  );
}

const saidMissing = {
  allow: "Not the present one",
  approval: "Not the present one: an approval is needed",
  refuse: "Not the present one: nobody may stand in",
};
