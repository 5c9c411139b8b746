import { and, eq, gte, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { spentTokens } from "#db/schema/limits.ts";
import { refuse } from "#lib/kernel/result.ts";
import type { Proof } from "./sign-in-by-issuer.ts";

/*
 * A logout at the issuer may come while a sign-in of that very session is under way, when there is no row to end yet.
 * The two take turns: a sign-in that came first is there to be ended; one that comes after finds the logout.
 */

const turn = (issuer: string) => sql`hashtextextended(${`logout ${issuer}`}, 0)`;

/** Lets the sign-ins by this issuer that are under way come to their end; those that follow wait for the logout. */
export const awaitSignIns = (tx: Transaction, issuer: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(${turn(issuer)})`);

/**
 * Refuses with `logged_out` a sign-in out of a session that the issuer has ended: by its `sid`, which is good for
 * one session; where one of the two names no session, by the person, if they have not proved themselves since.
 */
export async function refuseLoggedOut(
  tx: Transaction,
  { issuer, subject, sid, authTime }: Pick<Proof, "issuer" | "subject" | "sid" | "authTime">,
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${turn(issuer)})`);
  const ofPerson = and(eq(spentTokens.subject, subject), gte(spentTokens.issuedAt, authTime));
  const [logout] = await tx
    .select({ jtiHash: spentTokens.jtiHash })
    .from(spentTokens)
    .where(
      and(
        eq(spentTokens.issuer, issuer),
        isNotNull(spentTokens.issuedAt),
        sid === null
          ? ofPerson
          : or(eq(spentTokens.sid, sid), and(isNull(spentTokens.sid), ofPerson)),
      ),
    )
    .limit(1);
  if (logout)
    refuse("not_allowed", "The issuer ended this session meanwhile.", {
      detail: { why: "logged_out" },
    });
}
