import type pg from "pg";
import type { Database } from "#db/client.ts";
import type { TestServer } from "#db/testing/server.ts";
import type { Settings } from "#lib/platform/boot/settings.ts";
import type { Figure } from "./figure.ts";
import type { Statement } from "./inside.ts";

/** What a file of this folder exports: measures, and gives figures as they come. */
export type Bench = {
  name: string;
  /** One line for the reader of RESULTS.md: what is compared with what. */
  about: string;
  run(ctx: BenchCtx): AsyncIterable<Figure>;
};

/** What benches share. What is not `another` is started when first asked for, and once. */
export type BenchCtx = {
  /**
   * "small": of `npm run bench -- --small`, to see in a minute where one stands; kept nowhere. "smoke": just enough to see
   * that a bench runs; its figures mean nothing.
   */
  size: "full" | "small" | "smoke";
  /** A PostgreSQL that waits for its disk, as in production. */
  server(): Promise<TestServer>;
  /** Migrated, with the demo's staff, policy and product: what the panel runs on. */
  database(): Promise<BenchDatabase>;
  /** One more of these, for each call. */
  another(): Promise<BenchDatabase>;
  /** An empty database for the demo product; gives its address. */
  ledgerDatabase(): Promise<string>;
  /** The production build, running over `database()`. */
  panel(): Promise<RunningPanel>;
  /** Puts a query's plan, run once more with these values, into `explain/<name>.txt`. */
  explain(name: string, sql: pg.Pool, query: string, values?: unknown[]): Promise<void>;
  /**
   * The same with what the functions in these statements run, as a superuser. Gives how many rows the busiest part of any
   * plan went through.
   */
  explainInside(name: string, superuserUrl: string, statements: Statement[]): Promise<number>;
  /** Progress, for people; figures are the only thing on standard output. */
  say(line: string): void;
};

export type BenchDatabase = {
  runtimeUrl: string;
  ownerUrl: string;
  /** As the panel connects, with its settings: plain and through Drizzle. */
  runtime: pg.Pool;
  db: Database;
  owner: pg.Pool;
};

export type RunningPanel = {
  url: string;
  ledgerUrl: string;
  settings: Settings;
};
