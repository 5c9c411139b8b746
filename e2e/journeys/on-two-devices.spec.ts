import type { Page } from "@playwright/test";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { inOwnTab } from "#e2e/fixtures/own-tab.ts";
import { sessionOf, sessionsOf } from "#e2e/fixtures/record.ts";
import {
  answer,
  asked,
  banner,
  readUntilEnded,
  strip,
  subjectOf,
} from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const olu = { email: "olu@pebblewick.test", name: "Olu Braithe", given: "Olu" };
const halvor = { email: "halvor@ardentloom.test", name: "Halvor Venn-Ruiz", given: "Halvor" };
const aino = { email: "aino@quennell.test", name: "Aino Kallaste-Roy" };

/** What is live changes between the last look and the press: the page is not told. */
const hearNothing = (page: Page) => page.route(/\/api\/(pulse|stream)/, (route) => route.abort());
const hearAgain = (page: Page) => page.unroute(/\/api\/(pulse|stream)/);
const inProduct = (page: Page) =>
  page
    .context()
    .pages()
    .find((one) => one.url().startsWith(inLedger("/")));

test("two devices that start for two people at once: one session, neither is locked out, and one press goes on", async ({
  newcomer,
  signedIn,
  databases: { owner },
}) => {
  const first = await newcomer();
  const { person } = first;
  const devices = [
    { page: first.page, whom: olu },
    { page: (await signedIn(person)).page, whom: halvor },
  ];
  for (const { page, whom } of devices) {
    await page.goto(`/customers/${await subjectOf(owner, whom.email)}/start`);
    await answer(page);
    await expect(
      page.getByRole("button", { name: `Start looking as ${whom.given}`, exact: true }),
    ).toBeVisible();
    await hearNothing(page);
  }
  await Promise.all(
    devices.map(({ page, whom }) =>
      page.getByRole("button", { name: `Start looking as ${whom.given}`, exact: true }).click(),
    ),
  );
  const refused = ({ page }: { page: Page }) =>
    page.getByRole("alert").filter({ hasText: "Nothing was started and nothing ended" }).count();
  await expect
    .poll(async () => (await Promise.all(devices.map(refused))).toSorted())
    .toEqual([0, 1]);
  expect(await sessionsOf(owner, person.id)).toBe(1);
  const [won, lost] = (await refused(first)) > 0 ? devices.toReversed() : devices;
  if (!won || !lost) throw new Error("There are two");
  await expect.poll(() => inProduct(won.page)).toBeDefined();
  expect(inProduct(lost.page)).toBeUndefined();

  const tab = await inOwnTab(lost.page, () =>
    lost.page
      .getByRole("button", { name: `End ${won.whom.given}, start looking as ${lost.whom.given}` })
      .click(),
  );
  await expect(banner(tab)).toContainText(lost.whom.name);
  const { rows } = await owner.query(
    "select count(*)::int as live from sessions where actor_id = $1 and ended_at is null",
    [person.id],
  );
  expect(rows).toEqual([{ live: 1 }]);

  // The device that was first: its product shows nobody any more, and its panel the one who is.
  await readUntilEnded(inProduct(won.page) ?? won.page, inLedger("/invoices"), won.whom.name);
  await hearAgain(won.page);
  await won.page.goto("/");
  await expect(strip(won.page)).toContainText(lost.whom.name);
  await strip(won.page).getByRole("button", { name: "End session" }).click();
  await expect(strip(won.page)).toBeHidden();
  expect(await sessionOf(owner, person.id)).toMatchObject({ end_cause: "actor" });
});

test("a manager and an agent on two devices each: one decision, one session, and each device says so", async ({
  newcomer,
  signedIn,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const manager = await newcomer(["manager"]);
  const requestId = await asked(agent, await subjectOf(owner, aino.email));
  const [mine, yours] = [
    [agent.page, (await signedIn(agent.person)).page],
    [manager.page, (await signedIn(manager.person)).page],
  ];
  for (const page of [...mine, ...yours]) await page.goto(`/requests/${requestId}`);
  const [yes, no] = yours;
  if (!yes || !no) throw new Error("A manager has two devices");
  await no.getByLabel(/^Comment/).fill("They have not been called back.");
  await hearNothing(no);
  await yes.getByRole("button", { name: "Approve" }).click();
  await expect(yes.getByText(/^Approved, 30\smin/)).toBeVisible();
  await no.getByRole("button", { name: "Deny" }).click();
  await expect(
    no.getByRole("alert").filter({ hasText: "You have decided on this already" }),
  ).toBeVisible();
  const votes = await owner.query("select vote from approvals where request_id = $1", [requestId]);
  expect(votes.rows).toEqual([{ vote: "approve" }]);

  const press = (page: Page) => page.getByRole("button", { name: "Start looking as Aino" });
  for (const page of mine) {
    await expect(press(page)).toBeVisible();
    await hearNothing(page);
  }
  await Promise.all(mine.map((page) => press(page).click()));
  await expect.poll(() => mine.filter((page) => inProduct(page)).length).toBeGreaterThan(0);
  expect(await sessionsOf(owner, agent.person.id)).toBe(1);
  // Whichever came second is not left with a button that does nothing: the way in is there.
  for (const page of mine) {
    await hearAgain(page);
    await page.goto(`/requests/${requestId}`);
    await expect(page.getByRole("heading", { name: "You started it" })).toBeVisible();
    await page.getByRole("main").getByRole("link", { name: "Back to Ledger" }).click();
    await page.waitForURL(inLedger("/invoices"));
    await expect(banner(page)).toContainText(aino.name);
  }
  expect(await sessionsOf(owner, agent.person.id)).toBe(1);

  // Ended by the manager, from a third place: both devices are out, and neither is anybody's.
  await yes.goto("/sessions/live");
  await yes.getByRole("link", { name: `End ${agent.person.name}’s session…` }).click();
  await yes.getByLabel(`Why do you end ${agent.person.name}’s session?`).fill("They call again.");
  await yes.getByRole("button", { name: "End session" }).click();
  await expect
    .poll(() => sessionOf(owner, agent.person.id))
    .toMatchObject({ end_cause: "manager" });
  for (const page of mine) {
    await readUntilEnded(page, inLedger("/invoices"), aino.name);
    await page.goto("/");
    await expect(strip(page)).toBeHidden();
  }
});
