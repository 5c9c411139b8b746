import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { chooseFromOwnMenu } from "#e2e/fixtures/own-menu.ts";
import { sessionOf } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("somebody sees where they are signed in and ends it elsewhere, with what was live there", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const { owner } = databases;
  const here = await newcomer();
  await here.page.goto("/");
  await chooseFromOwnMenu(here.page, here.person.name, "My devices");
  await expect(here.page.getByRole("heading", { name: "My devices", level: 1 })).toBeVisible();
  await expect(here.page.getByText("You are signed in nowhere else.")).toBeVisible();
  await expectAccessibleInBoth(here.page, "my devices, only this one");

  const [there, third] = [await signedIn(here.person), await signedIn(here.person)];
  await owner.query("update staff_sign_ins set ip = '192.0.2.9', user_agent = $2 where id = $1", [
    there.ctx.actor.signInId,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:148.0) Gecko/20100101 Firefox/148.0",
  ]);
  await started(there, await subjectOf(owner, "olu@pebblewick.test"));
  await here.page.reload();
  const row = here.page.getByRole("row", { name: /Firefox on Windows/ });
  await expect(row).toContainText("192.0.2.9");
  await expectAccessibleInBoth(here.page, "my devices, several");
  await row.getByRole("button", { name: /^End/ }).click();
  await expect(row).toHaveCount(0);
  expect(await sessionOf(owner, here.person.id)).toMatchObject({ end_cause: "sign_out" });
  await there.page.goto("/requests");
  await expect(there.page.getByRole("heading", { name: "You were signed out" })).toBeVisible();

  await here.page.getByRole("button", { name: "End all others" }).click();
  await expect(here.page.getByText("You are signed in nowhere else.")).toBeVisible();
  await third.page.goto("/requests");
  await expect(third.page.getByRole("heading", { name: "You were signed out" })).toBeVisible();
  const { rows } = await owner.query(
    "select count(*)::int as n from audit_entry where event = 'sign_in.ended' and actor_id = $1",
    [here.person.id],
  );
  expect(rows).toEqual([{ n: 2 }]);
});
