import { encode } from "next-auth/jwt";
import { urlFor } from "#db/embedded/roles.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { newId } from "#lib/kernel/ids.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { quarterFrom } from "#lib/usage/period.ts";
import { rollUp } from "#lib/usage/roll-up.ts";
import type { Bench, BenchCtx, BenchDatabase } from "./bench.ts";
import { fillQuarters, lastQuarter } from "./data/quarters.ts";
import { compared } from "./figure.ts";
import { answersPerSecond } from "./load.ts";
import { interleaved } from "./measure.ts";
import { ctxOf } from "./people.ts";

const clients = 16;

const lengths: Record<BenchCtx["size"], { rounds: number; seconds: number }> = {
  full: { rounds: 9, seconds: 2 },
  small: { rounds: 3, seconds: 2 },
  smoke: { rounds: 1, seconds: 1 },
};

/** The dashboard of a review over HTTP, read by people of compliance, against a trivial page. */
export const review: Bench = {
  name: "review",
  about: `The page of a review, /reviews/2026-q3, of 1,000 staff and 20,000 sessions in eight quarters: requests a second of the production build, ${clients} clients, against a trivial page of the same build, outside of the panel’s layout and within it.`,
  async *run(ctx) {
    const database = await ctx.database();
    const readers = await prepared(ctx, database);
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
    const { rounds, seconds } = lengths[ctx.size];
    const get = (path: string, holds: string) => () =>
      answersPerSecond({ url, clients, seconds, method: "GET", path, headers, holds });
    const rates = await interleaved(rounds, {
      ours: get("/reviews/2026-q3", "plot-weeks"),
      shell: get("/bench/shell", "</html>"),
      trivial: get("/bench/page", "</html>"),
    });
    yield compared("page of a review", "/s", rates.ours, rates.trivial, { atLeast: 0.5 });
    yield compared("trivial page in the panel's layout", "/s", rates.shell, rates.trivial);
    yield compared("page of a review, of such a page", "/s", rates.ours, rates.shell);
  },
};

/** Fills the database, counts what is in it and opens the review; gives people of compliance who are signed in. */
async function prepared(ctx: BenchCtx, database: BenchDatabase): Promise<StaffActor[]> {
  const { adminUrl } = await ctx.server();
  const name = new URL(database.ownerUrl).pathname.slice(1);
  const sessions = ctx.size === "smoke" ? 1000 : 20_000;
  await fillQuarters(urlFor(adminUrl, name), { sessions, staff: 1000, teams: 20, accounts: 2000 });
  const { rows } = await database.owner.query<{ id: string; name: string }>(
    `select s.id, s.name from staff s join staff_roles r on r.staff_id = s.id
     where r.role = 'compliance' and r.revoked_at is null and s.status = 'active' order by s.id limit ${clients}`,
  );
  const readers = rows.map(
    (row): StaffActor => ({
      kind: "staff",
      ...row,
      email: "",
      roles: ["compliance"],
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
  const [first] = readers;
  if (!first) throw new Error("Nobody is of compliance");
  const opener = ctxOf(database, first);
  while ((await rollUp({ ...opener, actor: { kind: "system", part: "worker" } })) > 0);
  const { firstDay, lastDay } = quarterFrom(lastQuarter);
  const opened = await openCampaign(opener, { firstDay, lastDay });
  if (!opened.ok) throw new Error(`The review did not open: ${opened.error.message}`);
  return readers;
}
