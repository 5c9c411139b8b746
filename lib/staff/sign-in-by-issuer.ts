import { and, eq, isNull, sql } from "drizzle-orm";
import type { Reader, Transaction } from "#db/client.ts";
import { staffIdentities } from "#db/schema/sign-in.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { AnonymousActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Refusal, type Result, refuse } from "#lib/kernel/result.ts";
import { areGroupsUsed, followGroups } from "./group-roles.ts";
import { refuseLoggedOut } from "./logged-out.ts";
import { readStaff, type StaffMember } from "./queries.ts";
import { actorOf, beginSignIn, letIn, refuseTooOften } from "./sign-in.ts";

/** What the company's issuer proved, after its token was verified. */
export type Proof = {
  issuer: string;
  /** Who they are at the issuer, for good. */
  subject: string;
  /** The issuer's own session, where it has such. */
  sid: string | null;
  email: string | null;
  emailVerified: boolean;
  /** When they last proved who they are or, where the issuer does not say, when it vouched for them. */
  authTime: Date;
  authSaid: boolean;
  /** How they did, where the issuer says it. */
  acr: string | null;
  /** Encrypted; for the logout. */
  idToken: string | null;
  /** The groups that they are in; null where the issuer does not say, or not all of them: then nothing follows. */
  groups: readonly string[] | null;
};

/**
 * Begins a sign-in of whom the issuer vouches for: the person bound to its subject, or at the first time the one with
 * this verified e-mail, who is bound by it. Makes nobody a member of staff. Refuses with `not_found` or `not_allowed`
 * and `detail.why`: `unknown_person`, `unverified`, `other_identity`, `logged_out`, `deactivated`, `no_role`,
 * `not_followed`, `too_often`.
 */
export async function signInByIssuer(
  ctx: Ctx<AnonymousActor>,
  proof: Proof,
): Promise<Result<{ signInId: string }>> {
  const { issuer, subject, sid, idToken } = proof;
  const bound = await boundTo(ctx.db, issuer, subject);
  const named = bound ?? (await withEmail(ctx.db, proof.email));
  const person = named ? await readStaff(ctx.db, named) : null;
  const isProved = bound !== null || proof.emailVerified;
  const asker: Ctx = person ? { ...ctx, actor: { kind: "system", part: "sign_in" } } : ctx;
  const ifRefused = {
    event: "sign_in.refused" as const,
    // Who only claims an e-mail is not the person who has it.
    actorId: isProved && person ? person.id : null,
    body: { how: "issuer", issuer, name: person?.name ?? null },
  };
  const signInId = newId();
  const often = isProved && person && (await refuseTooOften(ctx, person, signInId));
  if (often) return { ok: false, error: often };
  const followed =
    isProved && person && proof.groups && (await follow(ctx, person, proof, proof.groups));
  if (followed && !followed.ok) return { ok: false, error: notFollowed(followed.error) };
  return transact(asker, ifRefused, async (tx) => {
    if (!isProved && proof.email !== null)
      refuse(
        "not_allowed",
        "The issuer does not say that this e-mail is verified.",
        why("unverified"),
      );
    if (!person) refuse("not_found", "Nobody here has this e-mail.", why("unknown_person"));
    const now = await letIn(tx, person.id);
    const signedIn = { ...ctx, actor: actorOf(now, signInId) };
    if (!(await boundTo(tx, issuer, subject))) await bind(tx, signedIn, now, proof);
    await refuseLoggedOut(tx, proof);
    const { authTime, authSaid, acr } = proof;
    const row = { id: signInId, issuer, subject, sid, idToken, authTime, authSaid, acr };
    return { signInId: await beginSignIn(tx, ctx, now, { how: "issuer", ...row }) };
  });
}

/**
 * What their groups give and take comes first, and stays whatever becomes of the sign-in: who lost the last role is
 * not let in, and has lost it.
 */
const follow = (
  ctx: Ctx<AnonymousActor>,
  { id, name }: StaffMember,
  proof: Proof,
  groups: readonly string[],
) =>
  transact(
    { ...ctx, actor: { kind: "system", part: "sign_in" } },
    { event: "sign_in.refused", actorId: id, body: { how: "issuer", name } },
    async (tx) => {
      await tx.select({ id: staff.id }).from(staff).where(eq(staff.id, id)).for("no key update");
      const now = await readStaff(tx, id);
      if (now?.status !== "active" || !(await areGroupsUsed(tx))) return;
      const by: Ctx = { ...ctx, actor: { kind: "system", part: "sign_in" } };
      if (!(await boundTo(tx, proof.issuer, proof.subject)))
        await bind(tx, { ...ctx, actor: actorOf(now, newId()) }, now, proof);
      await followGroups(tx, by, { id, name }, groups);
    },
  );

/** Nobody comes in with roles that their groups may have taken. */
const notFollowed = (error: Refusal): Refusal =>
  error.detail?.why === undefined ? { ...error, ...why("not_followed") } : error;

const why = (word: string) => ({ detail: { why: word } });

async function boundTo(db: Reader, issuer: string, subject: string): Promise<string | null> {
  const [row] = await db
    .select({ staffId: staffIdentities.staffId })
    .from(staffIdentities)
    .where(
      and(
        eq(staffIdentities.issuer, issuer),
        eq(staffIdentities.subject, subject),
        isNull(staffIdentities.releasedAt),
      ),
    );
  return row?.staffId ?? null;
}

async function withEmail(db: Reader, email: string | null): Promise<string | null> {
  if (!email) return null;
  const [row] = await db
    .select({ id: staff.id })
    .from(staff)
    .where(sql`lower(${staff.email}) = lower(${email})`);
  return row?.id ?? null;
}

/**
 * Binds the person to the subject, unless another sign-in of theirs did so meanwhile. Refuses with `other_identity`
 * when the person is somebody else at this issuer already, or somebody else is this subject.
 */
async function bind(tx: Transaction, ctx: Ctx, person: StaffMember, proof: Proof): Promise<void> {
  const { issuer, subject } = proof;
  const turn = `identity ${issuer} ${subject}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${turn}, 0))`);
  // Another statement, so that it sees what was committed while we waited.
  if ((await boundTo(tx, issuer, subject)) === person.id) return;
  const boundEntryId = await recordAudit(tx, ctx, {
    event: "identity.bound",
    body: { what: `Bound ${person.name} to their account at ${issuer}`, issuer, subject },
  });
  const [added] = await tx
    .insert(staffIdentities)
    .values({ id: newId(), staffId: person.id, issuer, subject, boundEntryId })
    .onConflictDoNothing()
    .returning({ id: staffIdentities.id });
  if (!added)
    refuse(
      "not_allowed",
      `${person.name} is bound to another account at ${issuer}.`,
      why("other_identity"),
    );
}
