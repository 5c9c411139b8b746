import { closedReview, invited } from "#e2e/fixtures/guests.ts";
import { expectStructure, hear } from "#e2e/fixtures/heard.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("settings say what was saved, each time, and every page of them has its parts named", async ({
  newcomer,
  databases: { owner },
}) => {
  const { page, context } = await newcomer(["admin"]);
  const other = await hireOne(owner);
  const heard = await hear(context);
  for (const [path, title] of [
    ["/settings/policy", /Policy/],
    ["/settings/policy/change", /policy/i],
    ["/settings/basis", /basis/i],
    ["/settings/basis/change", /basis/i],
    ["/settings/stop", /stop/i],
    ["/settings/notices", /Notices/],
    ["/settings/notices/new", /channel/i],
    ["/settings/staff", /Staff/],
    ["/settings/staff/new", /./],
    ["/settings/staff/groups", /./],
  ] as const) {
    await page.goto(path);
    await expectStructure(page, title);
  }

  await page.goto("/me/notices");
  await expectStructure(page, /Notices/);
  await page
    .getByRole("checkbox", { name: /^Mail: / })
    .first()
    .uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await heard.says(/^Saved$/);
  await page.getByRole("button", { name: "Save" }).click();
  await heard.says(/^Nothing was changed$/);
  await page.getByRole("button", { name: "Save" }).click();
  await heard.says(/^Nothing was changed$/);

  await page.goto(`/settings/staff/${other.id}`);
  await expectStructure(page, /Staff/);
  await page.getByLabel("Why do roles or manager change?").fill("They lead the desk from now on");
  await page.getByRole("checkbox", { name: /Agent/ }).uncheck();
  await page.getByRole("checkbox", { name: /Manager/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await heard.says(/^Saved\. It counts from their next click\.$/);
});

test("an export says that it is under way and when it is whole, and evidence has its parts named", async ({
  newcomer,
  somebody,
  databases: { owner },
}) => {
  const agent = await newcomer();
  await started(agent, await subjectOf(owner, "olu@pebblewick.test"));
  const compliance = await newcomer(["compliance"]);
  const { page, context } = compliance;
  const review = await closedReview(owner, compliance);
  const { guestId, path } = await invited(compliance, review);
  const heard = await hear(context);
  for (const [address, title] of [
    ["/evidence", /Evidence/],
    ["/evidence/CC6.1", /CC6\.1/],
    ["/evidence/guests", /Auditors/],
    ["/evidence/guests/new", /./],
    [`/evidence/guests/${guestId}`, /./],
    ["/exposure", /Exposure/],
    ["/audit/exports", /Exports/],
  ] as const) {
    await page.goto(address);
    await expectStructure(page, title);
  }
  await page.goto(`/audit/export?actor=${agent.person.id}`);
  await page.getByLabel("What is it for?").fill("The examination of the quarter");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Start the export" }).click(),
  ]);
  await download.path();
  await heard.says(/^The whole file was handed over/);

  const guest = await somebody();
  await guest.goto(path);
  await expectStructure(guest, /./);
  await guest.getByRole("button").click();
  await expectStructure(guest, /Evidence/);
  for (const part of [`/auditor/reviews/${review.slug}`, "/auditor/controls/CC6.1"]) {
    await guest.goto(part);
    await expectStructure(guest, /./);
    for (const table of await guest.getByRole("table").all())
      await expect(table).toHaveAccessibleName(/./);
  }
});
