import { act, actionNamed, refusedWith } from "#e2e/fixtures/actions.ts";
import { ask } from "#e2e/fixtures/caller.ts";
import { pushOne } from "#e2e/fixtures/pushed.ts";
import { subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stateOfAll } from "#e2e/fixtures/untouched.ts";

const honest = {
  account: "Kitehill Two",
  name: "Jane Ashdown",
  email: "jane@kitehill-two.test",
  role: "member",
  title: "Where is my invoice?",
};

test("a name that turns the direction of what follows is not taken", async ({ databases }) => {
  const { owner } = databases;
  for (const sign of ["\u202e", "\u202d", "\u2066", "\u2069"]) {
    const turned = (text: string) => `${text.slice(0, 2)}${sign}${text.slice(2)}`;
    const { refused } = await pushOne(owner, {
      account: honest.account,
      name: turned(honest.name),
      email: honest.email,
      role: turned(honest.role),
      title: turned(honest.title),
    });
    expect(refused).toEqual(["2 name", "2 role", "3 title"]);
  }
  const mails = ["\u202e", "\u200b", "\u00ad", "\ufeff"];
  for (const sign of mails) {
    const { refused } = await pushOne(owner, { ...honest, email: `jane${sign}@kitehill-two.test` });
    expect(refused[0]).toBe("2 email");
  }
});

test("signs that nobody sees make no other name, and no name at all", async ({
  caller,
  databases,
}) => {
  const { owner } = databases;
  const { subject, refused } = await pushOne(owner, {
    ...honest,
    name: "\ufeffJa\u200bne\u00ad A\u2060sh\u200d\u200fdown\u{e0041}",
  });
  expect(refused).toEqual([]);
  expect(subject?.name).toBe("Jane Ashdown");
  const agent = await caller();
  const page = await ask(`/customers/${subject?.id}`, agent);
  expect(page.text).toMatch(/<h1[^>]*>Jane Ashdown</);
  const nothing = await pushOne(owner, { ...honest, name: "\u200b\u3164\u2063" });
  expect(nothing.refused[0]).toBe("2 name");

  // Nor is a reason of nothing a reason.
  const before = await stateOfAll(owner);
  const answer = await act(actionNamed("askToStandIn"), agent, {
    subjectId: await subjectOf(owner, "olu@pebblewick.test"),
    reasonCategory: "configuration_check",
    reason: "\u200b\u3164\u2063".repeat(20),
    callerCheck: "call_back",
    scope: "read",
    minutes: "30",
  });
  expect(refusedWith(answer)).toBe("invalid");
  expect(await stateOfAll(owner)).toEqual(before);
});

test("staff are not added under a name that passes for another's", async ({
  caller,
  databases,
}) => {
  const admin = await caller(["admin"]);
  const email = `${admin.person.id}.new@alongside.test`;
  const added = await act(actionNamed("addPerson"), admin, {
    name: "Ru\u202ena\u200b Cas\u00adtellane",
    email,
    team: "Support",
    zone: "UTC",
    managerEmail: "",
    roles: "agent",
  });
  expect(refusedWith(added)).toBe(null);
  const { rows } = await databases.owner.query("select name from staff where email = $1", [email]);
  expect(rows).toEqual([{ name: "Runa Castellane" }]);
});
