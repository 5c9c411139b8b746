import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { requests } from "#db/schema/impersonation.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refusalOf } from "#lib/kernel/database-refusals.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { askIn } from "#lib/requests/ask.ts";
import { readStaff } from "#lib/staff/queries.ts";
import { actorOf } from "#lib/staff/sign-in.ts";
import type { LockedSession } from "./lock.ts";

type Outgrown = Pick<
  LockedSession,
  | "id"
  | "number"
  | "requestId"
  | "actorId"
  | "subjectId"
  | "isOutgrown"
  | "isOutOfReach"
  | "subjectRefusal"
> & { signInId: string };

/** Whether it ends only because approvals are missing: then the policy may ask for them. */
const lacksApproval = (session: Outgrown): boolean =>
  session.isOutgrown && !session.isOutOfReach && session.subjectRefusal === null;

/**
 * Where the policy wants it, asks anew, for the actor, for what a session was that became too little for its account: they
 * then only wait for the approval. Gives the number of the request; null where nobody may ask that now, or none is made.
 */
export async function askAnew(
  tx: Transaction,
  ctx: Ctx,
  session: Outgrown,
): Promise<string | null> {
  if (!lacksApproval(session)) return null;
  if ((await currentPolicy(tx)).becomesSensitive !== "ask") return null;
  const actor = await readActor(tx, session);
  const [before] = await tx.select().from(requests).where(eq(requests.id, session.requestId));
  if (!actor || !before) return null;
  const { reasonCategory, reason, callerCheck, scope, minutes, returnPath } = before;
  try {
    const asked = await tx.transaction((nested) =>
      askIn(
        nested,
        { ...ctx, actor },
        {
          ...{ reasonCategory, reason, callerCheck, scope, minutes, returnPath },
          subjectId: session.subjectId,
          ticket: before.ticket ?? undefined,
          targetLinkUri: before.targetLinkUri ?? undefined,
          carriedOver: { id: session.id, number: session.number },
        },
      ),
    );
    return requestNumber(asked.number);
  } catch (error) {
    // It ends all the same.
    if (refusalOf(error)) return null;
    throw error;
  }
}

async function readActor(tx: Transaction, session: Outgrown): Promise<StaffActor | null> {
  const person = await readStaff(tx, session.actorId);
  return person && actorOf(person, session.signInId);
}

/** Holds what an ask rests on, before the session is: in the order in which a start holds them. */
export async function holdForAsk(tx: Transaction, session: Outgrown): Promise<void> {
  if (lacksApproval(session)) await hold(tx, session.actorId, session.subjectId);
}

const hold = preparedStatement("ask_anew_hold", "select hold_still($1, $2, null)");
