import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { v7 } from "uuid";
import { connect, type Transaction, transaction } from "#db/client.ts";
import { policyVersions, products } from "#db/schema/directory.ts";
import { staff, staffRoles } from "#db/schema/staff.ts";
import policy from "./policy-14.json" with { type: "json" };
import { emailOf, people, rolesSince } from "./staff.ts";

export type DemoSeed = { ownerUrl: string; ledgerUrl: string; ledgerClientSecret: string };

/**
 * The demo's staff, policy and product, written as the owner. Again and again: what is there stays as it was made
 * since, but the product's addresses and secret follow the configuration.
 */
export async function seedDemo(seed: DemoSeed): Promise<void> {
  const { db, pool } = connect(seed.ownerUrl, 1);
  try {
    await transaction(db, async (tx) => {
      await seedStaff(tx);
      await tx.insert(policyVersions).values({ version: 14, body: policy }).onConflictDoNothing();
      await seedLedger(tx, seed);
    });
  } finally {
    await pool.end();
  }
}

async function seedStaff(tx: Transaction): Promise<void> {
  const added = await tx
    .insert(staff)
    .values(
      people.map(({ id, name, team, zone, deactivatedAt }) => ({
        id,
        name,
        team,
        zone,
        email: emailOf(name),
        status: deactivatedAt ? ("deactivated" as const) : ("active" as const),
        deactivatedAt,
        createdAt: rolesSince,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: staff.id });
  const fresh = new Set(added.map((row) => row.id));
  for (const { id, managerId, roles } of people.filter((person) => fresh.has(person.id))) {
    // Only now is everybody there to be reported to.
    await tx.update(staff).set({ managerId }).where(eq(staff.id, id));
    await tx
      .insert(staffRoles)
      .values(roles.map((role) => ({ id: v7(), staffId: id, role, grantedAt: rolesSince })));
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
