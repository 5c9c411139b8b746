import { eq, type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { preparedSelect } from "#db/prepared.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import type {
  AccountStance,
  Environment,
  HeldReason,
  Tier,
  UserKind,
  UserStatus,
} from "#lib/vocabulary.ts";

/** What the policy needs to know of somebody before anybody stands in for them. */
export type SubjectFacts = {
  subjectId: string;
  externalId: string;
  name: string;
  email: string;
  /** What they are in their account, as the product names it. */
  role: string;
  status: UserStatus;
  kind: UserKind;
  isOwner: boolean;
  isVip: boolean;
  /** What of before they are treated by still. */
  heldBecause: HeldReason[];
  /** By id or by mail: staff are never subjects. */
  isStaff: boolean;
  account: {
    id: string;
    name: string;
    tier: Tier;
    stance: AccountStance;
    region: string | null;
    /** Of the clause that tells of staff access; null where the account accepted none. */
    termsVersion: string | null;
  };
  product: {
    id: string;
    clientId: string;
    name: string;
    origin: string;
    environment: Environment;
  };
};

/** Whether a staff member has this user's mail or id; the schema's `subject_refusal` asks the same. In
 * three, each of which can be looked up for a whole list at once. */
const isStaffSql = sql<boolean>`(exists (select 1 from staff p where lower(p.email) = lower(${subjects.email}))
  or exists (select 1 from staff p where p.id = ${subjects.id})
  or exists (select 1 from staff p where p.id::text = ${subjects.externalId}))`;

export const factsColumns = {
  subjectId: subjects.id,
  externalId: subjects.externalId,
  name: subjects.name,
  email: subjects.email,
  role: subjects.role,
  status: subjects.status,
  kind: subjects.kind,
  isOwner: subjects.isOwner,
  isVip: subjects.isVip,
  heldBecause: subjects.heldBecause,
  isStaff: isStaffSql,
  account: {
    id: accounts.id,
    name: accounts.name,
    tier: accounts.tier,
    stance: accounts.stance,
    region: accounts.region,
    termsVersion: accounts.termsVersion,
  },
  product: {
    id: products.id,
    clientId: products.clientId,
    name: products.name,
    origin: products.origin,
    environment: products.environment,
  },
};

const { account, product, ...ofSubject } = factsColumns;
/** The same columns beside each other, for a prepared select; `factsIn` puts them together again. */
export const flatFactsColumns = {
  ...ofSubject,
  accountId: account.id,
  accountName: account.name,
  tier: account.tier,
  stance: account.stance,
  region: account.region,
  termsVersion: account.termsVersion,
  productId: product.id,
  clientId: product.clientId,
  productName: product.name,
  origin: product.origin,
  environment: product.environment,
};

/** Reads them of the subject `id`, with more columns that a verb needs at the same moment. */
export const factsSelect = <More extends Record<string, SQL>>(name: string, more: More) =>
  preparedSelect(name, { ...flatFactsColumns, ...more }, (builder, columns) =>
    builder
      .select(columns)
      .from(subjects)
      .innerJoin(accounts, eq(accounts.id, subjects.accountId))
      .innerJoin(products, eq(products.id, subjects.productId))
      .where(eq(subjects.id, sql.placeholder("id"))),
  );

const select = factsSelect("facts", {});
type FactsRow = Awaited<ReturnType<typeof select>>[number];

export async function readFacts(tx: Reader, subjectId: string): Promise<SubjectFacts | null> {
  const [row] = await select(tx, { id: subjectId });
  return row ? factsIn(row) : null;
}

/** The facts in a row. Written out: in a list of twenty, taking the columns apart cost more than reading them. */
export const factsIn = (row: FactsRow): SubjectFacts => ({
  subjectId: row.subjectId,
  externalId: row.externalId,
  name: row.name,
  email: row.email,
  role: row.role,
  status: row.status,
  kind: row.kind,
  isOwner: row.isOwner,
  isVip: row.isVip,
  heldBecause: row.heldBecause,
  isStaff: row.isStaff,
  account: {
    id: row.accountId,
    name: row.accountName,
    tier: row.tier,
    stance: row.stance,
    region: row.region,
    termsVersion: row.termsVersion,
  },
  product: {
    id: row.productId,
    clientId: row.clientId,
    name: row.productName,
    origin: row.origin,
    environment: row.environment,
  },
});
