import { expect, it } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";

const s = await scene();
const spent = (good_until: Date, jti = 1) => ({
  issuer: "https://login.acme.test",
  jti_hash: Buffer.alloc(32, jti),
  good_until,
});
const inAnHour = new Date(Date.now() + 3_600_000);

it("a token that was spent is not spent again, nor forgotten while it is good", async () => {
  await insert(s.runtime, "spent_tokens", spent(inAnHour));
  expect(await attack(s, (sql) => insert(sql, "spent_tokens", spent(inAnHour)))).toBe(
    "spent_tokens_issuer_jti_hash_pk",
  );
  expect(await attack(s, (sql) => sql.query("delete from spent_tokens"))).toBe(
    "spent_token_still_good",
  );
  expect(
    await attack(s, (sql) => sql.query("update spent_tokens set good_until = clock_timestamp()")),
  ).toBe("42501");
  expect(await attack(s, (sql) => sql.query("truncate spent_tokens"))).toBe("42501");
});

it("one that is over is forgotten", async () => {
  await insert(s.runtime, "spent_tokens", spent(new Date(Date.now() - 1000), 2));
  const { rowCount } = await s.runtime.query(
    "delete from spent_tokens where good_until < clock_timestamp()",
  );
  expect(rowCount).toBe(1);
});
