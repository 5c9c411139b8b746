import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import type { SubjectFacts } from "#lib/directory/facts.ts";
import { outOfReach } from "#lib/directory/reach.ts";
import type { AccountStance, Scope, Tier } from "#lib/vocabulary.ts";
import type { PolicyBody } from "./policy.ts";
import { requirements, termsMissing, votesNeeded } from "./requirements.ts";

/** Accounts that a policy treats alike, and how many people they have: VIPs, owners, both, and all. */
type Alike = {
  tier: Tier;
  stance: AccountStance;
  region: string | null;
  termsVersion: string | null;
  clientId: string;
  accounts: number;
  people: number;
  vips: number;
  owners: number;
  both: number;
};

export type Effect = {
  key: string;
  /** “Looking needs an approval”. */
  what: string;
  of: "accounts" | "people";
  before: number;
  after: number;
};

/**
 * What two policies come to in this directory. One statement whatever the rules say: it counts the people of each account
 * once, and the accounts by what rules may name.
 */
export async function readEffects(
  db: Reader,
  before: PolicyBody,
  after: PolicyBody,
): Promise<Effect[]> {
  const { rows } = await db.execute<Alike>(alike);
  return effectsOf(rows, before, after);
}

const alike = sql`
  with people as (
    select account_id, count(*) as people, count(*) filter (where is_vip) as vips,
      count(*) filter (where is_owner) as owners, count(*) filter (where is_vip and is_owner) as both
    from subjects where status = 'active' and kind = 'person' group by account_id)
  select a.tier, a.stance, a.region, a.terms_version as "termsVersion", d.client_id as "clientId",
    count(*)::integer as accounts, coalesce(sum(p.people), 0)::integer as people,
    coalesce(sum(p.vips), 0)::integer as vips, coalesce(sum(p.owners), 0)::integer as owners,
    coalesce(sum(p.both), 0)::integer as both
  from accounts a join products d on d.id = a.product_id left join people p on p.account_id = a.id
  where a.stance <> 'closed' group by 1, 2, 3, 4, 5`;

const doing = { read: "Looking", write: "Acting" } as const;

/** The counting, without the database. */
export function effectsOf(
  groups: readonly Alike[],
  before: PolicyBody,
  after: PolicyBody,
): Effect[] {
  const of = (what: string, unit: Effect["of"], count: (body: PolicyBody) => number): Effect => ({
    ...{ key: what, what, of: unit, before: count(before), after: count(after) },
  });
  const scopes = (["read", "write"] as const).flatMap((scope) => [
    of(`${doing[scope]} needs an approval`, "accounts", (body) =>
      accountsFor(groups, body, scope, 1),
    ),
    of(`${doing[scope]} needs an approval`, "people", (body) => peopleFor(groups, body, scope)),
    of(`${doing[scope]} needs two votes`, "accounts", (body) =>
      accountsFor(groups, body, scope, 2),
    ),
  ]);
  const teams = [...new Set([...before.reach, ...after.reach].map(({ team }) => team))];
  return [
    ...scopes,
    of("Nobody may stand in: terms not accepted", "accounts", (body) =>
      counted(groups, (group) => termsMissing(body, factsOf(group).account) === "refuse"),
    ),
    ...teams.map((team) =>
      of(`${team} may stand in`, "accounts", (body) =>
        counted(groups, (group) => outOfReach(team, accountOf(group), body.reach) === null),
      ),
    ),
  ];
}

const counted = (groups: readonly Alike[], is: (group: Alike) => boolean): number =>
  groups.filter(is).reduce((sum, { accounts }) => sum + accounts, 0);

/** Accounts where standing in for somebody who is neither VIP nor owner wants so many votes. */
const accountsFor = (groups: readonly Alike[], body: PolicyBody, scope: Scope, votes: number) =>
  counted(groups, (group) => wanted(group, body, scope, {}) >= votes);

function peopleFor(groups: readonly Alike[], body: PolicyBody, scope: Scope): number {
  return groups.reduce((sum, group) => {
    const needs = (who: Who) => wanted(group, body, scope, who) > 0;
    const { people, vips, owners, both } = group;
    return (
      sum +
      (needs({}) ? people - vips - owners + both : 0) +
      (needs({ isVip: true }) ? vips - both : 0) +
      (needs({ isOwner: true }) ? owners - both : 0) +
      (needs({ isVip: true, isOwner: true }) ? both : 0)
    );
  }, 0);
}

type Who = { isVip?: boolean; isOwner?: boolean };

const wanted = (group: Alike, body: PolicyBody, scope: Scope, who: Who): number =>
  votesNeeded(
    requirements({ ...body, version: 0, inForceFrom: new Date(0) }, factsOf(group, who), scope),
  );

/** The account without anybody of it: which people a rule is about is not counted, some are enough. */
function accountOf(group: Alike) {
  const { account, product } = factsOf(group);
  return { account, product };
}

/** Somebody of these accounts, as far as a policy looks at people. */
const factsOf = (
  { tier, stance, region, termsVersion, clientId }: Alike,
  { isVip = false, isOwner = false }: Who = {},
): SubjectFacts => ({
  ...{
    subjectId: "",
    externalId: "",
    name: "",
    email: "",
    role: "",
    isVip,
    isOwner,
    heldBecause: [],
  },
  ...{ status: "active", kind: "person", isStaff: false },
  account: { id: "", name: "", tier, stance, region, termsVersion },
  product: { id: "", clientId, name: "", origin: "", environment: "production" },
});
