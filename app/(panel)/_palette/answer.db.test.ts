import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { raiseFinding } from "#db/testing/findings.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { account, customersOf, user } from "#lib/directory/testing.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { limits } from "#lib/limits/limits.ts";
import { ask } from "#lib/requests/ask.ts";
import { cancel } from "#lib/requests/cancel.ts";
import { answerPalette } from "./answer.ts";

const s = await scene();
const { ana, ben, max } = await atWork(s);
const { push } = customersOf(s);
await push(
  account(),
  user(),
  account({ id: "acc_2", name: "Harbour Optics" }),
  user({ id: "usr_2", account_id: "acc_2", name: "Olu Braithe", email: "olu@harbour.test" }),
);

async function found(ctx: Ctx<StaffActor>, typed: string): Promise<Record<string, string[]>> {
  const answer = await answerPalette(ctx, typed);
  if (!answer.ok) throw new Error(answer.error.code);
  return Object.fromEntries(
    answer.value.groups.map(({ title, items }) => [title, items.map(({ label }) => label)]),
  );
}
async function asked(): Promise<{ id: string; number: number }> {
  const result = await ask(ana, question(s.rita.id));
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

test("a request is found by its number by its actor and who sees the queue, and by nobody else", async () => {
  const { id, number } = await asked();
  for (const typed of [`R-${number}`, `r${number}`, ` R ${number} `, `${number}`]) {
    expect(Object.keys(await found(ana, typed)), typed).toEqual(["By number"]);
    expect(Object.keys(await found(max, typed)), typed).toEqual(["By number"]);
    expect(await found(ben, typed), typed).toEqual({});
  }
  expect(await found(ana, `S-${number}`)).toEqual({});
  await cancel(ana, { requestId: id });
});

test("a session is found by its number by whoever may open its page", async () => {
  const started = await standIn(ana, question(s.jane.id));
  if (!started.ok || started.value.kind !== "started") throw new Error("It did not start");
  const typed = `S-${started.value.number}`;
  expect(await found(ana, typed)).toMatchObject({
    "By number": [expect.stringMatching(/^ana as /)],
  });
  expect(Object.keys(await found(max, typed))).toEqual(["By number"]);
  expect(await found(ben, typed)).toEqual({});
});

test("a finding is found by who may see it, never by whom it is about", async () => {
  await s.commit((sql) => raiseFinding(sql, s.ana));
  const { rows } = await s.owner.query("select number from findings where actor_id = $1", [s.ana]);
  const typed = `F-${rows[0]?.number}`;
  expect(Object.keys(await found(max, typed))).toEqual(["By number"]);
  expect(await found(ana, typed)).toEqual({});
  expect(await found(ben, typed)).toEqual({});
});

test("with nothing typed an agent has what is near: what lives, what is open, whom they met", async () => {
  const { id } = await asked();
  const near = await answerPalette(ana, "  ");
  if (!near.ok) throw new Error(near.error.code);
  expect(near.value.groups.map(({ title }) => title)).toEqual([
    "Live now",
    "Your open requests",
    "Recent",
  ]);
  // To where an end is asked for, and not to an end.
  expect(near.value.groups[0]?.items.map(({ href }) => href)).toEqual([
    expect.stringMatching(/^\/sessions\/[0-9a-f-]{36}$/),
    expect.stringMatching(/^\/sessions\/[0-9a-f-]{36}\?end=1$/),
  ]);
  await cancel(ana, { requestId: id });
  expect(Object.keys(await found(ana, ""))).toEqual(["Live now", "Recent"]);
  expect(await found(ben, "")).toEqual({});
  expect(await found(max, "")).toEqual({});
});

test("pages are those that the reader's roles may open", async () => {
  const pages = async (roles: StaffActor["roles"]) => {
    const answer = await answerPalette({ ...ana, actor: { ...ana.actor, roles } }, "");
    return answer.ok ? answer.value.pages.map(({ href }) => href) : [];
  };
  expect(await pages(["agent"])).toEqual(["/me/devices", "/me/notices", "/reviews/tasks"]);
  expect(await pages(["admin"])).toContain("/settings/staff/new");
  expect(await pages(["compliance"])).not.toContain("/settings/staff/new");
  expect(await pages(["compliance"])).toContain("/audit/export");
});

test("staff are found by who may open the settings, and by nobody else", async () => {
  const admin = { ...max, actor: { ...max.actor, roles: ["admin"] as const } };
  expect(await found(admin, "ben")).toMatchObject({ Staff: ["ben"] });
  for (const ctx of [ana, max]) expect((await found(ctx, "ben")).Staff).toBeUndefined();
});

test("accounts are found by how their name begins and by their id, whatever signs are typed", async () => {
  expect(await found(ana, "harb")).toMatchObject({ Accounts: ["Harbour Optics"] });
  expect(await found(ana, "ACC_2")).toMatchObject({ Accounts: ["Harbour Optics"] });
  for (const odd of ["%", "_", "\\", "'", "\0", "\ud800", "x".repeat(200)])
    expect((await found(ana, odd)).Accounts, JSON.stringify(odd)).toBeUndefined();
});

test("a pasted page of a product goes to whose it is, and a foreign one to nobody", async () => {
  const page = (origin: string) => found(ana, `${origin}/accounts/acc_2/invoices`);
  expect(await page("http://127.0.0.1:3001")).toEqual({ People: ["Olu Braithe"] });
  expect(await page("http://elsewhere.test")).toEqual({});
  expect(await found(ana, "OLU@harbour.test")).toEqual({ People: ["Olu Braithe"] });
});

test("who and what is another team's is not there for an agent, and is for a manager", async () => {
  await s.owner.query("update accounts set region = 'Americas' where external_id = 'acc_2'");
  await insert(s.owner, "policy_versions", {
    version: 15,
    body: { ...policy14, reach: [{ team: "EMEA support", regions: ["Europe"] }] },
  });
  expect(await found(ana, "harbour")).toEqual({});
  expect(await found(ana, "Olu Braithe")).toEqual({});
  expect(await found(ana, "olu@harbour.test")).toEqual({});
  expect(await found(ana, "acc_2")).toEqual({});
  expect(await found(max, "Olu Braithe")).toEqual({ People: ["Olu Braithe"] });
  expect(await found(max, "harbour")).toMatchObject({ Accounts: ["Harbour Optics"] });
});

test("is counted as a search, numbers too, and refused as one", async () => {
  let refused: string | null = null;
  for (let n = 0; refused === null && n <= limits.search_of_person.most; n += 1) {
    const answer = await answerPalette(ben, `R-${n}${n}7${n}`);
    if (!answer.ok) refused = answer.error.code;
  }
  expect(refused).toBe("too_often");
  // What is near costs nobody a search.
  expect((await answerPalette(ben, "")).ok).toBe(true);
});
