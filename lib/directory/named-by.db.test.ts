import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { limits } from "#lib/limits/limits.ts";
import { findNamed, type Naming } from "./named-by.ts";
import { account, customersOf, ticket, user } from "./testing.ts";

const s = await scene();
const { ana, push } = customersOf(s);

await push(
  account({ id: "acc_1" }),
  account({ id: "acc_2", name: "Tallowfield Clinics" }),
  account({ id: "acc_far", name: "Far Away", region: "Americas" }),
  user({ id: "usr_1" }),
  user({ id: "usr_2", name: "Olu Braithe", email: "olu@pebblewick.test" }),
  user({ id: "42", account_id: "acc_2", name: "Corin Pell", email: "corin@tallow.test" }),
  user({ id: "usr_far", account_id: "acc_far", name: "Fay", email: "fay@far.test" }),
  ticket({ id: "SUP-4821", user_id: "usr_2" }),
  ticket({ id: "SUP-4822", account_id: "acc_2", user_id: null }),
  ticket({ id: "SUP-4823", account_id: "acc_far", user_id: "usr_far" }),
);
const page = (path: string) => `http://127.0.0.1:3001${path}`;

async function found(naming: Naming) {
  const answer = await findNamed(ana, naming);
  if (!answer.ok) throw new Error(answer.error.message);
  const { people, by } = answer.value;
  return [by, ...people.map(({ name }) => name)];
}

test.each<[Naming, string | null, string[]]>([
  [{ subject: "usr_2" }, "subject", ["Olu Braithe"]],
  [{ subject: " USR_2 " }, "subject", ["Olu Braithe"]],
  [{ subject: "Olu@Pebblewick.test" }, "subject", ["Olu Braithe"]],
  [{ subject: "42", ticket: "SUP-4821" }, "subject", ["Corin Pell"]],
  [{ subject: "nobody@pebblewick.test" }, null, []],
  [{ subject: "' or true --" }, null, []],
  [{ ticket: "sup-4821" }, "ticket", ["Olu Braithe"]],
  [{ ticket: "SUP-4822" }, "ticket", ["Corin Pell"]],
  [{ ticket: "SUP-9" }, null, []],
  [{ url: page("/admin/users/usr_1/edit?tab=2") }, "url", ["Jane Ashdown"]],
  [{ url: page("/users/42") }, "url", ["Corin Pell"]],
  [{ url: page("/invoices/42") }, null, []],
  [{ url: page("/reports?account=acc_1") }, "url", ["Jane Ashdown", "Olu Braithe"]],
  [{ url: page("/reports?account=acc_1"), ticket: "SUP-4821" }, "ticket", ["Olu Braithe"]],
  [{ url: page("/users/usr_1"), ticket: "SUP-4821" }, "url", ["Jane Ashdown", "Olu Braithe"]],
  [{ url: "https://evil.test/users/usr_1" }, null, []],
  [{ url: "https://evil.test/users/usr_1", ticket: "SUP-4821" }, "ticket", ["Olu Braithe"]],
  [{}, null, []],
])("%j names whom it names", async (naming, by, names) => {
  expect(await found(naming)).toEqual([by, ...names]);
});

test("our own id names one person, and the page says of which product it is", async () => {
  const [one] = await s.owner
    .query("select id from subjects where external_id = 'usr_1'")
    .then(({ rows }) => rows);
  const answer = await findNamed(ana, { subject: one.id, url: page("/invoices") });
  expect(answer).toMatchObject({
    value: { people: [{ name: "Jane Ashdown" }], pageOf: { id: s.product } },
  });
  expect(await findNamed(ana, { url: "https://evil.test/" })).toMatchObject({
    value: { pageOf: null },
  });
});

test("who is another team's is as unknown as who does not exist, by id, mail, ticket and page", async () => {
  const reach = [{ team: ana.actor.team, regions: ["Europe"] }];
  await insert(s.owner, "policy_versions", { version: 15, body: { ...policy14, reach } });
  const ways: Naming[] = [
    { subject: "usr_far" },
    { subject: "fay@far.test" },
    { ticket: "SUP-4823" },
    { url: page("/users/usr_far") },
    { url: page("/x?account=acc_far") },
  ];
  for (const naming of ways) expect(await found(naming)).toEqual([null]);
});

test("it counts as a search, and is refused as one", async () => {
  const { most } = limits.search_of_person;
  const codes = new Set<string>();
  for (let n = 0; n <= most; n += 1) {
    const answer = await findNamed(ana, { url: page(`/users/usr_x${n}`) });
    if (!answer.ok) codes.add(answer.error.code);
  }
  expect([...codes]).toEqual(["too_often"]);
});
