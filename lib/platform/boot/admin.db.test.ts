import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { inTransaction } from "#db/testing/scene.ts";
import { testDataDir } from "#db/testing/server.ts";
import { insert } from "#db/testing/sql.ts";
import { newId } from "#lib/kernel/ids.ts";
import { withOwner } from "./owner.ts";

// Each order is a process of its own, as it is for people.
vi.setConfig({ testTimeout: 180_000 });

let database: TestDatabase;
let dataDir: string;
beforeAll(async () => {
  database = await testDatabase();
  dataDir = await testDataDir();
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const run = promisify(execFile);
/** As `npm run admin -- …` does. */
const admin = async (...args: string[]): Promise<string> => {
  const env = { PATH: process.env.PATH, NODE_ENV: "production" as const };
  const { stdout } = await run(process.execPath, ["lib/platform/boot/admin.ts", ...args], {
    env: { ...env, DATABASE_OWNER_URL: database.ownerUrl },
  });
  return stdout;
};
const rolesOf = async (email: string) => {
  const { rows } = await database.owner.query(
    `select s.name, r.role, r.granted_by from staff s join staff_roles r on r.staff_id = s.id
     where s.email = $1 and r.revoked_at is null order by r.role`,
    [email],
  );
  return rows;
};
const entries = async (event: string) => {
  const { rows } = await database.owner.query(
    `select p.body::jsonb as body from audit_entry e join audit_payload p on p.entry_id = e.id
     where e.event = $1 order by e.occurred_at`,
    [event],
  );
  return rows.map((row) => row.body);
};

describe("npm run admin", () => {
  it("makes the first admin, on record, and only once", async () => {
    expect(await admin("grace.hopper@acme.test")).toContain("is on the staff now, as an admin");
    expect(await admin("Grace.Hopper@acme.test")).toContain("is an admin already");
    expect(await rolesOf("grace.hopper@acme.test")).toEqual([
      { name: "Grace Hopper", role: "admin", granted_by: null },
    ]);
    expect(await entries("staff.added")).toMatchObject([
      { by: "Whoever runs this installation", email: "grace.hopper@acme.test" },
    ]);
    expect(await entries("role.granted")).toMatchObject([{ role: "admin" }]);
  });

  it("gives the role to somebody who is known, and keeps their name", async () => {
    await hire(database.owner, "max", ["manager"]);
    expect(await admin("max@alongside.test", "--name", "Another")).toContain("is an admin now");
    expect(await rolesOf("max@alongside.test")).toMatchObject([
      { name: "max", role: "admin" },
      { name: "max", role: "manager" },
    ]);
  });

  it("refuses who is suspended, and nonsense, and changes nothing", async () => {
    const gone = await hire(database.owner, "gone", []);
    await database.owner.query(
      "update staff set status = 'deactivated', deactivated_at = clock_timestamp() where id = $1",
      [gone],
    );
    await expect(admin("gone@alongside.test")).rejects.toThrow("gone is suspended");
    await expect(admin()).rejects.toThrow("Say who: one e-mail address");
    await expect(admin("a@acme.test", "b@acme.test")).rejects.toThrow("Say who");
    await expect(admin("nobody")).rejects.toThrow("The email is not an e-mail address");
    await expect(admin("a@acme.test", "--name", " ")).rejects.toThrow("The name is not a name");
    await expect(admin("a@acme.test", "--role", "x")).rejects.toThrow("Usage: npm run admin");
    expect(await rolesOf("a@acme.test")).toEqual([]);
    expect(await rolesOf("gone@alongside.test")).toEqual([]);
  });
});

describe("npm run admin -- EMAIL --restore", () => {
  it("lets in an admin who was suspended, on record, and makes nobody else one by it", async () => {
    const lost = await hire(database.owner, "lost", ["admin"]);
    await database.owner.query(
      "update staff set status = 'deactivated', deactivated_at = clock_timestamp() where id = $1",
      [lost],
    );
    expect(await admin("lost@alongside.test", "--restore")).toContain("is let in again");
    expect(await admin("lost@alongside.test", "--restore")).toContain("is an admin already");
    expect(await entries("staff.restored")).toMatchObject([
      { by: "Whoever runs this installation", person: lost },
    ]);
    await expect(admin("lost@alongside.test", "--restore", "--release")).rejects.toThrow("Usage");
  });
});

describe("npm run admin -- EMAIL --release", () => {
  it("lets the next sign-in bind anew, on record", async () => {
    const kim = await hire(database.owner, "kim", ["agent"]);
    expect(await admin("kim@alongside.test", "--release")).toContain("was bound to no account");
    await inTransaction(database.owner, async (sql) => {
      const bound_entry_id = await entry(sql, "identity.bound", { actor: kim });
      const who = { staff_id: kim, issuer: "https://login.acme.test", subject: "kim" };
      await insert(sql, "staff_identities", { id: newId(), ...who, bound_entry_id });
    });
    const signInId = newId();
    await insert(database.owner, "staff_sign_ins", { id: signInId, staff_id: kim });
    expect(await admin("KIM@alongside.test", "--release")).toContain("the next sign-in binds anew");
    const { rows: signIns } = await database.owner.query(
      "select id, end_cause from staff_sign_ins where staff_id = $1",
      [kim],
    );
    expect(signIns).toEqual([{ id: signInId, end_cause: "released" }]);
    expect(await entries("sign_in.ended")).toMatchObject([
      { sign_in: signInId, cause: "released" },
    ]);
    const { rows } = await database.owner.query(
      "select released_at is not null as released from staff_identities where staff_id = $1",
      [kim],
    );
    expect(rows).toEqual([{ released: true }]);
    expect(await entries("identity.released")).toMatchObject([{ subject: "kim" }]);
    await expect(admin("nobody@acme.test", "--release")).rejects.toThrow("Nobody on the staff has");
    await expect(admin("kim@alongside.test", "--release", "--name", "K")).rejects.toThrow("One or");
  });
});

describe("the owner's connection", () => {
  it("is the embedded database's, started for the command and ended after it", async () => {
    const variables = { NODE_ENV: "production" as const, DATA_DIR: dataDir };
    const url = await withOwner(
      variables,
      () => {},
      async (ownerUrl) => ownerUrl,
    );
    expect(url).toMatch(/^postgres:\/\/alongside_owner:.*\/alongside$/);
    // By now this process holds the folder, as `npm start` would: the server must be running to be used.
    await expect(
      withOwner(
        variables,
        () => {},
        async () => {},
      ),
    ).rejects.toThrow("No connection");
  });

  it("is not guessed from the runtime role's", async () => {
    const variables = { NODE_ENV: "production" as const, DATABASE_URL: database.runtimeUrl };
    await expect(
      withOwner(
        variables,
        () => {},
        async () => {},
      ),
    ).rejects.toThrow("set DATABASE_OWNER_URL too");
  });
});
