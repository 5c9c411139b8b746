import { eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { copyingOut } from "#db/copy-out.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { type Made, nothing } from "./made.ts";
import {
  countSubjectSessions,
  type Of,
  subjectLookUps,
  subjectSessions,
} from "./subject-history.ts";
import { subjectJson } from "./subject-json.ts";
import { subjectPdf } from "./subject-pdf.ts";

/** A person's own report (GDPR Art. 15), as a document or as data, from one snapshot. */
export async function subjectFile(
  ctx: Ctx<StaffActor>,
  of: Of,
  format: "pdf" | "json",
  at: Date,
): Promise<Made> {
  const made: Made = { tally: { rows: 0 }, expected: null, pieces: nothing() };
  made.pieces = copyingOut(ctx.db, async function* ({ db }) {
    const person = await personOf(db, of);
    const expected = await countSubjectSessions(db, of, at);
    made.expected = expected;
    async function* sessions() {
      for await (const session of subjectSessions(db, of, at)) {
        made.tally.rows += 1;
        yield session;
      }
    }
    const report = {
      person,
      of,
      at,
      policy: await currentPolicy(db),
      lookUps: await subjectLookUps(db, of, at),
      expected,
      sessions: sessions(),
    };
    yield* format === "json" ? subjectJson(report) : subjectPdf(report);
  });
  return made;
}

async function personOf(db: Reader, of: Of): Promise<Report["person"]> {
  const [person] = await db
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
  return person;
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
