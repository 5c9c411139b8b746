import type { Transaction } from "#db/client.ts";
import { recordRefusal, transact } from "#lib/audit/transact.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, Refused, type Result } from "#lib/kernel/result.ts";
import { heldNews } from "./held-news.ts";
import type { Line } from "./lines.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { inParts, type Part } from "./parts.ts";
import { proposeFlags } from "./propose-flags.ts";
import { planAccounts, writeAccounts } from "./put-accounts.ts";
import { planTickets, writeTickets } from "./put-tickets.ts";
import { planUsers, writeUsers } from "./put-users.ts";
import { recordPart } from "./record-part.ts";
import type { LineError, Pushed, PushTarget } from "./schemas.ts";
import { noteSeen } from "./seen.ts";
import { countPart, openSync, requireSync } from "./sync.ts";

const reportedErrors = 1000;

/**
 * Brings the directory up to date with what its product says (DESIGN §6.6). Idempotent: a line that changes nothing
 * writes nothing, so a push that failed half-way is sent again. A line that is wrong, or names what nobody knows, is
 * an error of that line (the first 1,000 are told); the others count. A flag that is stricter than what is in force holds
 * at once; one that is looser waits for a manager, and is no error.
 *
 * A push is one transaction with one entry, up to 5,000 lines or 4 MiB; a longer one is several such parts, each
 * whole with its own entry, so that neither memory nor locks grow with it. In a part accounts come before users before
 * tickets. The next part is read while one is written; a slow sender holds no connection and no locks. Refuses with
 * `not_found` or `conflict` when the sync that it names is not open, and with what `lines` throws.
 */
export async function putDirectory(
  ctx: Ctx<ProductActor>,
  lines: AsyncIterable<Line>,
  target: PushTarget = {},
): Promise<Result<Pushed>> {
  const pushed: Pushed = {
    accounts: 0,
    users: 0,
    tickets: 0,
    last_line: 0,
    rejected: 0,
    errors: [],
  };
  let writing: Promise<Result<PartDone>> | null = null;
  const written = async (): Promise<Result<Pushed>> => {
    const done = await writing;
    writing = null;
    if (done && !done.ok) return done;
    if (done) add(pushed, done.value);
    return ok(pushed);
  };
  try {
    if (target.sync) await requireSync(ctx.db, ctx.actor.id, target.sync, target.from_line);
    for await (const part of inParts(lines, target.from_line ?? 1)) {
      const before = await written();
      if (!before.ok) return before;
      writing = putPart(ctx, part, target.sync);
      // Awaited before the next part; until then nobody else may take it for unheard.
      writing.catch(() => {});
    }
  } catch (error) {
    await written();
    if (!(error instanceof Refused)) throw error;
    await recordRefusal(ctx, { event: "directory.refused" }, error.refusal);
    return { ok: false, error: error.refusal };
  }
  const last = await written();
  pushed.errors.sort((a, b) => a.line - b.line);
  return last;
}

type PartDone = Pushed;

function add(pushed: Pushed, part: PartDone): void {
  for (const kind of ["accounts", "users", "tickets", "rejected"] as const)
    pushed[kind] += part[kind];
  pushed.last_line = part.last_line;
  pushed.errors.push(...part.errors.slice(0, reportedErrors - pushed.errors.length));
}

const putPart = (
  ctx: Ctx<ProductActor>,
  part: Part,
  syncId: string | undefined,
): Promise<Result<PartDone>> =>
  transact(ctx, { event: "directory.refused" }, async (tx) => {
    const { id: productId } = ctx.actor;
    await oneAtATime(tx, productId);
    if (syncId) await requireSync(tx, productId, syncId);
    const { errors, ...taken } = await takePart(tx, ctx, part);
    const rejected = part.rejected + errors.length;
    const open = await openSync(tx, productId);
    if (open) await noteSeen(tx, open, part);
    if (syncId) await countPart(tx, syncId, { ...part, rejected });
    const all: LineError[] = [...part.errors, ...errors].sort((a, b) => a.line - b.line);
    return { ...taken, last_line: part.lastLine, rejected, errors: all };
  });

async function takePart(tx: Transaction, ctx: Ctx<ProductActor>, part: Part) {
  const { id: productId } = ctx.actor;
  const accounts = await planAccounts(tx, productId, part);
  const users = await planUsers(tx, productId, part, accounts);
  const tickets = await planTickets(tx, productId, part, accounts, users);
  await writeAccounts(tx, accounts);
  await writeUsers(tx, users);
  await writeTickets(tx, tickets);
  await recordPart(tx, ctx, { accounts, users, tickets });
  const held = await heldNews(tx, users.leaving);
  await proposeFlags(tx, ctx, [...accounts.flags, ...users.flags, ...held]);
  return {
    accounts: accounts.taken,
    users: users.taken,
    tickets: tickets.taken,
    errors: [...users.errors, ...tickets.errors],
  };
}
