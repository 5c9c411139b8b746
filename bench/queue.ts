import { drizzle } from "drizzle-orm/node-postgres";
import { encode } from "next-auth/jwt";
import { urlFor } from "#db/embedded/roles.ts";
import { readSurroundings } from "#lib/impersonation/pulse.ts";
import { readTeamBreadth } from "#lib/impersonation/team-breadth.ts";
import { readFirstToLookAt } from "#lib/impersonation/to-look-at.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { newId } from "#lib/kernel/ids.ts";
import { readNext, readQueue } from "#lib/requests/queue.ts";
import type { Bench, BenchCtx, BenchDatabase } from "./bench.ts";
import { fillWaiting } from "./data/waiting.ts";
import { compared } from "./figure.ts";
import type { Statement } from "./inside.ts";
import { answersPerSecond } from "./load.ts";
import { interleaved } from "./measure.ts";
import { ctxOf } from "./people.ts";

const clients = 16;
const sizes: Record<
  BenchCtx["size"],
  { past: number; pending: number; rounds: number; seconds: number }
> = {
  full: { past: 1_000_000, pending: 10_000, rounds: 9, seconds: 2 },
  small: { past: 20_000, pending: 10_000, rounds: 3, seconds: 2 },
  smoke: { past: 100, pending: 100, rounds: 1, seconds: 1 },
};

/** The queue of a manager over HTTP, against a trivial page. */
export const queue: Bench = {
  name: "queue",
  about: `The queue, /requests, with 10,000 pending requests and 1,000,000 past ones: requests a second of the production build, ${clients} clients, each a manager for whom all of them wait, against a trivial page of the same build, outside of the panel’s layout and within it.`,
  async *run(ctx) {
    const database = await ctx.database();
    const readers = await prepared(ctx, database);
    await explained(ctx, database, readers[0]);
    const { url, settings } = await ctx.panel();
    const cookies = await Promise.all(
      readers.map(async ({ signInId }) => {
        const secret = settings.keys.NEXTAUTH_SECRET;
        return `next-auth.session-token=${await encode({ token: { signInId }, secret, maxAge: 3600 })}`;
      }),
    );
    let turn = 0;
    const headers = () => {
      turn += 1;
      return { cookie: cookies[turn % cookies.length] ?? "" };
    };
    const { rounds, seconds } = sizes[ctx.size];
    const get = (path: string, holds: string) => () =>
      answersPerSecond({ url, clients, seconds, method: "GET", path, headers, holds });
    const rates = await interleaved(rounds, {
      ours: get("/requests", "wait for you"),
      shell: get("/bench/shell", "</html>"),
      trivial: get("/bench/page", "</html>"),
    });
    yield compared("/requests, 10,000 pending", "/s", rates.ours, rates.trivial, { atLeast: 0.6 });
    yield compared("trivial page in the panel's layout", "/s", rates.shell, rates.trivial);
    yield compared("/requests, of such a page", "/s", rates.ours, rates.shell);
  },
};

/** Managers who are signed in. */
async function prepared(ctx: BenchCtx, database: BenchDatabase): Promise<StaffActor[]> {
  const { past, pending } = sizes[ctx.size];
  await fillWaiting(await superuserUrl(ctx, database), {
    past,
    pending,
    agents: 1000,
    managers: clients,
  });
  const { rows } = await database.owner.query<{ id: string; name: string }>(
    `select s.id, s.name from staff s join staff_roles r on r.staff_id = s.id
     where r.role = 'manager' and s.email like '%@bench.test' order by s.id`,
  );
  const readers = rows.map(
    (row): StaffActor => ({
      kind: "staff",
      ...row,
      email: "",
      roles: ["manager"],
      team: "",
      zone: "UTC",
      signInId: newId(),
      authTime: null,
      acr: null,
    }),
  );
  for (const { id, signInId } of readers)
    await database.owner.query("insert into staff_sign_ins (id, staff_id) values ($1, $2)", [
      signInId,
      id,
    ]);
  return readers;
}

/** Rows that a part of a plan may go through: more than a page and the staff, fewer than wait. */
const mostRows = 2_000;

/** Keeps the plans of what the page asks. @throws where any part of one reads all that waits, or the past. */
async function explained(ctx: BenchCtx, database: BenchDatabase, actor: StaffActor | undefined) {
  if (!actor) throw new Error("Nobody is a manager");
  const sent: Statement[] = [];
  const logQuery = (query: string, params: unknown[]) => void sent.push({ query, params });
  const db = drizzle(database.runtime, { logger: { logQuery } });
  const manager = { ...ctxOf(database, actor), db };
  const { yours } = await readQueue(manager, new Date(Date.now() - 8 * 3_600_000));
  await readSurroundings(manager, true);
  for (const [i, { query, params }] of sent.entries())
    await ctx.explain(["queue", "queue-surroundings"][i] ?? "", database.runtime, query, params);
  await readTeamBreadth(manager);
  await readFirstToLookAt(manager);
  await readNext(manager, yours[0]?.id ?? "");
  const url = await superuserUrl(ctx, database);
  const most = await ctx.explainInside("queue-inside", url, sent);
  if (most > mostRows)
    throw new Error(`A plan of the queue goes through ${most} rows: see explain/queue-inside.txt`);
}

async function superuserUrl(ctx: BenchCtx, { ownerUrl }: BenchDatabase): Promise<string> {
  const { adminUrl } = await ctx.server();
  return urlFor(adminUrl, new URL(ownerUrl).pathname.slice(1));
}
