import { fromLedger, throughTheDoor } from "#e2e/fixtures/door.ts";
import { form, formType } from "#e2e/fixtures/http.ts";
import { stateOf } from "#e2e/fixtures/ledger.ts";
import { actionsOf } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const halvor = "halvor@ardentloom.test";
const spellings = [
  "/settings/password",
  "/settings/password/",
  "/SETTINGS/PassWord",
  "//settings//password",
  "/settings/./password",
  "/settings/x/../password",
  "/invoices/%2e%2e/settings/password",
  "/invoices/%252e%252e/settings/password",
  "/settings/%70assword",
  "/settings/%2570assword",
  "/settings%2fpassword",
  "/settings%252fpassword",
  "/settings\\password",
  "/settings/%5cpassword",
  "/settings/password;x=1",
  "/settings;x/password",
  "/settings/password.",
  "/settings/password%20",
  "/settings/password%00",
  "/settings/password%00.css",
  "/settings/password%0d%0a",
  "/settings/%c0%afpassword",
  "/settings/%EF%BD%90assword",
  "/settings/pas%C5%BFword",
  "/settings%EF%BC%8Fpassword",
  "/settings/pass%E2%80%8Bword",
  "/settings/password?x=/assets/",
  "/settings/password#x",
  "/settings/password/../password",
  "/settings/support-access",
  "/settings/email",
  "/Settings//E-mail/../email",
  "/settings/two-factor/new",
  "/settings/two%2Dfactor/new/",
  "/SETTINGS/two-factor/NEW",
  "/settings/two-factor/confirm",
  "/settings/two-factor/off",
  "/settings/two-factor/recovery",
  "/settings/keys/new",
  "/settings/keys;x=1/new",
  "/settings/keys/key_1/revoke",
  "/settings/team/invites",
  "/settings/team/invites/inv_1/withdraw",
  "/settings/team/usr_1/role",
  "/settings/team/usr_1/%72emove",
  "/api/invoices",
  "/API/Invoices",
  "/join/anything",
  "/sign-in/code",
  "/sign-in",
  "/sign-out",
  "/SIGN-OUT/",
];

test("denied is denied in every spelling and by every verb, also while acting", async ({
  caller,
  databases: { owner, ledger },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, halvor), { scope: "write" });
  const cookie = await throughTheDoor(agent, sid);
  const before = await stateOf(ledger, halvor);
  const sent = {
    headers: formType,
    body: form({ current: "ledger-demo", new: "another-password", password: "another-password" }),
  };
  const methods = ["GET", "HEAD", "POST", "PUT", "OPTIONS"];
  for (const path of spellings) {
    for (const method of methods) {
      const answer = await fromLedger(cookie, path, {
        method,
        ...(method === "POST" || method === "PUT" ? sent : {}),
      });
      expect(answer.status, `${method} ${path}`).toBe(403);
      expect(answer.text, path).not.toContain('name="current"');
    }
  }
  expect(await stateOf(ledger, halvor)).toBe(before);
  const refusals = (await actionsOf(owner, sid)).map(({ phase, refusal }) => `${phase} ${refusal}`);
  expect(refusals).toEqual(Array(spellings.length * methods.length).fill("refused denied_route"));
});
