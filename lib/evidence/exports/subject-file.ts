import { eq } from "drizzle-orm";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import type { Made } from "./made.ts";
import {
  countSubjectSessions,
  type Of,
  subjectLookUps,
  subjectSessions,
} from "./subject-history.ts";
import { subjectJson } from "./subject-json.ts";
import { subjectPdf } from "./subject-pdf.ts";

/** A person's own report (GDPR Art. 15), as a document or as data. */
export async function subjectFile(
  ctx: Ctx<StaffActor>,
  of: Of,
  format: "pdf" | "json",
  at: Date,
): Promise<Made> {
  const [person] = await ctx.db
    .select({
      name: subjects.name,
      email: subjects.email,
      externalId: subjects.externalId,
      account: accounts.name,
      product: products.name,
    })
    .from(subjects)
    .innerJoin(accounts, eq(accounts.id, subjects.accountId))
    .innerJoin(products, eq(products.id, subjects.productId))
    .where(eq(subjects.id, of.subject));
  if (!person) throw new Error("The person is gone");
  const policy = await currentPolicy(ctx.db);
  const made: Made = {
    tally: { rows: 0 },
    expected: await countSubjectSessions(ctx.db, of, at),
    pieces: [],
  };
  const lookUps = await subjectLookUps(ctx.db, of, at);
  async function* sessions() {
    for await (const session of subjectSessions(ctx.db, of, at)) {
      made.tally.rows += 1;
      yield session;
    }
  }
  const report = {
    person,
    of,
    at,
    policy,
    lookUps,
    expected: made.expected ?? 0,
    sessions: sessions(),
  };
  made.pieces = format === "json" ? subjectJson(report) : subjectPdf(report);
  return made;
}

export type Report = {
  person: { name: string; email: string; externalId: string; account: string; product: string };
  of: Of;
  at: Date;
  policy: Awaited<ReturnType<typeof currentPolicy>>;
  lookUps: Awaited<ReturnType<typeof subjectLookUps>>;
  expected: number;
  sessions: ReturnType<typeof subjectSessions>;
};
