import { number } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import type { Account } from "#lib/directory/queries.ts";
import { readAccountFlags } from "#lib/directory/read-flags.ts";
import { readPast } from "#lib/impersonation/queries.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { approversOf } from "#lib/staff/queries.ts";
import { may, reach } from "#lib/staff/rights.ts";
import { listed } from "../../../../_components/words.ts";
import { stanceSentences } from "../../../_components/account-facts.tsx";
import { noneOf, titleOf } from "../../../_components/before-words.ts";
import { Flags } from "../../../_components/flags.tsx";
import { openProposals } from "../../../_components/open-proposals.ts";
import { PastBeside } from "../../../_components/past-beside.tsx";
import { showing } from "../../../_components/show-params.ts";

type BesideProps = { ctx: Ctx<StaffActor>; account: Account; path: string; now: Date };

/** Beside the users of an account: what standing in needs, its flags, who stood in last. */
export async function Beside({ ctx, account, path, now }: BesideProps) {
  const { db, actor } = ctx;
  const [policy, approvers, past, flags, proposals] = await Promise.all([
    currentPolicy(db),
    approversOf(db, actor.id),
    readPast(ctx, { accountId: account.id }, {}, 5),
    readAccountFlags(db, account.id),
    openProposals(ctx, account.id, null),
  ]);
  const far = reach(actor, "read_audit");
  const customer = { kind: "account", ...account } as const;
  return (
    <div className="stack">
      <Card
        title={may(actor, "start") ? "Before you stand in" : "Before somebody stands in"}
        id="before-start"
      >
        <DescriptionList
          narrow
          items={[
            ["Approval", approvalWords(account, policy.approvals.sensitive)],
            may(actor, "start") && account.stance !== "closed"
              ? ["By", listed(approvers.map((one) => one.name)) || "Nobody now"]
              : ["By", null],
            ["To stand in", account.notTheirs && `Not yours. ${account.notTheirs}`],
            ["Standing in", stanceSentences[account.stance]],
            ["Region", account.region],
            ["Open tickets", number(account.openTickets)],
            ["Policy", `Number ${policy.version}`],
          ]}
        />
      </Card>
      <Flags
        flags={flags}
        of={{ kind: "account", id: account.id, name: account.name }}
        product={account.product.name}
        proposals={proposals}
        mayChange={may(actor, "change_flags")}
        now={now}
        zone={actor.zone}
      />
      <PastBeside
        title={titleOf("sessions", customer, far)}
        sessions={past.rows}
        all={past.older ? showing(path, "sessions") : null}
        now={now}
        zone={actor.zone}
        actorId={actor.id}
        none={`${noneOf("sessions", customer, far).title}.`}
      />
    </div>
  );
}

function approvalWords(account: { tier: string; stance: string }, approvals: number): string {
  if (account.stance === "closed") return "None can be given";
  const who = approvals === 1 ? "One manager" : "Two managers";
  if (account.stance === "opted_out") return `${who}, because the account has opted out`;
  if (account.tier !== "standard") return `${who}, because the account is ${account.tier}`;
  return `For its owner and VIPs: ${who.toLowerCase()}. For others none`;
}
