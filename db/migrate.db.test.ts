import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate } from "./migrate.ts";
import { type TestDatabase, testDatabase } from "./testing/database.ts";

let database: TestDatabase;
let folder: string;
let runtimeUser: string;
beforeAll(async () => {
  database = await testDatabase();
  runtimeUser = decodeURIComponent(new URL(database.runtimeUrl).username);
  folder = await mkdtemp(join(tmpdir(), "alongside-migrations-"));
  await write(
    "0000_toys.sql",
    "create table toys (id int);--> statement-breakpoint\ninsert into toys values (1)",
  );
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const run = (user = runtimeUser) =>
  migrate({ ownerUrl: database.ownerUrl, runtimeUser: user, folder });

describe("migrations", () => {
  it("are applied once, also by two at a time", async () => {
    const both = await Promise.all([run(), run()]);
    expect(both.flat()).toEqual(["0000_toys.sql"]);
    expect(await run()).toEqual([]);
    const { rowCount } = await database.owner.query("select from toys");
    expect(rowCount).toBe(1);
  });

  it("grant to the role that the panel runs as", async () => {
    await write("0001_grant.sql", "grant select on toys to :runtime:");
    expect(await run()).toEqual(["0001_grant.sql"]);
    const { rowCount } = await database.runtime.query("select from toys");
    expect(rowCount).toBe(1);
  });

  it("leave nothing of a file that fails, and name its line", async () => {
    await write("0002_broken.sql", "create table half (id int);\n\nselect nothing_like_that();");
    await expect(run()).rejects.toThrow("0002_broken.sql, line 3: function nothing_like_that()");
    const { rows } = await database.owner.query("select to_regclass('half') as half");
    expect(rows).toEqual([{ half: null }]);
    await rm(join(folder, "0002_broken.sql"));
  });

  it("refuse a file that was changed after it was applied", async () => {
    await write("0001_grant.sql", "grant insert on toys to :runtime:");
    await expect(run()).rejects.toThrow("0001_grant.sql was changed after it was applied");
  });

  it("refuse a panel that would run as the owner or could become it", async () => {
    const { rows } = await database.owner.query("select current_user as owner");
    await expect(run(rows[0].owner)).rejects.toThrow("must not run as the owner");
    await expect(run("nobody_of_that_name")).rejects.toThrow("does not exist");
  });
});
