import { TierMark } from "#components/marks.tsx";
import { number } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { Subject } from "#lib/directory/queries.ts";
import type { AccountStance } from "#lib/vocabulary.ts";

/** What an account says about standing in, in a sentence. */
export const stanceSentences: Record<AccountStance, string> = {
  allowed: "Allowed",
  opted_out: "Opted out: an approval always",
  closed: "Closed: never",
};

export function AccountFacts({ account }: { account: Subject["account"] }) {
  return (
    <Card title="Account" id="account">
      <DescriptionList
        narrow
        items={[
          [
            "Name",
            <PlainLink key="name" href={`/customers/accounts/${account.id}`}>
              {account.name}
            </PlainLink>,
          ],
          ["Tier", <TierMark key="tier" tier={account.tier} inline />],
          ["Standing in", stanceSentences[account.stance]],
          ["Region", account.region],
          ["Users", number(account.users)],
          [
            "Product id",
            <span key="id" className="mono">
              {account.externalId}
            </span>,
          ],
        ]}
      />
    </Card>
  );
}
