import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";

const s = await scene();
const session = await s.live();
await s.commit(async (sql) => {
  await insert(sql, "tokens", {
    jti: newId(),
    session_id: session.id,
    issued_at: new Date(),
    retired_at: new Date(),
  });
  await insert(sql, "authorization_codes", {
    hash: Buffer.alloc(32),
    session_id: session.id,
    product_id: s.product,
    redirect_uri: "http://127.0.0.1:3001/alongside/callback",
    code_challenge: "x",
    created_at: new Date(),
    expires_at: new Date(),
    consumed_at: new Date(),
  });
  await insert(sql, "staff_sign_ins", {
    id: newId(),
    staff_id: s.ana,
    ended_at: new Date(),
    end_cause: "signed_out",
  });
});

test.each([
  ["a consumed code", "update authorization_codes set consumed_at = null"],
  ["a retired token", "update tokens set retired_at = null"],
  ["an ended sign-in", "update staff_sign_ins set ended_at = null, end_cause = null"],
])("%s", async (_, revive) => {
  expect(await attack(s, (sql) => sql.query(revive))).toMatch(/_(consumed|retired|ended)_at_once$/);
});
