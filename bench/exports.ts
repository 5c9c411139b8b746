import { createHash } from "node:crypto";
import { request } from "node:http";
import { encode } from "next-auth/jwt";
import { copyingOut } from "#db/copy-out.ts";
import { giveRole } from "#db/testing/people.ts";
import { plainColumns } from "#lib/evidence/exports/log-columns.ts";
import { logFile, statementOf } from "#lib/evidence/exports/log-file.ts";
import { startLogSchema } from "#lib/evidence/exports/schemas.ts";
import { startLogExport } from "#lib/evidence/exports/start.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Bench, BenchCtx, BenchDatabase } from "./bench.ts";
import { fillEntries } from "./entries.ts";
import { compared, figure } from "./figure.ts";
import { interleaved } from "./measure.ts";
import { freshPanel, highest } from "./memory.ts";
import { ctxOf } from "./people.ts";

/** Exports of the log: how fast against the bare COPY, and what the panel needs for it. */
export const exportsBench: Bench = {
  name: "exports",
  about:
    "CSV of 1,000,000 entries with formulas made inert, RFC 4180 line ends and SHA-256, against `COPY … TO STDOUT` of the same rows by the same client; resident memory of a panel that was just started and has shown some pages, while an HTTP client downloads its first export from the production build, above what it was before.",
  async *run(ctx) {
    const [few, many, rounds] = ctx.size === "full" ? [10_000, 1_000_000, 3] : [500, 2000, 1];
    const database = await ctx.database();
    await fillEntries(database.owner, many);
    const { reader, cookie } = await compliance(ctx, database);
    const everything = filled.map((event) => `event=${event}`).join("&");
    const rates = await interleaved(rounds, {
      ours: () => rowsPerSecond(many, () => hashed(reader, { event: filled })),
      copy: () => rowsPerSecond(many, () => bare(reader)),
    });
    yield compared(`CSV of ${many} entries`, "rows/s", rates.ours, rates.copy, { atLeast: 0.8 });

    const running = await ctx.panel();
    const download = async (filter: string) => {
      const asked = { format: "csv", filter, reason: "A bench of exports" };
      const started = await startLogExport(reader, startLogSchema.parse(asked));
      if (!started.ok) throw new Error(started.error.message);
      return downloaded(`${running.url}/audit/exports/${started.value.id}/file`, cookie);
    };
    const lastDay = new Date(Date.UTC(2026, 0, 1) + few * 15_000).toISOString().slice(0, 10);
    const fewer = `${everything}&from=2026-01-01&to=${lastDay}`;
    for (const [name, filter] of [
      [`${few} entries`, fewer],
      [`${many} entries`, everything],
    ] as const) {
      const { pid, idle } = await freshPanel(running, cookie);
      let rows = 0;
      let seconds = 0;
      const peak = await highest(pid, async () => {
        const from = performance.now();
        rows = await download(filter);
        seconds = (performance.now() - from) / 1000;
      });
      ctx.say(
        `${rows} lines over HTTP in ${seconds.toFixed(1)} s; panel ${idle.toFixed(0)} → ${peak.toFixed(0)} MiB`,
      );
      yield figure(`panel's memory above idle, ${name}`, "MiB", Math.max(0, peak - idle), {
        target: { atMost: 40 },
      });
    }
  },
};

const filled = ["action.viewed", "action.write", "action.done", "session.started"];

async function compliance(ctx: BenchCtx, database: BenchDatabase) {
  const [id, signInId] = [newId(), newId()];
  await database.owner.query(
    "insert into staff (id, email, name, team) values ($1, $2, 'Cleo', 'Compliance')",
    [id, `${id}@bench.test`],
  );
  await giveRole(database.owner, id, "compliance");
  await database.owner.query("insert into staff_sign_ins (id, staff_id) values ($1, $2)", [
    signInId,
    id,
  ]);
  const actor: StaffActor = {
    kind: "staff",
    id,
    name: "Cleo",
    email: `${id}@bench.test`,
    roles: ["compliance"],
    team: "Compliance",
    zone: "UTC",
    signInId,
    authTime: null,
    acr: null,
  };
  const secret = (await ctx.panel()).settings.keys.NEXTAUTH_SECRET;
  const token = await encode({ token: { signInId }, secret, maxAge: 3600 });
  return { reader: ctxOf(database, actor), cookie: `next-auth.session-token=${token}` };
}

async function rowsPerSecond(rows: number, run: () => Promise<number>): Promise<number> {
  const from = performance.now();
  const read = await run();
  if (read < rows) throw new Error(`${read} of ${rows} rows were read`);
  return (rows * 1000) / (performance.now() - from);
}

async function hashed(reader: Ctx<StaffActor>, filter: object): Promise<number> {
  const made = await logFile(reader, filter, "csv");
  const hash = createHash("sha256");
  for await (const piece of made.pieces) hash.update(piece);
  hash.digest();
  return made.tally.rows;
}

async function bare({ db }: Ctx): Promise<number> {
  let lines = 0;
  const pieces = copyingOut(db, (out) =>
    read(out.copy(statementOf(plainColumns, undefined), "format csv, header")),
  );
  for await (const piece of pieces)
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines += 1;
  return lines;
}

async function* read(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* pieces;
}

/** Lines of a file that is read to its end, as fast as it comes. */
function downloaded(address: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(address, { headers: { cookie }, agent: false }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${address}: ${answer.statusCode}`));
      let lines = 0;
      answer.on("data", (piece: Buffer) => {
        for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines += 1;
      });
      answer.on("error", reject);
      answer.on("end", () => resolve(lines));
    });
    call.on("error", reject);
    call.end();
  });
}
