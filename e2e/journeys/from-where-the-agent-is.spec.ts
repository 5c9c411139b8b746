import type { Page } from "@playwright/test";
import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { inLedger, invoiceOf } from "#e2e/fixtures/ledger.ts";
import { inOwnTab } from "#e2e/fixtures/own-tab.ts";
import { sessionOf, sessionsOf } from "#e2e/fixtures/record.ts";
import { banner, strip, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const olu = "olu@pebblewick.test";
const link = (said: Record<string, string>) => `/start?${new URLSearchParams(said)}`;
const formOf = (page: Page, name: string) =>
  page.getByRole("heading", { name: `Stand in for ${name}` });
const field = (page: Page) => page.getByRole("combobox", { name: "Search customers’ users" });

async function answer(page: Page): Promise<void> {
  await page.getByRole("radio", { name: /Reproduce a fault/ }).check();
  await page.getByLabel("In a sentence").fill("She says that the reminder went out twice.");
}

test("a help desk's link fills the form, and the session opens on the very page that it named", async ({
  newcomer,
  databases: { owner, ledger },
}) => {
  const { page, person } = await newcomer();
  const invoice = await invoiceOf(ledger, olu);
  const url = inLedger(`/invoices/${invoice}?from=help&note=a%26b`);
  await page.goto(link({ subject: olu, ticket: "SUP-4837", url }));
  await expect(formOf(page, "Olu Braithe")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Ticket" })).toHaveValue("SUP-4837");
  await expect(page.getByText(`Opens at ${url}`)).toBeVisible();
  expect(await sessionsOf(owner, person.id)).toBe(0);

  await answer(page);
  const tab = await inOwnTab(page, () =>
    page.getByRole("button", { name: "Start looking as Olu" }).click(),
  );
  await expect(tab).toHaveURL(url);
  await expect(tab.getByRole("heading", { name: invoice })).toBeVisible();
  expect(await tab.evaluate(() => window.opener)).toBeNull();

  // The panel says who one is meanwhile, with the way back and out.
  const session = await sessionOf(owner, person.id);
  await expect(page).toHaveURL(`/sessions/${session.id}`);
  await expect(strip(page).getByRole("link", { name: "Back to Ledger" })).toBeVisible();

  await banner(tab).getByRole("button", { name: "End session" }).click();
  await expect(tab.getByRole("heading", { name: "Olu Braithe", level: 1 })).toBeVisible();
  await expect(strip(page)).toBeHidden();
  // The product's own button was pressed; both tabs of the panel say so, with what comes next.
  for (const one of [tab, page]) {
    await expect(one.getByText("Your session as Olu Braithe has ended.")).toBeVisible();
    await expect(one.getByRole("link", { name: "Note", exact: true })).toBeVisible();
  }
  await tab.reload();
  await expect(tab.locator(".toasts")).toBeAttached();
  await expect(tab.getByText("Your session as Olu Braithe has ended.")).toHaveCount(0);
  await page.getByRole("main").getByRole("link", { name: "Again", exact: true }).click();
  await expect(formOf(page, "Olu Braithe")).toBeVisible();
  await expect(page.getByLabel("In a sentence")).toHaveValue(/reminder went out twice/);
  await expect(page.getByText(`Opens at ${url}`)).toBeVisible();
});

test("from a ticket's link into the product it takes a choice, a sentence and ⌘↵", async ({
  newcomer,
}) => {
  const { page } = await newcomer();
  await page.goto(link({ subject: olu, ticket: "SUP-4837" }));
  await expect(page.getByRole("radio").first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("In a sentence")).toBeFocused();
  await page.keyboard.type("She says that the reminder went out twice.");
  const tab = await inOwnTab(page, () => page.keyboard.press("Control+Enter"));
  await expect(banner(tab)).toContainText("is looking as Olu Braithe");
});

test("a link is followed after the sign-in, with all that it said", async ({ somebody }) => {
  const page = await somebody();
  const url = inLedger("/invoices?status=open");
  await page.goto(link({ subject: olu, ticket: "SUP-4837", url }));
  await expect(page.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
  await page.getByRole("button", { name: /Teodora Quill/ }).click();
  await expect(formOf(page, "Olu Braithe")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Ticket" })).toHaveValue("SUP-4837");
  await expect(page.getByText(`Opens at ${url}`)).toBeVisible();
});

test("where several may be meant the search shows them, and ticket and page go along", async ({
  newcomer,
  databases: { owner },
}) => {
  const { page } = await newcomer();
  const { rows } = await owner.query<{ id: string }>(
    `select a.external_id as id from accounts a join subjects s on s.account_id = a.id where s.email = $1`,
    [olu],
  );
  const url = inLedger(`/invoices?account=${rows[0]?.id}`);
  await page.goto(link({ url, ticket: "SUP-99999" }));
  await expect(
    page.getByRole("heading", { name: "This goes along with whom you choose" }),
  ).toBeVisible();
  const row = page.getByRole("row", { name: /Olu Braithe/ });
  await expect(row).toBeVisible();
  await expect(page.getByText(/By the address of the page: it opens there/)).toBeVisible();
  await expectAccessibleInBoth(page, "search, several are meant");
  await row.getByRole("link", { name: "Olu Braithe" }).click();
  await expect(formOf(page, "Olu Braithe")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Ticket" })).toHaveValue("SUP-99999");
  await expect(page.getByText(`Opens at ${url}`)).toBeVisible();
});

test("where nobody is meant the page says why, and nothing is lost on the way to whom one finds", async ({
  newcomer,
}) => {
  const { page } = await newcomer();
  const url = inLedger("/invoices/INV-0001?tab=2");
  await page.goto(link({ subject: "usr_nobody", ticket: "SUP-99998", url }));
  await expect(page.getByRole("heading", { name: "Nobody is known by that" })).toBeVisible();
  await expect(page.getByText(/“usr_nobody” is neither the id nor the e-mail/)).toBeVisible();
  await expectAccessibleInBoth(page, "a link that names nobody");
  await page.getByLabel("Who is it?").fill("olu braithe");
  await page.keyboard.press("Enter");
  await page
    .getByRole("row", { name: /Olu Braithe/ })
    .getByRole("link", { name: "Olu Braithe" })
    .click();
  await expect(page.getByRole("textbox", { name: "Ticket" })).toHaveValue("SUP-99998");
  await expect(page.getByText(`Opens at ${url}`)).toBeVisible();

  await page.goto(link({ url: "https://elsewhere.test/users/1" }));
  await expect(page.getByText(/none of a product that is connected here/)).toBeVisible();
});

test("a pasted page, ticket, e-mail or id finds its person in the search", async ({
  newcomer,
  databases: { owner },
}) => {
  const { page } = await newcomer();
  const { rows } = await owner.query<{ id: string }>(
    "select external_id as id from subjects where email = $1",
    [olu],
  );
  const id = rows[0]?.id ?? "";
  await page.goto("/");
  for (const pasted of [inLedger(`/team/${id}?tab=2`), "sup-4837", olu, id]) {
    await field(page).fill(pasted);
    await expect(page.getByRole("row", { name: /Olu Braithe/ })).toBeVisible();
    await expect(page.getByRole("row")).toHaveCount(2);
  }
  const url = inLedger(`/invoices?user=${id}&q=${"long".repeat(80)}`);
  await field(page).fill(url);
  await expect(page.getByText(/By the address of the page/)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(formOf(page, "Olu Braithe")).toBeVisible();
  await expect(page.getByText(`Opens at ${url}`)).toBeVisible();

  await page.goto("/");
  await field(page).fill(inLedger("/reports"));
  await expect(
    page.getByRole("heading", { name: "That page of Ledger does not say whose it is" }),
  ).toBeVisible();
  await page.getByRole("link", { name: "Keep the page and search" }).click();
  await field(page).fill("olu braithe");
  await page
    .getByRole("row", { name: /Olu Braithe/ })
    .getByRole("link", { name: "Olu Braithe" })
    .click();
  await expect(page.getByText(`Opens at ${inLedger("/reports")}`)).toBeVisible();

  await page.goto("/");
  await field(page).fill("https://elsewhere.test/users/usr_1");
  await expect(
    page.getByRole("heading", { name: "That page is of no product that is connected here" }),
  ).toBeVisible();
});

test("the bookmark that the panel shows leads from a page of Ledger to the start form, and back to that page in its tab", async ({
  newcomer,
  databases: { owner },
}) => {
  const { page, context } = await newcomer();
  await page.goto("/start");
  await expect(page.getByRole("heading", { name: "From your help desk", level: 1 })).toBeVisible();
  await expectAccessibleInBoth(page, "from your help desk");
  const text = (await page.locator("#bookmarklet").textContent()) ?? "";
  expect(text).toMatch(/^javascript:/);

  const tab = await context.newPage();
  await tab.goto(inLedger("/sign-in"));
  const subject = await subjectOf(owner, olu);
  // Marked on the page, as an agent marks it there.
  await tab.evaluate((marked) => {
    const mark = document.createElement("p");
    mark.textContent = marked;
    document.body.append(mark);
    getSelection()?.selectAllChildren(mark);
  }, subject);
  // As a browser runs a bookmark that is pressed: in the page, whatever its policy says of scripts.
  await tab.evaluate(text.replace(/^javascript:/, ""));
  await expect(formOf(tab, "Olu Braithe")).toBeVisible();
  await expect(tab.getByText(`Opens at ${inLedger("/sign-in")}`)).toBeVisible();
  await answer(tab);
  await tab.getByRole("textbox", { name: "Ticket" }).fill("SUP-4837");
  await tab.getByRole("radio", { name: "Called back on the number on file" }).check();
  await tab.getByRole("button", { name: "Start looking as Olu" }).click();
  await tab.waitForURL((url) => url.href.startsWith(inLedger("/")));
  await expect(banner(tab)).toContainText("Olu Braithe");
  expect(context.pages()).toHaveLength(2);
});
