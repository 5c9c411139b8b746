import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import type { SubjectFacts } from "#lib/directory/facts.ts";
import { outOfReach } from "#lib/directory/reach.ts";
import type { AccountStance, Scope, Tier } from "#lib/vocabulary.ts";
import type { PolicyBody } from "./policy.ts";
import { requirements, termsMissing, votesNeeded } from "./requirements.ts";

/** Accounts, or people in them, that a policy treats alike: how many. Of accounts it is for an ordinary person of theirs. */
type Alike = {
  tier: Tier;
  stance: AccountStance;
  region: string | null;
  termsVersion: string | null;
  clientId: string;
  accounts: number;
  people: number;
} & Pick<SubjectFacts, "isVip" | "isOwner" | "heldBecause">;

export type Effect = {
  key: string;
  /** “Looking needs an approval”. */
  what: string;
  of: "accounts" | "people";
  before: number;
  after: number;
};

/**
 * What two policies come to in this directory. One statement whatever the rules say: it counts accounts and people by what
 * rules may name, whoever is treated as before by that. Whom nobody may stand in for, closed before or now, is in no number.
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
  with open as (
    select a.id, a.tier, a.stance, a.region, a.terms_version as "termsVersion", d.client_id as "clientId"
    from accounts a join products d on d.id = a.product_id where a.stance <> 'closed'),
  people as (
    select account_id, is_vip as "isVip", is_owner as "isOwner", held_because as "heldBecause", count(*) as people
    from subjects where status = 'active' and kind = 'person' and not 'closed' = any (held_because) group by 1, 2, 3, 4)
  select tier, stance, region, "termsVersion", "clientId", count(*)::integer as accounts, 0 as people,
    false as "isVip", false as "isOwner", '{}'::text[] as "heldBecause"
  from open group by 1, 2, 3, 4, 5
  union all
  select tier, stance, region, "termsVersion", "clientId", 0, sum(people)::integer, "isVip", "isOwner", "heldBecause"
  from open join people p on p.account_id = open.id group by 1, 2, 3, 4, 5, 8, 9, 10`;

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
  counted(groups, (group) => wanted(group, body, scope) >= votes);

const peopleFor = (groups: readonly Alike[], body: PolicyBody, scope: Scope): number =>
  groups
    .filter((group) => wanted(group, body, scope) > 0)
    .reduce((sum, { people }) => sum + people, 0);

const wanted = (group: Alike, body: PolicyBody, scope: Scope): number =>
  votesNeeded(
    requirements({ ...body, version: 0, inForceFrom: new Date(0) }, factsOf(group), scope),
  );

/** The account without anybody of it: which people a rule is about is not counted, some are enough. */
function accountOf(group: Alike) {
  const { account, product } = factsOf(group);
  return { account, product };
}

/** Somebody of these accounts, as far as a policy looks at people. */
const factsOf = ({
  tier,
  stance,
  region,
  termsVersion,
  clientId,
  ...group
}: Alike): SubjectFacts => ({
  ...{ subjectId: "", externalId: "", name: "", email: "", role: "" },
  ...{ isVip: group.isVip, isOwner: group.isOwner, heldBecause: group.heldBecause },
  ...{ status: "active", kind: "person", isStaff: false },
  account: { id: "", name: "", tier, stance, region, termsVersion },
  product: { id: "", clientId, name: "", origin: "", environment: "production" },
});
