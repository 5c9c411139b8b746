import { act, allActions, refusedWith } from "#e2e/fixtures/actions.ts";
import { tellsOfItself } from "#e2e/fixtures/caller.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { refusalsOf, stateOfAll } from "#e2e/fixtures/untouched.ts";
import type { Role } from "#lib/vocabulary.ts";

const others = allActions().filter(({ name }) => name !== "signOutAction");

test("nobody who is signed out has an action done", async ({ databases }) => {
  const before = await stateOfAll(databases.owner);
  for (const action of others) {
    const answer = await act(action, null, {});
    expect(answer.status, action.name).toBe(200);
    expect(refusedWith(answer), action.name).toBe("not_signed_in");
  }
  expect(await stateOfAll(databases.owner)).toEqual(before);
});

/** What each role may not even try; the verbs authorise again for themselves. */
const closed: [Role, string[]][] = [
  [
    "agent",
    [
      "decideRequest",
      "decideLinked",
      "decide",
      "decideMany",
      "openSampled",
      "setOutside",
      "lookAgain",
      "makeException",
      "handOnItem",
      "editThePolicy",
      "withdrawPolicy",
      "mapIssuerGroup",
      "unmapIssuerGroup",
      "acceptPolicyProposal",
      "decideRole",
      "declineProposal",
      "withdrawProposal",
      "reviewFromPage",
    ],
  ],
  [
    "manager",
    [
      "askToStandIn",
      "breakTheGlass",
      "startGranted",
      "cancelRequest",
      "remindApprovers",
      "justLook",
      "editThePolicy",
      "withdrawPolicy",
      "mapIssuerGroup",
      "unmapIssuerGroup",
    ],
  ],
  [
    "compliance",
    [
      "askToStandIn",
      "breakTheGlass",
      "startGranted",
      "cancelRequest",
      "remindApprovers",
      "justLook",
      "endFromList",
      "endFromPage",
      "endOwnSession",
      "editThePolicy",
      "withdrawPolicy",
      "mapIssuerGroup",
      "unmapIssuerGroup",
    ],
  ],
  [
    "admin",
    [
      "askToStandIn",
      "breakTheGlass",
      "reviewFromPage",
      "startGranted",
      "cancelRequest",
      "remindApprovers",
      "justLook",
      "decideRequest",
      "decideLinked",
    ],
  ],
];
for (const [role, names] of closed)
  test(`a mere ${role} is refused what is not theirs, on record`, async ({ caller, databases }) => {
    const one = await caller([role]);
    const before = await stateOfAll(databases.owner);
    for (const action of others.filter(({ name }) => names.includes(name))) {
      const answer = await act(action, one, {});
      expect(refusedWith(answer), action.name).toBe("not_allowed");
      expect(tellsOfItself(answer)).toBe(false);
    }
    expect(await stateOfAll(databases.owner)).toEqual(before);
    expect(await refusalsOf(databases.owner, one.person.id)).toEqual(
      names.map(() => ({ event: "page.refused", refused: "not_allowed" })),
    );
  });
