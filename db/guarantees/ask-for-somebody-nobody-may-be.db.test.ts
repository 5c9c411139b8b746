import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { addAccount, addSubject } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { ask } from "#db/testing/steps.ts";

const s = await scene();
const closed = await addAccount(s.owner, s.product, "standard", { stance: "closed" });

test.each([
  ["staff, by mail", s.standard, { email: "Max@Alongside.TEST" }],
  ["staff, by id", s.standard, { external_id: s.ben }],
  ["deactivated", s.standard, { status: "deactivated" }],
  ["a service user", s.standard, { kind: "service" }],
  ["of a closed account", closed, {}],
])("%s", async (_, account, more) => {
  const subject = await addSubject(s.owner, s.product, account, more);
  expect(await attack(s, (sql) => ask(sql, s.ana, subject))).toBe("request_subject");
});

test("staff, by the same internal id", async () => {
  const subject = await addSubject(s.owner, s.product, s.standard, { id: s.mia });
  expect(await attack(s, (sql) => ask(sql, s.ana, { ...subject, id: s.mia }))).toBe(
    "request_subject",
  );
});

test("a user of one account asked for under another", async () => {
  const outcome = await attack(s, (sql) => ask(sql, s.ana, { ...s.rita, account: s.standard }));
  expect(outcome).toBe("requests_subject_account");
});

test("the user of that id in another product", async () => {
  const other = newId();
  await s.owner.query(
    `insert into products (id, client_id, name, environment, origin, redirect_uris, initiate_login_uri)
     select $1, 'other', name, environment, origin, redirect_uris, initiate_login_uri from products`,
    [other],
  );
  const outcome = await attack(s, (sql) => ask(sql, s.ana, { ...s.jane, product: other }));
  expect(outcome).toBe("requests_account_product");
});
