import { request } from "node:http";
import { encode } from "next-auth/jwt";
import { restingTriggers } from "#db/resting-triggers.ts";
import { inTransaction } from "#db/testing/scene.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { newId } from "#lib/kernel/ids.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import type { Bench, BenchCtx, BenchDatabase } from "./bench.ts";
import { figure } from "./figure.ts";
import { freshPanel, highest } from "./memory.ts";
import { ctxOf } from "./people.ts";

/** What the panel needs to send the evidence pack of a large review. */
export const pack: Bench = {
  name: "pack",
  about:
    "Resident memory of a panel that was just started and has shown some pages, while an HTTP client downloads the evidence pack of a closed review of 5,000 items, each with a decision, above what it was before; and how long that takes.",
  async *run(ctx) {
    const items = ctx.size === "full" ? 5000 : 50;
    const database = await ctx.database();
    const { slug, cookie } = await closedReview(ctx, database, items);
    const running = await ctx.panel();
    const { pid, idle } = await freshPanel(running, cookie);
    for (const which of ["the first of a process, signed", "again"]) {
      let bytes = 0;
      let took = 0;
      const peak = await highest(pid, async () => {
        const from = performance.now();
        bytes = await downloaded(running.url, `/reviews/${slug}/pack/file`, cookie);
        took = performance.now() - from;
      });
      ctx.say(`${bytes} bytes; panel ${idle.toFixed(0)} → ${peak.toFixed(0)} MiB`);
      yield figure(
        `panel's memory above idle, ${items} items, ${which}`,
        "MiB",
        Math.max(0, peak - idle),
        { target: { atMost: 100 } },
      );
      yield figure(`pack of ${items} items, ${which}`, "ms", took);
    }
  },
};

async function closedReview(ctx: BenchCtx, database: BenchDatabase, items: number) {
  const { owner } = database;
  const [id, signInId] = [newId(), newId()];
  await owner.query(
    "insert into staff (id, email, name, team) values ($1, $2, 'Cleo', 'Compliance')",
    [id, `${id}@bench.test`],
  );
  await owner.query(
    "insert into staff_roles (id, staff_id, role, granted_at) values (gen_random_uuid(), $1, 'compliance', '2024-01-01')",
    [id],
  );
  await owner.query("insert into staff_sign_ins (id, staff_id) values ($1, $2)", [signInId, id]);
  await owner.query(
    `with hired as (
       insert into staff (id, email, name, team, manager_id)
       select gen_random_uuid(), 'pack' || i || '@bench.test', 'Оле́на Someone ' || i, 'Support', null from generate_series(1, $1) i returning id)
     insert into staff_roles (id, staff_id, role, granted_at) select gen_random_uuid(), id, 'agent', '2010-01-02' from hired`,
    [items],
  );
  const actor: StaffActor = {
    ...{ kind: "staff", id, name: "Cleo", email: `${id}@bench.test`, roles: ["compliance"] },
    ...{ team: "Compliance", zone: "UTC", signInId, authTime: null, acr: null },
  };
  const opened = await openCampaign(ctxOf(database, actor), {
    firstDay: "2010-01-01",
    lastDay: "2010-03-31",
  });
  if (!opened.ok) throw new Error(`The review did not open: ${opened.error.message}`);
  const campaign = opened.value.id;
  await inTransaction(owner, async (sql) => {
    await sql.query(
      `with made as (insert into audit_entry (id, event) select gen_random_uuid(), 'review.decided' from generate_series(1, $1) returning id)
       insert into audit_payload (entry_id, salt, body) select id, '\\x00', '{}' from made`,
      [items],
    );
    await restingTriggers(sql, "review_decisions", () =>
      sql.query(
        `insert into review_decisions (id, item_id, decision, justification, decided_by, decided_as, conflict_check, seconds, sample_size, entry_id)
         select gen_random_uuid(), i.id, 'keep', 'Works on the desk each day, as their sessions and their lead say.', i.reviewer_id, 'manager',
           'No conflict: did not grant it, does not report to them.', 42, 3, e.id
           from (select id, reviewer_id, row_number() over (order by id) as n from review_items where campaign_id = $1) i
           join (select id, row_number() over (order by id) as n from audit_entry where event = 'review.decided') e using (n)`,
        [campaign],
      ),
    );
    await restingTriggers(sql, "review_items", () =>
      sql.query(
        "update review_items i set decision_id = d.id, decision = 'keep' from review_decisions d where d.item_id = i.id and i.campaign_id = $1",
        [campaign],
      ),
    );
    await restingTriggers(sql, "campaigns", () =>
      sql.query(
        `update campaigns set status = 'closed', closed_at = now(), closed_by = $2, statement = 'Every right was looked at.', closed_entry_id = opened_entry_id
           where id = $1`,
        [campaign, id],
      ),
    );
  });
  const secret = (await ctx.panel()).settings.keys.NEXTAUTH_SECRET;
  const token = await encode({ token: { signInId }, secret, maxAge: 3600 });
  return { slug: opened.value.slug, cookie: `next-auth.session-token=${token}` };
}

/** Bytes of an answer that is read to its end, as fast as it comes. */
function downloaded(url: string, path: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      cookie,
      origin: url,
      "content-type": "application/x-www-form-urlencoded",
      "content-length": 0,
    };
    const call = request(`${url}${path}`, { method: "POST", headers, agent: false }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${path}: ${answer.statusCode}`));
      let bytes = 0;
      answer.on("data", (piece: Buffer) => {
        bytes += piece.byteLength;
      });
      answer.on("error", reject);
      answer.on("end", () => resolve(bytes));
    });
    call.on("error", reject);
    call.end();
  });
}
