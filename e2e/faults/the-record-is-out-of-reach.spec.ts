import type { Browser, Page } from "@playwright/test";
import { v7 as newId } from "uuid";
import { insert } from "#db/testing/sql.ts";
import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { inOwnTab } from "#e2e/fixtures/own-tab.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { mintSessionCookie } from "#lib/platform/session-cookie.ts";
import type { Role } from "#lib/vocabulary.ts";
import { type OwnStack, startOwnStack, toSecond } from "./own-stack.ts";

let own: OwnStack;
const away = { name: "Alongside cannot reach its record" };

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  own = await startOwnStack();
});
test.afterAll(() => own.close());
test.afterEach(() => own.line.mend());

async function signedIn(browser: Browser, role: Role, extraHTTPHeaders = {}): Promise<Page> {
  const { id } = await hireOne(own.owner, [role]);
  const signInId = newId();
  await insert(own.owner, "staff_sign_ins", { id: signInId, staff_id: id });
  const context = await browser.newContext({ baseURL: own.panelUrl, extraHTTPHeaders });
  await context.addCookies([{ ...(await mintSessionCookie(signInId)), url: own.panelUrl }]);
  return context.newPage();
}

async function subject(email: string): Promise<string> {
  const { rows } = await own.owner.query<{ id: string }>(
    "select id from subjects where email = $1",
    [email],
  );
  return rows[0]?.id ?? "";
}

async function answer(page: Page, reason: string): Promise<void> {
  await page
    .getByRole("radio", { name: /Check a configuration|configuration/i })
    .first()
    .check();
  await page.getByLabel("In a sentence").fill(reason);
  await page.locator('input[name="callerCheck"][value="call_back"]').check();
  await page.locator('input[name="scope"][value="write"]').check();
}

test("without its database the panel says so, keeps what was typed, and comes back by itself", async ({
  browser,
}) => {
  const page = await signedIn(browser, "agent");
  const form = await signedIn(browser, "agent");
  const rushed = await signedIn(browser, "agent");
  await rushed.goto("/requests?show=own");
  await form.goto(`/customers/${await subject("halvor@ardentloom.test")}/start`);
  await answer(form, "The reminders go out on the wrong day.");
  await own.line.cut();
  // Before anybody knows: the page begins, and fails on its way.
  await rushed.goto("/requests?show=own");
  await expect(rushed.getByRole("heading", away)).toBeVisible();

  await expect
    .poll(async () => (await page.request.get("/api/health")).status(), { timeout: 20_000 })
    .toBe(503);
  const shown = await page.goto("/");
  expect(shown?.status()).toBe(503);
  expect(shown?.headers()["retry-after"]).toBe("5");
  await expect(page.getByRole("heading", away)).toBeVisible();
  await expectAccessibleInBoth(page, "the record is out of reach");
  for (const width of [1440, 390])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `test-results/out-of-reach-${width}-${colorScheme}.png` });
    }
  const asked = await page.request.post("/oauth/token", { form: { grant_type: "x" } });
  expect(asked.status()).toBe(503);
  expect(await asked.json()).toMatchObject({ error: "temporarily_unavailable" });

  await form.getByRole("button", { name: /^Start acting/ }).click();
  await expect(
    form.getByRole("alert").filter({ hasText: "cannot reach its record" }),
  ).toBeVisible();
  await expect(form.getByLabel("In a sentence")).toHaveValue(
    "The reminders go out on the wrong day.",
  );

  await own.line.mend();
  for (const back of [page, rushed])
    await expect(back.getByRole("heading", away)).toBeHidden({ timeout: 20_000 });
  await expect(rushed).toHaveURL(/\/requests\?show=own/);
  const tab = await inOwnTab(form, () =>
    form.getByRole("button", { name: /^Start acting/ }).click(),
  );
  await expect(tab).toHaveURL(/\/invoices/);
});

test("the product refuses writes at once and reads within 5 s while the record is out of reach", async ({
  browser,
}) => {
  const form = await signedIn(browser, "agent");
  await form.goto(`/customers/${await subject("halvor@ardentloom.test")}/start`);
  await answer(form, "The reminders go out on the wrong day.");
  const page = await inOwnTab(form, () =>
    form.getByRole("button", { name: /^Start acting/ }).click(),
  );
  await expect(page).toHaveURL(/\/invoices/);
  await page.getByRole("link", { name: /INV-/ }).first().click();
  await page.getByLabel("Note to the client").fill("This must not be saved.");
  await own.line.cut();
  await page.getByRole("button", { name: "Save invoice" }).click();
  await expect(page.getByRole("heading", { name: "Nothing was changed" })).toBeVisible();
  await expect(page.getByText("could not record this change")).toBeVisible();
  await expectAccessibleInBoth(page, "Ledger, its record out of reach");
  const clients = page.getByRole("heading", { name: "Clients", exact: true });
  await expect(async () => {
    await page.goto(`${own.ledgerUrl}/clients`);
    expect(await clients.isVisible()).toBe(false);
  }).toPass({ timeout: 20_000 });
  await expectAccessibleInBoth(page, "Ledger, paused");
  await own.line.mend();
  await expect(async () => {
    await page.goto(`${own.ledgerUrl}/clients`);
    expect(await clients.isVisible()).toBe(true);
  }).toPass({ timeout: 20_000 });
});

test("what happens on one panel is seen on the other, and a form of one may be sent to the other", async ({
  browser,
}) => {
  const agent = await signedIn(browser, "agent");
  const manager = await signedIn(browser, "manager", toSecond);
  await expect(async () => {
    expect((await manager.goto("/requests"))?.status()).toBe(200);
  }).toPass({ timeout: 60_000 });
  const { rows } = await own.owner.query<{ id: string }>(
    `select s.id from subjects s join accounts a on a.id = s.account_id where a.tier = 'regulated'
       and a.stance = 'allowed' and s.status = 'active' and s.kind = 'person' and s.email not like '%@alongside.test'
     order by s.external_id limit 1`,
  );
  await agent.goto(`/customers/${rows[0]?.id}/start`);
  await answer(agent, "The reminders go out on the wrong day.");
  // Rendered by the first, sent to the second.
  await agent.context().setExtraHTTPHeaders(toSecond);
  await agent.getByRole("button", { name: "Send to approvers" }).click();
  await agent.waitForURL(/\/requests\/[0-9a-f-]{36}$/);
  await agent.context().setExtraHTTPHeaders({});
  const approve = manager.getByRole("button", { name: /Approve/ });
  await expect(approve).toBeVisible();
  await approve.click();
  await expect(agent.getByRole("button", { name: /^Start acting/ })).toBeVisible();
});
