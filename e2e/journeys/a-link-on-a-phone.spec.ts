import type { Locator } from "@playwright/test";
import { transaction } from "#db/client.ts";
import { ageRequest } from "#db/testing/age.ts";
import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { givingWay } from "#e2e/fixtures/databases.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stack } from "#e2e/support/stack.ts";
import { mailServer } from "#lib/notices/testing.ts";
import { approvalLink } from "#lib/requests/links.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { approve } from "#lib/requests/vote.ts";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

const jane = "jane.ashdown@tallowfield.test";

/** What a thumb needs: on the screen as it stands, and large enough (LOOK.md: 44 by touch). */
async function underTheThumb(target: Locator): Promise<void> {
  await expect(target).toBeInViewport({ ratio: 1 });
  const box = await target.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
}

test("a manager who has never seen it decides from a mail by three taps, and none of them needs a search", async ({
  newcomer,
  signedIn,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const { page } = await signedIn(runa);
  const mail = await mailServer(stack().mailPort);
  try {
    const requestId = await asked(agent, await subjectOf(owner, jane));
    const ours = () =>
      mail.mails.find(
        ({ to, subject }) =>
          [to].flat().some((one) => one?.text === runa.email) &&
          subject?.includes(agent.person.name),
      );
    await expect.poll(ours).toBeTruthy();
    const link = /Approve: (\S+)/.exec(ours()?.text ?? "")?.[1] ?? "";

    let taps = 1;
    await page.goto(link);
    const tap = async (target: Locator) => {
      await underTheThumb(target);
      taps += 1;
      await target.tap();
    };
    // What one decides on is on the first screen, and nothing is wider than it.
    await expect(page.getByRole("heading", { level: 1 })).toBeInViewport({ ratio: 1 });
    await expect(page.getByText("The reminders go out on the wrong day.")).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await tap(page.getByRole("link", { name: "Approve or deny" }));
    const yes = page.getByRole("button", { name: "Approve" });
    await expect(yes).toBeInViewport({ ratio: 1 });
    await expect(page.getByText(/If you approve, .* may look but change nothing/)).toBeInViewport();
    await tap(yes);
    await expect(page.getByText(/Approved, 30\smin\./)).toBeInViewport();
    expect(taps).toBe(3);
    const { rows } = await owner.query("select status from requests where id = $1", [requestId]);
    expect(rows).toEqual([{ status: "granted" }]);
  } finally {
    await mail.close();
  }
});

test("the link denies with a reason, and says kindly where it was decided already, or is over", async ({
  newcomer,
  signedIn,
  databases: { db, owner },
}) => {
  const agent = await newcomer();
  const { page } = await signedIn(runa);
  const other = await newcomer(["manager"]);
  const subject = await subjectOf(owner, jane);
  const linked = async () => {
    const requestId = await asked(agent, subject);
    const path = await transaction(db, (tx) =>
      approvalLink(tx, { requestId, approverId: runa.id }),
    );
    return { requestId, path };
  };
  const decision = page.getByRole("region", { name: "Decision" });
  const button = page.getByRole("button", { name: /^(Approve|Deny)/ });

  const denied = await linked();
  await page.goto(denied.path);
  await page.getByRole("button", { name: "Deny" }).tap();
  const comment = page.getByRole("textbox", { name: /Comment/ });
  await expect(comment).toBeFocused();
  await expect(comment).toHaveAccessibleDescription(/Say why, so that they know what to do now\./);
  await expectAccessibleInBoth(page, "a link on a phone, denied without a reason");
  await comment.fill("Ask her for a screenshot first.");
  await page.getByRole("button", { name: "Deny" }).tap();
  await expect(decision).toContainText("You denied");
  await expect(decision).toContainText("Ask her for a screenshot first.");
  await expectAccessibleInBoth(page, "a link on a phone, denied");

  // Told of it, the page would take its buttons away before they are pressed.
  await page.route(/\/api\/(stream|pulse)/, () => {});
  const late = await linked();
  const shown = await readRequest(other.ctx, late.requestId);
  await page.goto(late.path);
  await approve(other.ctx, { requestId: late.requestId, ask: shown?.ask ?? "", minutes: 15 });
  await page.getByRole("button", { name: "Approve" }).tap();
  await expect(
    page.getByText(`${other.person.name} decided before you and approved it.`),
  ).toBeVisible();
  await expectAccessibleInBoth(page, "a link on a phone, somebody was faster");
  await page.goto(late.path);
  await expect(decision).toContainText(`${other.person.name} approved 15 min`);
  await expect(button).toHaveCount(0);

  const over = await linked();
  await givingWay(() => ageRequest(owner, over.requestId, "5 hours"));
  await page.goto(over.path);
  await expect(decision).toContainText("Lapsed, nobody decided");
  await expect(button).toHaveCount(0);
  await expectAccessibleInBoth(page, "a link on a phone, lapsed");
  const { rows } = await owner.query(
    "select count(*)::int as votes from approvals where approver_id = $1 and request_id = any($2)",
    [runa.id, [denied.requestId, late.requestId, over.requestId]],
  );
  expect(rows).toEqual([{ votes: 1 }]);
});

test("the queue is cleared by two taps each, and the next one opens by itself", async ({
  newcomer,
  signedIn,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const { page } = await signedIn(runa);
  const subject = await subjectOf(owner, jane);
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) ids.push(await asked(agent, subject));
  await page.goto(`/requests/${ids[0]}`);
  for (const id of ids) {
    await page.waitForURL(new RegExp(id));
    await expect(page.getByRole("heading", { level: 1 })).toBeInViewport({ ratio: 1 });
    await page.getByRole("link", { name: "Approve or deny" }).tap();
    const yes = page.getByRole("button", { name: "Approve" });
    await underTheThumb(yes);
    await yes.tap();
  }
  await page.waitForURL(/\/requests(\?|$)/);
  const { rows } = await owner.query(
    "select count(*)::int as n from requests where id = any($1) and status = 'granted'",
    [ids],
  );
  expect(rows).toEqual([{ n: 3 }]);
});
