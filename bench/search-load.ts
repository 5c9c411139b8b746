import { setTimeout as pause } from "node:timers/promises";
import { connect } from "#db/client.ts";
import type { Line } from "#lib/directory/lines.ts";
import { putDirectory } from "#lib/directory/put-directory.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { askerOf } from "./asker.ts";
import type { DirectoryDatabase } from "./data/database.ts";
import { makeAccounts, makeUsers } from "./data/directory.ts";
import { type Figure, figure } from "./figure.ts";
import { median, quantile, timed } from "./measure.ts";
import type { Sample } from "./queries.ts";

/** An agent searches now and then; so the searches meet all of the push. Milliseconds. */
const between = 100;

/**
 * How long a search takes while the product pushes that many people whom the directory did not know, through the same
 * process to the same database: to a copy of it, which is dropped.
 */
export async function duringPush(
  data: DirectoryDatabase,
  samples: Sample[],
  people: number,
): Promise<Figure[]> {
  const took: number[] = [];
  let pushedIn = 0;
  await data.inCopy(async (runtimeUrl) => {
    const [searching, pushing] = [connect(runtimeUrl, 1), connect(runtimeUrl, 2)];
    try {
      const ask = askerOf(searching.db);
      const warmUp = Math.floor(samples.length / 5);
      for (const { q } of samples.slice(0, warmUp)) await ask(q);
      const push = { isOver: false };
      const pushed = timed(() => pushTo(pushing.db, data.productId, people)).finally(() => {
        push.isOver = true;
      });
      for (const { q } of samples.slice(warmUp)) {
        const time = await timed(() => ask(q));
        if (push.isOver) break;
        took.push(time);
        await pause(between);
      }
      pushedIn = await pushed;
    } finally {
      await searching.pool.end();
      await pushing.pool.end();
    }
  });
  const name = `search: surname, while ${people.toLocaleString("en-US")} people are pushed`;
  return [
    figure(`${name}, median of ${took.length}`, "ms", median(took)),
    figure(`${name}, p95`, "ms", quantile(took, 0.95)),
    figure("people pushed beside the searches", "/s", (people * 1000) / pushedIn),
  ];
}

async function pushTo(db: Ctx["db"], productId: string, people: number): Promise<void> {
  const actor: ProductActor = {
    kind: "product",
    id: productId,
    clientId: "ledger",
    name: "Ledger",
  };
  const ctx = { db, actor, ip: null, userAgent: "bench", requestId: newId() };
  const result = await putDirectory(ctx, linesOf(people));
  if (!result.ok || result.value.rejected > 0) throw new Error("The push was not taken");
}

async function* linesOf(people: number): AsyncGenerator<Line> {
  const sizes = { seed: 11, accounts: Math.ceil(people / 50), users: people };
  const accounts = makeAccounts(sizes);
  const idOf = new Map(accounts.map((made) => [made.id, `pushed_${made.externalId}`]));
  let line = 0;
  const numbered = (value: object): Line => {
    line += 1;
    return { line, size: JSON.stringify(value).length, value };
  };
  for (const made of accounts)
    yield numbered({
      type: "account",
      id: idOf.get(made.id),
      name: made.name,
      tier: made.tier,
      impersonation: made.stance,
    });
  for (const made of makeUsers(sizes, accounts))
    yield numbered({
      type: "user",
      id: `pushed_${made.externalId}`,
      account_id: idOf.get(made.accountId),
      name: made.name,
      email: made.email,
      role: made.role,
      owner: made.isOwner,
      vip: made.isVip,
      status: made.status,
      kind: made.kind,
      last_seen_at: made.lastSeenAt,
      lang: made.lang,
    });
}
