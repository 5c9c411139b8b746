import type pg from "pg";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { BenchDatabase } from "./bench.ts";

/** An agent who is signed in and has stood in for nobody yet, and somebody to stand in for. */
export type Pair = { actor: StaffActor; subject: { id: string; account: string; product: string } };

/** So many of them, each customer alone in an account: nobody waits for another's row. */
export async function newPairs(owner: pg.Pool, count: number): Promise<Pair[]> {
  const { rows } = await owner.query<{ product: string }>(
    "select id as product from products where client_id = 'ledger'",
  );
  const product = rows[0]?.product;
  if (!product) throw new Error("The product is missing");
  const ids = () => Array.from({ length: count }, newId);
  const [staff, signIns, roles, accounts, subjects] = [ids(), ids(), ids(), ids(), ids()];
  const run = (text: string, ...values: unknown[]) => owner.query(text, values);
  await run(
    `insert into staff (id, email, name, team) select id, id || '@bench.test', 'Agent', 'Support Europe'
       from unnest($1::uuid[]) id`,
    staff,
  );
  await run(
    "insert into staff_roles (id, staff_id, role) select *, 'agent' from unnest($1::uuid[], $2::uuid[])",
    roles,
    staff,
  );
  await run(
    "insert into staff_sign_ins (id, staff_id) select * from unnest($1::uuid[], $2::uuid[])",
    signIns,
    staff,
  );
  await run(
    `insert into accounts (id, product_id, external_id, name, tier, stance)
     select id, $2, id, 'Northwind', 'standard', 'allowed' from unnest($1::uuid[]) id`,
    accounts,
    product,
  );
  await run(
    `insert into subjects (id, product_id, account_id, external_id, name, email, role, status, kind)
     select id, $3, account, id, 'Jane Doe', id || '@northwind.test', 'member', 'active', 'person'
       from unnest($1::uuid[], $2::uuid[]) as t(id, account)`,
    subjects,
    accounts,
    product,
  );
  await run("analyze staff, staff_roles, staff_sign_ins, accounts, subjects");
  return staff.map((id, i) => ({
    actor: {
      kind: "staff",
      id,
      name: "Agent",
      email: `${id}@bench.test`,
      roles: ["agent"],
      team: "Support Europe",
      zone: "UTC",
      signInId: signIns[i] ?? "",
      authTime: null,
      acr: null,
    },
    subject: { id: subjects[i] ?? "", account: accounts[i] ?? "", product },
  }));
}

/** As the panel calls a verb for them. */
export const ctxOf = ({ db }: Pick<BenchDatabase, "db">, actor: StaffActor): Ctx<StaffActor> => ({
  db,
  actor,
  ip: "127.0.0.1",
  userAgent: "bench",
  requestId: newId(),
});
