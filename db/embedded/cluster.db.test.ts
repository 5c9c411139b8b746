import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testDataDir } from "#db/testing/server.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { findPlace } from "./place.ts";
import { withClient } from "./roles.ts";

let dataDir: string;
let cluster: Cluster;
const said: string[] = [];
const start = () =>
  startCluster({
    dataDir,
    superuserPassword: "pw",
    durable: false,
    say: (line) => said.push(line),
  });
const query = async (sql: string): Promise<unknown> =>
  withClient(cluster.superuserUrl, async (client) => {
    const { rows } = await client.query({ text: sql, rowMode: "array" });
    return rows[0]?.[0];
  });
const pidFile = async () => join((await findPlace(dataDir)).home, "cluster", "postmaster.pid");
const postmaster = async () => Number((await readFile(await pidFile(), "utf8")).split("\n")[0]);

beforeAll(async () => {
  dataDir = await testDataDir();
  cluster = await start();
  await query("create table kept as select 1 as one");
  await cluster.stop();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));
beforeEach(async () => {
  said.length = 0;
  cluster = await start();
});
afterEach(() => cluster.stop());

describe("the embedded PostgreSQL", () => {
  it("knows the letters of every script", async () => {
    await query("create extension if not exists pg_trgm");
    expect(await query("select cardinality(show_trgm('Ю'))")).toBeGreaterThan(0);
  });

  it("listens on loopback only, with a password", async () => {
    expect(await query("show listen_addresses")).toBe("127.0.0.1");
    const wrong = new URL(cluster.superuserUrl);
    wrong.password = "another";
    await expect(withClient(wrong.href, async () => {})).rejects.toThrow("password");
  });

  it("recovers after it was killed, with what was committed", async () => {
    process.kill(await postmaster(), "SIGKILL");
    await cluster.ended;
    cluster = await start();
    expect(await query("select one from kept")).toBe(1);
  });

  it("ends a server that an earlier run left behind, and never adopts it", async () => {
    const orphan = cluster;
    const before = await postmaster();
    cluster = await start();
    await orphan.ended;
    expect(await postmaster()).not.toBe(before);
    expect(await query("select one from kept")).toBe(1);
  });

  it("leaves a stranger alone who got the number of a killed server", async () => {
    await cluster.stop();
    // This process: the test would not live to its end.
    await writeFile(await pidFile(), `${process.pid}\n`);
    cluster = await start();
    expect(said).toEqual([]);
    expect(await query("select one from kept")).toBe(1);
  });

  it("keeps its port while that is free", async () => {
    const { port } = cluster;
    await cluster.stop();
    cluster = await start();
    expect(cluster.port).toBe(port);
  });
});
