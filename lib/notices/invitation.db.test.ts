import { afterAll, expect, it } from "vitest";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { readInvitation } from "./invitation.ts";
import { inviteAgain } from "./invite-again.ts";
import { mailChannel } from "./mail.ts";
import { openRunner } from "./run.ts";
import { mailServer } from "./testing.ts";

const s = await scene();
const { max, worker } = await atWork(s);
const mail = await mailServer();
const post = mailChannel({ smtpUrl: mail.url, from: "alongside@acme.test" });
const running = { ctx: worker, url: "https://alongside.acme.test" };
const runner = await openRunner({ ...running, channels: { mail: post } });
afterAll(async () => {
  await runner.stop();
  post.close();
  await mail.close();
});
const adam = await hire(s.owner, "adam", ["admin"]);
const admin: Ctx<StaffActor> = { ...max, actor: { ...max.actor, id: adam, roles: ["admin"] } };

const invited = async (name: string): Promise<string> => {
  const id = await hire(s.owner, name, ["agent"]);
  const email = `${name}@alongside.test`;
  await s.commit((sql) =>
    entry(sql, "staff.invited", { actor: adam, body: { person: id, name, email } }),
  );
  return id;
};
const round = async (by = runner) => {
  await by.tell();
  await by.deliverAll();
};
const to = (name: string) =>
  mail.mails.filter(({ to: of }) =>
    [of].flat().some((one) => one?.text === `${name}@alongside.test`),
  );

it("says whether the mail was delivered, to who sees the staff", async () => {
  const id = await invited("nia");
  expect(await readInvitation(admin, id)).toBeNull();
  await runner.tell();
  expect(await readInvitation(admin, id)).toMatchObject({ mail: "waiting", fault: null });
  await runner.deliverAll();
  expect(await readInvitation(admin, id)).toMatchObject({
    mail: "sent",
    at: expect.any(Date),
    isIn: false,
  });
  expect(await readInvitation(max, id)).toBeNull();
  expect(await readInvitation(admin, s.ana)).toBeNull();
});

it("or why not, and it is sent again, a few times at most", async () => {
  const id = await invited("noa");
  mail.state.refuse = 550;
  await round();
  expect(await readInvitation(admin, id)).toMatchObject({
    mail: "failed",
    fault: expect.stringMatching(/./),
  });
  mail.state.refuse = null;
  expect(await inviteAgain(max, { staffId: id })).toMatchObject({ error: { code: "not_allowed" } });
  expect(await inviteAgain(admin, { staffId: id })).toMatchObject({ ok: true });
  await round();
  expect(await readInvitation(admin, id)).toMatchObject({ mail: "sent" });
  expect(to("noa")).toHaveLength(1);
  await inviteAgain(admin, { staffId: id });
  await inviteAgain(admin, { staffId: id });
  expect(await inviteAgain(admin, { staffId: id })).toMatchObject({ error: { code: "too_often" } });
});

it("not to who is in already, has left, or is nobody", async () => {
  const [here, gone] = [await invited("ian"), await invited("gil")];
  await insert(s.runtime, "staff_sign_ins", { id: newId(), staff_id: here });
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [gone],
  );
  await round();
  expect(await readInvitation(admin, here)).toMatchObject({ isIn: true });
  for (const staffId of [here, gone, newId()])
    expect((await inviteAgain(admin, { staffId })).ok).toBe(false);
});

it("and where nobody set up mail, that nothing was sent", async () => {
  const id = await invited("lea");
  const silent = await openRunner({ ...running, channels: {} });
  await silent.tell();
  await silent.stop();
  expect(await readInvitation(admin, id)).toMatchObject({ mail: null });
});
