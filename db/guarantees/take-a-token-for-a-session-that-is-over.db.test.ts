import { randomBytes } from "node:crypto";
import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { ageSession } from "#db/testing/age.ts";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql } from "#db/testing/sql.ts";
import { end } from "#db/testing/steps.ts";

const s = await scene();
const token = (sql: Sql, session: string) =>
  insert(sql, "tokens", { jti: newId(), session_id: session, issued_at: new Date() });
const code = (sql: Sql, session: string, more: Row = {}) =>
  insert(sql, "authorization_codes", {
    hash: randomBytes(32),
    session_id: session,
    product_id: s.product,
    redirect_uri: "http://127.0.0.1:3001/alongside/callback",
    code_challenge: "x",
    created_at: new Date(),
    expires_at: new Date(Date.now() + 50_000),
    ...more,
  });

test("ended, idle or out of time", async () => {
  const session = await s.live();
  await s.commit((sql) => token(sql, session.id));
  for (const minutes of ["11 minutes", "20 minutes"]) {
    await ageSession(s.owner, session.id, minutes);
    expect(await attack(s, (sql) => token(sql, session.id))).toBe("token_after_end");
    expect(await attack(s, (sql) => code(sql, session.id))).toBe("token_after_end");
  }
  await s.commit((sql) => end(sql, session));
  expect(await attack(s, (sql) => token(sql, session.id))).toBe("token_after_end");
});

test("a second one in force beside the first", async () => {
  const session = await s.live(s.ben);
  await s.commit((sql) => token(sql, session.id));
  expect(await attack(s, (sql) => token(sql, session.id))).toBe("tokens_one_in_force");
});

test("a code that lasts, or for another product", async () => {
  const session = await s.live(s.moe);
  const forged = { created_at: "2998-12-31", expires_at: "2998-12-31T00:00:59Z" };
  await s.commit((sql) => code(sql, session.id, forged));
  const { rows } = await s.owner.query(
    "select expires_at < clock_timestamp() + interval '61 seconds' as short from authorization_codes",
  );
  expect(rows).toEqual([{ short: true }]);
  const outcome = await attack(s, (sql) => code(sql, session.id, { product_id: newId() }));
  expect(outcome).toBe("code_other_product");
});
