import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, grant } from "#db/testing/steps.ts";

const s = await scene();

test("sensitivity, approvals, time and hash are the database's own", async () => {
  const request = await s.commit((sql) =>
    ask(sql, s.ana, s.rita, {
      sensitive: false,
      sensitive_because: [],
      approvals_needed: 0,
      created_at: "2001-01-01",
      lapses_at: "2999-01-01",
      ask_hash: Buffer.from("forged"),
    }),
  );
  const { rows } = await s.owner.query(
    `select sensitive, sensitive_because, approvals_needed, octet_length(ask_hash) as hashed,
       created_at > clock_timestamp() - interval '1 minute' as recent,
       lapses_at = created_at + interval '24 hours' as capped
     from requests where id = $1`,
    [request.id],
  );
  expect(rows).toEqual([
    {
      sensitive: true,
      sensitive_because: ["regulated"],
      approvals_needed: 1,
      hashed: 32,
      recent: true,
      capped: true,
    },
  ]);
});

test("a request cannot be made granted", async () => {
  const outcome = await attack(s, (sql) => ask(sql, s.ana, s.jane, { status: "granted" }));
  expect(outcome).toBe("request_starts_pending");
});

test.each(["sensitive = false", "approvals_needed = 0", "created_at = now()", "ask_hash = ''"])(
  "afterwards %s is not permitted, and frozen to the owner",
  async (change) => {
    const forge = `update requests set ${change}`;
    expect(await attack(s, (sql) => sql.query(forge))).toBe("42501");
    const asOwner = { owner: s.owner, runtime: s.owner };
    expect(await attack(asOwner, (sql) => sql.query(forge))).toBe("request_frozen");
  },
);

test("a grant does not choose how long it may wait", async () => {
  const request = await s.commit(async (sql) => {
    const request = await ask(sql, s.ana, s.jane);
    await grant(sql, request, { start_by: "2999-01-01", granted_at: "2998-12-31" });
    return request;
  });
  const { rows } = await s.owner.query(
    "select start_by < clock_timestamp() + interval '31 minutes' as soon from requests where id = $1",
    [request.id],
  );
  expect(rows).toEqual([{ soon: true }]);
  const outcome = await attack(s, (sql) =>
    sql.query("update requests set start_by = '2999-01-01' where id = $1", [request.id]),
  );
  expect(outcome).toBe("request_frozen");
});
