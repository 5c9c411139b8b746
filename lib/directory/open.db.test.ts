import { expect, test } from "vitest";
import { keepEmpty } from "#db/testing/limits.ts";
import { scene } from "#db/testing/scene.ts";
import { limits } from "#lib/limits/limits.ts";
import { readAccountUsers } from "./account-users.ts";
import { openAccount, openSubject } from "./open.ts";
import { account, customersOf, ticket, user } from "./testing.ts";

const s = await scene();
const { ana, push } = customersOf(s);
const people = Array.from({ length: 120 }, (_, i) => String(i).padStart(3, "0"));
await push(
  account(),
  user(),
  ticket(),
  ticket({ id: "SUP-2", status: "closed" }),
  account({ id: "acc_2", name: "Many" }),
  ...people.map((n) => user({ id: `usr_m${n}`, account_id: "acc_2", name: `Person ${n}` })),
);
const entries = async (event: string) => {
  const { rows } = await s.owner.query(
    "select actor_id, subject_id, account_id from audit_entry where event = $1",
    [event],
  );
  return rows;
};

test("opening a person is one entry in ten minutes, and tells what is known", async () => {
  const opened = await openSubject(ana, "usr_1");
  if (!opened.ok) throw new Error(opened.error.message);
  const subject = opened.value;
  expect(subject).toMatchObject({
    name: "Jane Ashdown",
    account: { externalId: "acc_1", users: 1 },
    openTickets: [{ reference: "SUP-1", assigneeId: s.ana, assigneeName: "ana" }],
  });
  expect(await openSubject(ana, subject.subjectId)).toEqual(opened);
  expect(await entries("subject.opened")).toEqual([
    { actor_id: s.ana, subject_id: subject.subjectId, account_id: subject.account.id },
  ]);
});

test("an account is opened the same way", async () => {
  expect(await openAccount(ana, "acc_2")).toMatchObject({ ok: true, value: { users: 120 } });
  await openAccount(ana, "acc_2");
  expect(await entries("account.opened")).toHaveLength(1);
});

test.each(["usr_none", "00000000-0000-7000-8000-000000000000", "no id\0", ""])(
  "what is not there is not found: %j",
  async (id) => {
    expect(await openSubject(ana, id)).toMatchObject({ ok: false, error: { code: "not_found" } });
    expect(await openAccount(ana, id)).toMatchObject({ ok: false, error: { code: "not_found" } });
  },
);

test("who holds no role opens nothing, and that is on record", async () => {
  const nobody = { ...ana, actor: { ...ana.actor, roles: [] } };
  expect(await openSubject(nobody, "usr_1")).toMatchObject({
    ok: false,
    error: { code: "not_allowed" },
  });
  expect(await entries("page.refused")).toHaveLength(1);
});

test("the users of an account come in pages by name, there and back", async () => {
  const opened = await openAccount(ana, "acc_2");
  if (!opened.ok) throw new Error(opened.error.message);
  const page = async (over: object) => {
    const read = await readAccountUsers(ana, opened.value.id, { q: "", ...over });
    if (!read.ok) throw new Error(read.error.message);
    return read.value;
  };
  const first = await page({});
  const second = await page({ after: first.next });
  const third = await page({ after: second.next });
  const names = [first, second, third].flatMap(({ users }) => users.map((u) => u.name));
  expect(names).toEqual(people.map((n) => `Person ${n}`));
  expect([first.previous, third.next]).toEqual([null, null]);
  expect(await page({ before: third.previous })).toEqual(second);
  expect(await page({ before: second.previous })).toEqual(first);
  expect(await page({ after: "nonsense" })).toEqual(first);
  expect((await page({ q: "PERSÖN 05" })).users).toHaveLength(12);
});

test("nobody reads the directory person by person, or page by page; who was open stays so", async () => {
  const { ben } = customersOf(s);
  const opened = async (id: string) => {
    const result = await openSubject(ben, id);
    return result.ok ? "ok" : result.error.code;
  };
  const outcomes: string[] = [];
  const { most } = limits.opening_by_person;
  for (const n of people) {
    outcomes.push(await opened(`usr_m${n}`));
    if (outcomes.length === most) await keepEmpty(s.owner, `opening_by_person:${s.ben}`);
  }
  expect(outcomes.filter((outcome) => outcome === "ok")).toHaveLength(most);
  expect(outcomes.at(-1)).toBe("too_often");
  expect(await opened("usr_m000")).toBe("ok");
  expect((await openAccount(ben, "acc_1")).ok).toBe(false);
  expect((await openSubject(ana, "usr_1")).ok).toBe(true);

  const { accountId } = await readAccountId();
  const pages = [];
  for (let i = 0; i <= limits.search_of_person.most; i += 1) {
    if (i === limits.search_of_person.most) await keepEmpty(s.owner, `search:${s.ben}`);
    pages.push(await readAccountUsers(ben, accountId, { q: `Person ${i}` }));
  }
  expect(pages.filter(({ ok }) => !ok)).toHaveLength(1);
});

async function readAccountId() {
  const { rows } = await s.owner.query("select id from accounts where external_id = 'acc_2'");
  return { accountId: String(rows[0]?.id) };
}
