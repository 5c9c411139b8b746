import { expect, test } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { account, customersOf, ticket, user } from "./testing.ts";

const s = await scene();
const { push } = customersOf(s);
const all = async (query: string) => (await s.owner.query(query)).rows;
const entries = () =>
  all(`select e.account_id, p.body::json->>'what' as what from audit_entry e
    join audit_payload p on p.entry_id = e.id where event = 'directory.updated' order by e.id`);

test("a push is one entry; the same again changes and records nothing", async () => {
  const lines = [account(), user(), ticket()];
  const counts = { accounts: 1, users: 1, tickets: 1, rejected: 0, last_line: 3, errors: [] };
  expect(await push(...lines)).toEqual(counts);
  const stored = "select s.*, xmin from subjects s where external_id = 'usr_1'";
  const before = await all(stored);
  expect(before).toHaveLength(1);
  expect(await push(...lines)).toEqual(counts);
  expect(await all(stored)).toEqual(before);
  expect(await entries()).toEqual([
    { account_id: null, what: "Ledger brought 1 accounts, 1 users and 1 tickets up to date" },
  ]);
});

test("what a decision rests on changes with an entry in the stream of its account", async () => {
  const before = (await entries()).length;
  await push(account({ tier: "regulated" }), user({ vip: true, name: "Jane Ash" }));
  const told = (await entries()).slice(before);
  expect(told).toHaveLength(2);
  expect(told[1]).toMatchObject({ what: "Pebblewick Bakery: 2 facts changed" });
  expect(told[1].account_id).not.toBeNull();
  await push(account(), user());
});

test("where a customer is and which terms they accepted is kept until a line says otherwise", async () => {
  const said = async () =>
    (await all("select region, terms_version from accounts where external_id = 'acc_1'"))[0];
  const before = (await entries()).length;
  await push(account({ region: "Europe", terms_version: "2026-05" }));
  expect(await said()).toEqual({ region: "Europe", terms_version: "2026-05" });
  expect((await entries()).slice(before)[1]).toMatchObject({
    what: "Pebblewick Bakery: 2 facts changed",
  });
  await push(account());
  expect(await said()).toEqual({ region: "Europe", terms_version: "2026-05" });
  await push(account({ region: null, terms_version: "2026-11" }));
  expect(await said()).toEqual({ region: null, terms_version: "2026-11" });
  expect(await push(account({ region: "" }))).toMatchObject({ rejected: 1 });
  await push(account({ terms_version: null }));
});

test("lines that cannot be taken are errors of theirs, with numbers; the others count", async () => {
  const pushed = await push(
    account({ id: "acc_2", tier: "golden" }),
    user({ id: "usr_2", account_id: "acc_2" }),
    user({ id: "usr_3", email: "jane" }),
    user({ id: "usr_4" }),
    ticket({ id: "SUP-2", user_id: "usr_2" }),
    ticket({ id: "SUP-3", user_id: null }),
  );
  expect(pushed).toMatchObject({ accounts: 0, users: 1, tickets: 1, last_line: 6, rejected: 4 });
  expect(pushed.errors).toEqual([
    { line: 1, field: "tier", message: "Must be standard or enterprise or regulated." },
    { line: 2, field: "account_id", message: "There is no account acc_2." },
    { line: 3, field: "email", message: "Must be an e-mail address." },
    { line: 5, field: "user_id", message: "usr_2 is not a user of acc_1." },
  ]);
});

test("within a push accounts come before users before tickets, and the last line of an id holds", async () => {
  const lines = [
    ticket({ id: "SUP-5", account_id: "acc_5", user_id: "usr_5" }),
    user({ id: "usr_5", account_id: "acc_5", name: "First" }),
    user({ id: "usr_5", account_id: "acc_5", name: "Second" }),
    account({ id: "acc_5" }),
  ];
  expect(await push(...lines)).toMatchObject({ accounts: 1, users: 1, tickets: 1, errors: [] });
  expect(await all("select name from subjects where external_id = 'usr_5'")).toEqual([
    { name: "Second" },
  ]);
});

test("a user moves to another account, unless requests on record bind them to theirs", async () => {
  await push(account({ id: "acc_6" }), user({ id: "usr_6" }));
  expect(await push(user({ id: "usr_6", account_id: "acc_6" }))).toMatchObject({ errors: [] });
  await s.granted();
  const [jane] = await all(`select external_id as id from subjects where id = '${s.jane.id}'`);
  const pushed = await push(user({ id: jane.id, account_id: "acc_6" }));
  expect(pushed).toMatchObject({ users: 0, errors: [{ line: 1 }] });
});

test("many users of a push go in at once", async () => {
  const users = Array.from({ length: 1201 }, (_, i) => user({ id: `usr_many${i}` }));
  expect(await push(...users)).toMatchObject({ users: 1201, errors: [] });
  const rows = await all(
    "select count(*)::int as n from subjects where external_id like 'usr_many%'",
  );
  expect(rows).toEqual([{ n: 1201 }]);
});

test("two pushes at the same time wait for each other, and both count", async () => {
  const lines = (name: string) => [
    account({ name: `Bakery ${name}` }),
    ...Array.from({ length: 300 }, (_, i) => user({ id: `usr_many${i}`, name })),
  ];
  const pushes = ["Ada", "Bea", "Cleo", "Dora"].map((name) => push(...lines(name)));
  for (const pushed of await Promise.all(pushes)) expect(pushed).toMatchObject({ users: 300 });
  const rows = await all(
    "select distinct s.name, a.name as account from subjects s join accounts a on a.id = s.account_id where s.external_id ~ '^usr_many[0-9]{1,2}$'",
  );
  expect(rows).toHaveLength(1);
  expect(rows[0].account).toBe(`Bakery ${rows[0].name}`);
});
