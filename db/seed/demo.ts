import { createHash } from "node:crypto";
import { eq, max } from "drizzle-orm";
import { v7 } from "uuid";
import { connect, type Transaction, transaction } from "#db/client.ts";
import { products } from "#db/schema/directory.ts";
import { policyVersions } from "#db/schema/policy.ts";
import { staff, staffRoles } from "#db/schema/staff.ts";
import { companyZone, dayIn, spanOf } from "./history/calendar.ts";
import { foundedAt, leftAt } from "./history/people.ts";
import policy14 from "./policy-14.json" with { type: "json" };
import policy15 from "./policy-15.json" with { type: "json" };
import policy16 from "./policy-16.json" with { type: "json" };
import { emailOf, people } from "./staff.ts";

const monthMs = 30 * 86_400_000;

export type DemoSeed = { ownerUrl: string; ledgerUrl: string; ledgerClientSecret: string };

/**
 * The demo's staff, policy and product, written as the owner. Again and again: what is there stays as it was made
 * since, but the product's addresses and secret follow the configuration.
 */
export async function seedDemo(seed: DemoSeed): Promise<void> {
  const { db, pool } = connect(seed.ownerUrl, 1);
  try {
    await transaction(db, async (tx) => {
      const span = spanOf(dayIn(companyZone, new Date()));
      await seedStaff(tx, foundedAt(span), leftAt(span));
      await seedPolicy(tx, foundedAt(span));
      await seedLedger(tx, seed);
    });
  } finally {
    await pool.end();
  }
}

/** A version that was in force is never changed: another follows it. */
async function seedPolicy(tx: Transaction, since: Date): Promise<void> {
  const bodies = [
    { version: 14, body: policy14, inForceFrom: since },
    { version: 15, body: policy15, inForceFrom: new Date(since.getTime() + monthMs) },
    {
      ...{
        version: 16,
        body: policy16,
        reason: "For the nights: a named fallback and break-glass",
      },
      inForceFrom: new Date(since.getTime() + 2 * monthMs),
    },
  ];
  const [{ newest } = { newest: null }] = await tx
    .select({ newest: max(policyVersions.version) })
    .from(policyVersions);
  for (const one of bodies.filter(({ version }) => newest === null || version > newest))
    await tx
      .insert(policyVersions)
      .values(newest === null ? one : { ...one, inForceFrom: new Date() });
}

async function seedStaff(tx: Transaction, since: Date, left: Date): Promise<void> {
  const added = await tx
    .insert(staff)
    .values(
      people.map(({ id, name, team, zone, hasLeft }) => ({
        id,
        name,
        team,
        zone,
        email: emailOf(name),
        status: hasLeft ? ("deactivated" as const) : ("active" as const),
        deactivatedAt: hasLeft ? left : null,
        createdAt: since,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: staff.id });
  const fresh = new Set(added.map((row) => row.id));
  for (const { id, managerId, roles, isNew } of people.filter((person) => fresh.has(person.id))) {
    // Only now is everybody there to be reported to.
    await tx.update(staff).set({ managerId }).where(eq(staff.id, id));
    await tx.insert(staffRoles).values(
      roles.map((role) => ({
        ...{ id: v7(), staffId: id, role },
        grantedAt: isNew ? new Date() : since,
      })),
    );
  }
}

async function seedLedger(tx: Transaction, seed: DemoSeed): Promise<void> {
  const addresses = {
    origin: new URL(seed.ledgerUrl).origin,
    redirectUris: [`${seed.ledgerUrl}/alongside/callback`],
    initiateLoginUri: `${seed.ledgerUrl}/alongside/login`,
    secretHash: createHash("sha256").update(seed.ledgerClientSecret).digest("hex"),
  };
  await tx
    .insert(products)
    .values({ id: v7(), clientId: "ledger", name: "Ledger", environment: "demo", ...addresses })
    .onConflictDoUpdate({ target: products.clientId, set: addresses });
}
