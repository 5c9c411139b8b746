import { beforeAll, expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { readAccountUsers } from "./account-users.ts";
import { openAccount, openSubject } from "./open.ts";
import { searchSubjects } from "./search.ts";
import { account, customersOf, must, user } from "./testing.ts";

const s = await scene();
const { ana, push } = customersOf(s);
await push(
  account(),
  user(),
  account({ id: "acc_2", name: "Harbour Optics" }),
  user({
    id: "usr_2",
    account_id: "acc_2",
    name: "Olu Braithe",
    email: "olu@harbour.test",
    vip: true,
  }),
  user({
    id: "usr_3",
    account_id: "acc_1",
    name: "Ida Roe",
    email: "ida@pebblewick.test",
    role: "admin",
  }),
);
const region = (id: string, is: string) =>
  s.owner.query("update accounts set region = $1 where external_id = $2", [is, id]);
await region("acc_1", "Europe");
await region("acc_2", "Americas");
const manager = { ...ana, actor: { ...ana.actor, roles: ["agent", "manager"] as const } };
const compliance = { ...ana, actor: { ...ana.actor, roles: ["compliance"] as const } };
const refused = async () => {
  const { rows } = await s.owner.query(
    `select e.event, e.subject_id is not null as "isPerson", p.body::jsonb ->> 'refused' as code
     from audit_entry e join audit_payload p on p.entry_id = e.id where e.event = 'page.refused'`,
  );
  return rows;
};
const why =
  "EMEA support stands in for customers in Europe whose role is member. Harbour Optics is in Americas: Americas support can.";

beforeAll(() =>
  insert(s.owner, "policy_versions", {
    version: 15,
    body: {
      ...policy14,
      reach: [
        { team: "EMEA support", regions: ["Europe"], subjectRoles: ["member"] },
        { team: "Americas support", regions: ["Americas"] },
      ],
    },
  }),
);

test("an agent opens nobody of another team's, and is told who can, once on record", async () => {
  const message = { code: "out_of_your_reach", message: why };
  expect(await openSubject(ana, "usr_2")).toEqual({ ok: false, error: message });
  await openSubject(ana, "usr_2");
  expect(await refused()).toEqual([
    { event: "page.refused", isPerson: true, code: "out_of_your_reach" },
  ]);
  expect(await openAccount(ana, "acc_2")).toMatchObject({
    ok: false,
    error: { code: "out_of_your_reach" },
  });
  expect(await openSubject(ana, "usr_1")).toMatchObject({ ok: true, value: { notTheirs: null } });
});

test("who decides or reviews opens everybody, and reads whether they may stand in themselves", async () => {
  expect(await openSubject(manager, "usr_2")).toMatchObject({
    ok: true,
    value: { notTheirs: why },
  });
  expect(await openAccount(compliance, "acc_2")).toMatchObject({
    ok: true,
    value: { notTheirs: null },
  });
});

test("the search tells of another team's customers no more than whose they are", async () => {
  const { hits } = await searchSubjects(ana, { q: "olu" });
  expect(hits).toMatchObject([
    {
      name: "Olu Braithe",
      account: { name: "Harbour Optics", region: "Americas" },
      notTheirs: why,
      isKept: true,
      email: null,
      externalId: null,
      role: "",
      isVip: false,
      lastSeenAt: null,
    },
  ]);
  for (const q of ["olu@harbour.test", "Olu <olu@harbour.test>", "O. Braithe", "usr_2"])
    expect((await searchSubjects(ana, { q })).hits).toMatchObject([
      { name: "Olu Braithe", isKept: true, email: null, externalId: null },
    ]);
  expect((await searchSubjects(manager, { q: "olu" })).hits).toMatchObject([
    { isKept: false, email: "olu@harbour.test", notTheirs: why },
  ]);
  expect((await searchSubjects(ana, { q: "jane ashdown" })).hits).toMatchObject([
    { isKept: false, email: "jane@pebblewick.test", notTheirs: null },
  ]);
});

test("an account opens for who may stand in for some of its people, the others kept back", async () => {
  const { id } = must(await openAccount(ana, "acc_1"));
  const { users } = must(await readAccountUsers(ana, id, { q: "" }));
  expect(users.map(({ name, email, isKept }) => [name, email, isKept])).toEqual([
    ["Ida Roe", null, true],
    ["Jane Ashdown", "jane@pebblewick.test", false],
  ]);
});
