import type { Page } from "@playwright/test";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { inOwnTab } from "#e2e/fixtures/own-tab.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { banner, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { test as base, expect, type SignedIn } from "#e2e/fixtures/test.ts";

const jane = "jane.ashdown@tallowfield.test";
const ticket = "SUP-70311";
const ask = (page: Page) => page.getByRole("button", { name: "Send to approvers" });
const start = (page: Page) => page.getByRole("button", { name: "Start looking as Jane" });

async function answer(page: Page, reason: string): Promise<void> {
  await page.getByRole("radio", { name: /Reproduce a fault/ }).check();
  await page.getByLabel("In a sentence").fill(reason);
  await page.getByRole("radio", { name: /Called back/ }).check();
}

/** Starts, and ends in the product: in its own tab, which is then done with. */
async function standInOnce(page: Page): Promise<void> {
  const tab = await inOwnTab(page, () => start(page).click());
  await expect(tab).toHaveURL(inLedger("/invoices"));
  await banner(tab).getByRole("button", { name: /^End/ }).click();
  await expect(tab).not.toHaveURL(inLedger("/invoices"));
  await tab.close();
}

type Asked = {
  agent: SignedIn;
  /** Who looks at the request. */
  manager: SignedIn;
  /** Where to ask for Jane. */
  form: string;
  request: { id: string; path: string };
  /** Approves, and lets the agent stand in once. */
  approve: () => Promise<void>;
};

const test = base.extend<{ askedToStand: (duration: string) => Promise<Asked> }>({
  askedToStand: async ({ newcomer, signedIn, databases: { owner } }, use) => {
    await use(async (duration) => {
      const agent = await newcomer();
      const manager = await signedIn(runa);
      const { page } = agent;
      const form = `/customers/${await subjectOf(owner, jane)}/start`;
      await page.goto(form);
      await answer(page, "The reminders go out on the wrong day.");
      await page.getByRole("textbox", { name: "Ticket" }).fill(ticket);
      await page.getByRole("radio", { name: duration, exact: true }).check();
      await ask(page).click();
      await page.waitForURL(/\/requests\//);
      const path = new URL(page.url()).pathname;
      await manager.page.goto(path);
      const approve = async () => {
        await manager.page.getByRole("button", { name: "Approve" }).click();
        await standInOnce(page);
      };
      const id = path.split("/").at(-1) ?? "";
      return { agent, manager, form, request: { id, path }, approve };
    });
  },
});

test("one approval lets later sessions start for its account and ticket, until a manager takes it back", async ({
  askedToStand,
  databases: { owner },
}) => {
  const { agent, manager, form, request, approve } = await askedToStand("4 h");
  const { page } = agent;
  await expect(
    manager.page.getByText(/For 4\sh .* may then start again for .* without asking\./),
  ).toBeVisible();
  await expectAccessibleInBoth(manager.page, "an approval that is to stand");
  await approve();

  // The same account and ticket: offered, and nobody is asked. A reason is wanted all the same.
  await page.goto(form);
  await expect(ask(page)).toBeVisible();
  await expect(page.getByText(/Approved by Runa Castellane until/)).toBeVisible();
  await page.getByRole("button", { name: ticket }).click();
  await expect(page.getByText(/Nobody is asked: what Runa Castellane approved/)).toBeVisible();
  await expectAccessibleInBoth(page, "a start form with an approval that stands");
  await start(page).click();
  await expect(page.getByLabel("In a sentence")).toHaveAccessibleDescription(
    /Say why, in a sentence/,
  );
  await answer(page, "She called once more about the same.");
  await standInOnce(page);
  const { rows } = await owner.query(
    `select r.reason, r.standing_of, count(e.id)::int as entries from sessions s join requests r on r.id = s.request_id
       join audit_entry e on e.id = s.started_entry_id where s.actor_id = $1 group by s.id, r.id order by s.started_at`,
    [agent.person.id],
  );
  expect(rows).toEqual([
    { reason: "The reminders go out on the wrong day.", standing_of: null, entries: 1 },
    { reason: "She called once more about the same.", standing_of: request.id, entries: 1 },
  ]);

  // What it does not cover says so before it is sent: another ticket, acting, longer, another account.
  await page.goto(`${form}?ticket=${ticket}`);
  await expect(start(page)).toBeVisible();
  await page.getByRole("radio", { name: /Read and change/ }).check();
  await expect(ask(page)).toBeVisible();
  await page.getByRole("radio", { name: /Read only/ }).check();
  await page.getByRole("radio", { name: "60 min" }).check();
  await expect(ask(page)).toBeVisible();
  await page.getByRole("radio", { name: "15 min" }).check();
  await expect(start(page)).toBeVisible();
  await page.getByRole("textbox", { name: "Ticket" }).fill("SUP-70312");
  await answer(page, "Another fault, of the same person.");
  await ask(page).click();
  await page.waitForURL(/\/requests\//);
  await page.getByRole("button", { name: "Cancel the request" }).click();
  await expect(page.getByRole("heading", { name: "You cancelled it" })).toBeVisible();
  await page.goto(
    `/customers/${await subjectOf(owner, "aino@quennell.test")}/start?ticket=${ticket}`,
  );
  await expect(ask(page)).toBeVisible();
  await expect(page.getByText(/Approved by/)).toHaveCount(0);

  await manager.page.goto(request.path);
  const stands = manager.page.getByRole("region", { name: "The approval stands" });
  await expectAccessibleInBoth(manager.page, "an approval that stands");
  await stands.getByRole("button", { name: "End it now" }).click();
  await expect(
    manager.page.getByRole("region", { name: "The approval stands no more" }),
  ).toBeVisible();
  await expectAccessible(manager.page, "an approval that stands no more");

  // The form was open before it was taken back: what is sent by it is asked, not started.
  await page.goto(`${form}?ticket=${ticket}`);
  await expect(ask(page)).toBeVisible();
  await expect(page.getByText(/Approved by/)).toHaveCount(0);
});

test("a start form that is open while the approval is taken back asks instead", async ({
  askedToStand,
  databases: { owner },
}) => {
  const { agent, manager, form, request, approve } = await askedToStand("2 h");
  const { page } = agent;
  await approve();

  await page.goto(`${form}?ticket=${ticket}`);
  await answer(page, "She called once more about the same.");
  await expect(start(page)).toBeVisible();
  await manager.page.goto(request.path);
  await manager.page.getByRole("button", { name: "End it now" }).click();
  await expect(manager.page.getByRole("region", { name: /stands no more/ })).toBeVisible();
  await start(page).click();
  await expect(page.getByRole("heading", { name: "Waiting for a manager" })).toBeVisible();
  const { rows } = await owner.query(
    "select count(*)::int as sessions from sessions where actor_id = $1",
    [agent.person.id],
  );
  expect(rows).toEqual([{ sessions: 1 }]);
});
