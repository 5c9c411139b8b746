import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { inTransaction } from "#db/testing/scene.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { addHook, choose, hookSecret, hookServer } from "#lib/notices/testing.ts";
import type { Ending } from "#lib/platform/boot/ending.ts";

/** The company's own system on loopback, which is told of requests and decisions; it fails as receivers do. */
export type Receiver = {
  /** Answers 503, or takes and never answers, for so many milliseconds. */
  fail: (how: "down" | "silent", ms: number) => Promise<void>;
  /** Calls `kill` once something has come, and before it is answered: it was sent, and nobody marks it so. */
  killSender: (kill: () => void, ms: number) => Promise<void>;
  /** What came by now and was taken, by its id. */
  taken: () => ReadonlySet<string>;
  /** What came and was not signed as it must be. */
  forged: () => readonly string[];
};

/** Starts it, and names it to the panel; `key` is what the stack seals secrets with. */
export async function startReceiver(
  owner: pg.Pool,
  key: string,
  ending: Ending,
): Promise<Receiver> {
  const hooks = await hookServer(hookSecret);
  ending.add(hooks.close);
  const admin = await hireOne(owner, ["admin"]);
  await inTransaction(owner, (sql) => addHook(sql, admin.id, { address: hooks.url, key }));
  const well = () => ({});
  return {
    fail: async (how, ms) => {
      hooks.state.answer = () => (how === "down" ? { status: 503 } : { never: true });
      await delay(ms);
      hooks.state.answer = well;
    },
    killSender: async (kill, ms) => {
      hooks.state.answer = () => {
        hooks.state.answer = well;
        kill();
        return {};
      };
      await delay(ms);
      hooks.state.answer = well;
    },
    taken: () => new Set(hooks.received.map(({ id }) => id)),
    forged: () => hooks.forged,
  };
}

/** They want to be told by it. */
export const wantsToBeTold = (owner: pg.Pool, staffId: string): Promise<void> =>
  inTransaction(owner, (sql) => choose(sql, staffId, "webhook", true));
