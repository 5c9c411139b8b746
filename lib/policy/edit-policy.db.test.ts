import { drizzle } from "drizzle-orm/node-postgres";
import { expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { editPolicy } from "./edit-policy.ts";
import type { Typed } from "./form-rows.ts";
import { currentPolicy } from "./policy.ts";

const s = await scene();
await insert(s.owner, "policy_versions", { version: 14, body: policy14 });
const db = drizzle(s.runtime);
async function admin(name: string): Promise<Ctx<StaffActor>> {
  const id = await hire(s.owner, name, ["admin"]);
  const signInId = newId();
  await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
  const actor: StaffActor = {
    ...{ kind: "staff", id, name, email: `${name}@alongside.test`, roles: ["admin"] },
    ...{ team: "Head office", zone: "UTC", signInId, authTime: null, acr: null },
  };
  return { db, actor, ip: null, userAgent: null, requestId: newId() };
}
const [ada, ida] = [await admin("ada"), await admin("ida")];

const reason = "For a test of the form";
const look = async (by: Ctx<StaffActor>, typed: Typed) => {
  const looked = await editPolicy(by, { ...typed, do: "preview" });
  if (!looked.ok || looked.value.step !== "preview") throw new Error("It is looked at");
  return looked.value.preview;
};
const seen = async () => {
  const { version } = await currentPolicy(db);
  return { seen: String(version), follows: String(version) };
};

it("saves what was looked at, and looks anew where something else was typed since", async () => {
  const typed = { ...(await seen()), maxMinutes: "50" };
  const { mark, looser, changes } = await look(ada, typed);
  expect(looser).toEqual([]);
  expect(changes).toMatchObject([{ before: "60 min", after: "50 min", isLooser: false }]);
  const save = { ...typed, mark, reason, do: "save" };
  expect(await editPolicy(ada, { ...save, maxMinutes: "40" })).toMatchObject({
    value: { step: "preview" },
  });
  expect(await editPolicy(ada, { ...save, reason: "" })).toMatchObject({
    error: { fields: { reason: expect.any(String) } },
  });
  expect(await editPolicy(ada, { ...save, from: "2020-01-01" })).toMatchObject({
    error: { fields: { from: "Choose a day after today, or none for at once." } },
  });
  expect(await editPolicy(ada, save)).toMatchObject({ value: { step: "done", version: 15 } });
  expect(await editPolicy(ada, save)).toMatchObject({ error: { code: "invalid" } });
});

it("tells who lost a race what is different, and undoes nothing of it afterwards", async () => {
  const before = await seen();
  const mine = { ...before, maxMinutes: "30", idleMinutes: "10" };
  const theirs = { ...before, idleMinutes: "8" };
  const [looked, other] = [await look(ada, mine), await look(ida, theirs)];
  expect(await editPolicy(ida, { ...theirs, mark: other.mark, reason, do: "save" })).toMatchObject({
    value: { step: "done", version: 16 },
  });
  const lost = await editPolicy(ada, { ...mine, mark: looked.mark, reason, do: "save" });
  expect(lost).toMatchObject({
    error: {
      code: "policy_changed",
      message: expect.stringContaining("An unused session ends after: 10 min → 8 min."),
      detail: { version: 16 },
    },
  });
  const again = { ...mine, follows: "16" };
  const { mark } = await look(ada, again);
  expect(await editPolicy(ada, { ...again, mark, reason, do: "save" })).toMatchObject({
    value: { step: "done", version: 17 },
  });
  expect(await currentPolicy(db)).toMatchObject({ maxMinutes: 30, idleMinutes: 8 });
});

it("proposes what is looser, and says who else could accept it", async () => {
  const typed = { ...(await seen()), exportsInWrite: "true", from: "" };
  const preview = await look(ada, typed);
  expect(preview).toMatchObject({ looser: ["Exports while acting"], seconds: ["ida"] });
  expect(await editPolicy(ada, { ...typed, mark: preview.mark, reason, do: "save" })).toMatchObject(
    { value: { step: "done", version: null, proposal: "P-301" } },
  );
});

it("adds a row and takes one away without looking at the rest", async () => {
  const typed = { ...(await seen()), "reach.shown": "1", maxMinutes: "never" };
  expect(await editPolicy(ada, { ...typed, do: "add:reach" })).toMatchObject({
    value: { step: "edit", typed: { "reach.rows": ["0"], maxMinutes: "never" } },
  });
  expect(await editPolicy(ada, { ...typed, do: "preview" })).toMatchObject({
    error: { fields: { maxMinutes: expect.any(String) } },
  });
});

it("has one basis for each category", async () => {
  const rows = Object.fromEntries(
    [0, 1].flatMap((row) =>
      Object.entries({
        category: "bug",
        label: "A",
        hint: "",
        basis: "contract",
        ticket: "required",
      }).map(([field, value]) => [`reasons.${row}.${field}`, value]),
    ),
  );
  const typed = { ...(await seen()), ...rows, "reasons.rows": ["0", "1"], do: "preview" };
  expect(await editPolicy(ada, typed)).toMatchObject({
    error: { fields: { "reasons.1.category": "This reason is there already." } },
  });
});
