import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { transact } from "#lib/audit/transact.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import type { Line } from "./lines.ts";
import { planAccounts, writeAccounts } from "./put-accounts.ts";
import { planTickets, writeTickets } from "./put-tickets.ts";
import { planUsers, writeUsers } from "./put-users.ts";
import { recordPart } from "./record-part.ts";
import {
  type AccountLine,
  directoryLine,
  type Pushed,
  type TicketLine,
  type UserLine,
} from "./schemas.ts";

/** A parsed line with its number, for its error. */
export type Numbered<T> = { line: number; value: T };
/** The lines of one transaction, by kind. */
export type Part = {
  accounts: Numbered<AccountLine>[];
  users: Numbered<UserLine>[];
  tickets: Numbered<TicketLine>[];
};

const partLines = 10_000;
const partBytes = 8 << 20;
const reportedErrors = 1000;

/**
 * Brings the directory up to date with what its product says (DESIGN §6.6). Idempotent: a line that changes nothing
 * writes nothing, so a push that failed half-way is sent again. A line that is wrong, or names what nobody knows, is
 * an error of that line (the first 1,000 are told); the others count.
 *
 * A push is one transaction with one entry, up to 10,000 lines or 8 MiB; a longer one is several such parts, each
 * whole with its own entry, so that neither memory nor locks grow with it. In a part accounts come before users before
 * tickets. The connection is taken only when a part has arrived: a slow sender holds no locks.
 */
export async function putDirectory(
  ctx: Ctx<ProductActor>,
  lines: AsyncIterable<Line>,
): Promise<Result<Pushed>> {
  const pushed: Pushed = { accounts: 0, users: 0, tickets: 0, errors: [] };
  const fail = (line: number, message: string) => {
    if (pushed.errors.length < reportedErrors) pushed.errors.push({ line, message });
  };
  for await (const part of inParts(lines, fail)) {
    const done = await putPart(ctx, part);
    if (!done.ok) return done;
    for (const { line, message } of done.value.errors) fail(line, message);
    pushed.accounts += done.value.accounts;
    pushed.users += done.value.users;
    pushed.tickets += done.value.tickets;
  }
  pushed.errors.sort((a, b) => a.line - b.line);
  return ok(pushed);
}

async function* inParts(
  lines: AsyncIterable<Line>,
  fail: (line: number, message: string) => void,
): AsyncGenerator<Part> {
  let part: Part = { accounts: [], users: [], tickets: [] };
  let count = 0;
  let bytes = 0;
  for await (const read of lines) {
    if ("problem" in read) {
      fail(read.line, read.problem);
      continue;
    }
    const parsed = directoryLine.safeParse(read.value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      fail(read.line, `${issue?.path.join(".") || "line"}: ${issue?.message ?? "Not understood."}`);
      continue;
    }
    const { line } = read;
    const value = parsed.data;
    if (value.type === "account") part.accounts.push({ line, value });
    else if (value.type === "user") part.users.push({ line, value });
    else part.tickets.push({ line, value });
    count += 1;
    bytes += read.size;
    if (count >= partLines || bytes >= partBytes) {
      yield part;
      part = { accounts: [], users: [], tickets: [] };
      count = bytes = 0;
    }
  }
  if (count > 0) yield part;
}

const putPart = (ctx: Ctx<ProductActor>, part: Part): Promise<Result<Pushed>> =>
  transact(ctx, { event: "directory.refused" }, async (tx) => {
    await onePushAtATime(tx, ctx.actor.id);
    const accounts = await planAccounts(tx, ctx.actor.id, part);
    const users = await planUsers(tx, ctx.actor.id, part, accounts);
    const tickets = await planTickets(tx, ctx.actor.id, part, accounts, users);
    await writeAccounts(tx, accounts);
    await writeUsers(tx, users);
    await writeTickets(tx, tickets);
    await recordPart(tx, ctx, { accounts, users, tickets });
    return {
      accounts: accounts.taken,
      users: users.taken,
      tickets: tickets.taken,
      errors: [...users.errors, ...tickets.errors],
    };
  });

/** Pushes of one product follow each other; so what is read before the change still holds when it is written. */
const onePushAtATime = (tx: Transaction, productId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`directory ${productId}`}, 0))`);
