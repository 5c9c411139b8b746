import pg from "pg";
import { connect } from "#db/client.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { children, type Part, parts, signal } from "#e2e/support/our-processes.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Installation, installation, poolTo, type Started } from "./started.ts";

const names: Record<Part, string> = {
  panel: "The panel",
  worker: "The worker",
  ledger: "Ledger",
  postgres: "PostgreSQL",
};
const isBack = (part: Part) => new RegExp(`^· ${names[part]} ended .*and is back after `, "gm");

/** Only what hangs meets it: on a busy machine a panel takes ten times its second to start. */
const patience = { timeout: 120_000 };

let own: Installation;
let running: Started;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  own = await installation();
  running = own.start();
  await untilRunning(running);
});
test.afterAll(() => own.remove());

async function untilRunning(one: Started): Promise<void> {
  await expect.poll(one.said, patience).toContain("Alongside is running.");
}

const timesSaid = (part: Part) => running.said().match(isBack(part))?.length ?? 0;

/** Panel and product answer, and panel and worker have the database. */
async function expectAllAnswer(): Promise<void> {
  for (const url of [`${own.panelUrl}/api/health`, `${own.ledgerUrl}/health`])
    await expect(async () => expect((await fetch(url)).ok).toBe(true)).toPass();
}

/** Everything that must be there after a crash as before: what was committed, and what is live. */
async function onRecord(): Promise<unknown> {
  const pool = poolTo((await own.databases()).ownerUrl);
  try {
    const { rows } = await pool.query(
      `select (select count(*)::integer from requests) as requests,
        (select count(*)::integer from sessions) as sessions,
        (select array_agg(id) from sessions where ended_at is null) as live,
        (select array_agg(id) from audit_entry where event in ('session.started', 'request.asked')
          and occurred_at > now() - interval '1 hour') as entries`,
    );
    return rows[0];
  } finally {
    await pool.end();
  }
}

async function standInForOne(): Promise<void> {
  const { ownerUrl, runtimeUrl } = await own.databases();
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  const { db, pool } = connect(runtimeUrl, 1);
  try {
    const person = await hireOne(owner);
    const signInId = newId();
    await owner.query("insert into staff_sign_ins (id, staff_id) values ($1, $2)", [
      signInId,
      person.id,
    ]);
    const ctx = {
      ...{ db, ip: "127.0.0.1", userAgent: "a test", requestId: newId() },
      actor: { kind: "staff", ...person, signInId, authTime: new Date(), acr: null },
    } as const;
    await started({ ctx }, await subjectOf(owner, "olu@pebblewick.test"));
  } finally {
    await Promise.all([owner.end(), pool.end()]);
  }
}

test("each that is killed, and all of them together, come back by themselves, in a line each", async () => {
  await standInForOne();
  const before = await onRecord();
  for (const part of parts) {
    const said = timesSaid(part);
    running.kill(part);
    await expect.poll(() => timesSaid(part), patience).toBe(said + 1);
    await expectAllAnswer();
  }
  const said = parts.map(timesSaid);
  for (const part of parts) running.kill(part);
  await expect.poll(() => parts.map(timesSaid), patience).toEqual(said.map((times) => times + 1));
  await expectAllAnswer();
  expect(await onRecord()).toEqual(before);
});

test("a start after everything was killed is as before, and says so in one line", async () => {
  const before = await onRecord();
  for (const pid of children(running.pid)) signal(pid, "SIGSTOP");
  const left = children(running.pid);
  await running.end("SIGKILL");
  for (const pid of left) signal(pid, "SIGKILL");
  running = own.start();
  await untilRunning(running);
  expect(running.said().match(/^· The last run was cut off: .*$/gm)).toHaveLength(1);
  await expectAllAnswer();
  expect(await onRecord()).toEqual(before);
});

test("a start after only the start was killed ends what it left behind", async () => {
  const before = await onRecord();
  await running.end("SIGKILL");
  // At once: what was left behind is on its way out.
  running = own.start();
  await untilRunning(running);
  expect(running.said()).toContain("The last run was cut off");
  await expectAllAnswer();
  expect(await onRecord()).toEqual(before);
});

test("a start after an end in order has nothing to say", async () => {
  await running.end("SIGTERM");
  running = own.start();
  await untilRunning(running);
  expect(running.said()).not.toContain("cut off");
  await expectAllAnswer();
});
