import { ageReviewDue } from "#db/testing/age.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { givingWay } from "#e2e/fixtures/databases.ts";
import { inLedger, invoiceOf } from "#e2e/fixtures/ledger.ts";
import { inOwnTab } from "#e2e/fixtures/own-tab.ts";
import { withPolicy } from "#e2e/fixtures/policy.ts";
import { eventsOf, sessionOf } from "#e2e/fixtures/record.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { banner, strip } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const jane = "/customers/usr_7QK2M9";
const why =
  "Their invoices go out with another customer’s address at midnight; I have to see which.";

test("the glass is broken loudly, and not again until somebody has looked at it", async ({
  newcomer,
  signedIn,
  databases,
}) => {
  const { page, person } = await newcomer();
  const manager = await signedIn(runa);

  await page.goto(`${jane}/start`);
  await page.getByLabel("In a sentence").fill("Invoices with a wrong address.");
  await page.getByRole("link", { name: "It cannot wait…" }).click();
  await expect(
    page.getByRole("heading", { name: "Break the glass for Jane Ashdown" }),
  ).toBeVisible();
  const reason = page.getByLabel("Why can it not wait?");
  await expect(reason).toHaveValue("Invoices with a wrong address.");
  const ahead = page.getByRole("region", { name: /What happens at once/ });
  await expect(ahead).toContainText("told at once, in every channel");
  await expect(ahead).toContainText("Until then you cannot break the glass again");
  await expectAccessibleInBoth(page, "break-glass");

  await page.getByRole("radio", { name: "Nobody is calling" }).check();
  await page.getByRole("textbox", { name: "Incident or ticket" }).fill("SEC-90112");
  await page.getByRole("button", { name: "Break the glass and start" }).click();
  await expect(reason).toHaveAccessibleDescription(/Too short: 30 characters of at least 50/);
  await expect(page.getByRole("textbox", { name: "Incident or ticket" })).toHaveValue("SEC-90112");
  await expectAccessible(page, "break-glass, refused");
  await reason.fill(why);
  const tab = await inOwnTab(page, () =>
    page.getByRole("button", { name: "Break the glass and start" }).click(),
  );
  await expect(tab).toHaveURL(inLedger("/invoices"));
  await expect(banner(tab)).toContainText("Break-glass: nobody approved");
  await expect(banner(tab)).toContainText("to be reviewed by");
  await expectAccessibleInBoth(tab, "Ledger, break-glass");

  const session = await sessionOf(databases.owner, person.id);
  expect(session).toMatchObject({ scope: "read", minutes: 15 });
  const queue = manager.page.getByRole("region", { name: "Requests" });
  await manager.page.goto("/requests");
  const waits = queue.getByRole("link", { name: new RegExp(`${person.name}.*Break-glass`) });
  await expect(waits).toBeVisible();
  await expectAccessibleInBoth(manager.page, "queue with a break-glass to look at");
  await manager.page.goto("/sessions/live");
  await expect(
    manager.page.getByRole("row", { name: new RegExp(person.name) }).getByText("Break-glass"),
  ).toBeVisible();
  await manager.page.goto(`/sessions/${session.id}`);
  await expect(manager.page.getByText("Somebody looks at it once it has ended.")).toBeVisible();
  await page.goto("/");
  await expect(strip(page)).toContainText("Break-glass");
  await page.goto(inLedger("/invoices"));
  await banner(page).getByRole("button", { name: /^End/ }).click();
  await expect(page).not.toHaveURL(inLedger("/invoices"));

  await page.goto(`${jane}/break-glass`);
  await expect(
    page.getByRole("heading", { name: "Your last break-glass waits for its review" }),
  ).toBeVisible();
  await expectAccessibleInBoth(page, "break-glass, not until it is reviewed");
  await page.getByRole("link", { name: /^Open S-/ }).click();
  await expect(page.getByText(/you cannot break the glass again\.$/)).toBeVisible();

  await manager.page.goto(`/sessions/${session.id}`);
  const look = manager.page.getByRole("region", { name: "To look at" });
  await look.getByRole("button", { name: "Look closer" }).click();
  await expect(look).toContainText("Say in at least 10 characters what to look at.");
  await expect(look.getByLabel("What is there to look at?")).toBeFocused();
  await expectAccessible(manager.page, "a session to look at, refused");
  await look
    .getByLabel("What is there to look at?")
    .fill("Why were all invoices opened, and not the one?");
  await look.getByRole("button", { name: "Look closer" }).click();
  const said = manager.page.getByRole("region", { name: "Looked at afterwards" });
  await expect(said).toContainText("Why were all invoices opened, and not the one?");
  await expectAccessibleInBoth(manager.page, "a session that was looked at");
  await said.getByRole("link", { name: /^F-/ }).click();
  await expect(manager.page).toHaveURL(/\/findings\/F-/);
  await expect(manager.page.getByText(/Why were all invoices opened/).first()).toBeVisible();
  await expectAccessible(manager.page, "a finding to look closer");
  expect(await eventsOf(databases.owner, session.id)).toEqual(
    expect.arrayContaining(["break_glass.used", "session.reviewed"]),
  );

  await page.goto(`${jane}/break-glass`);
  await expect(
    page.getByRole("heading", { name: "Break the glass for Jane Ashdown" }),
  ).toBeVisible();
  await page.goto("/customers/usr_7QK2M9/break-glass?instead=nothing-of-ours");
  await expect(reason).toHaveValue("");
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("the glass is broken all the same", async ({ newcomer }) => {
    const { page } = await newcomer();
    await page.goto(`${jane}/break-glass`);
    await page.getByLabel("Why can it not wait?").fill(why);
    await page.getByRole("textbox", { name: "Incident or ticket" }).fill("SEC-90113");
    await page.getByRole("radio", { name: "Nobody is calling" }).check();
    await page.getByRole("button", { name: "Break the glass and start" }).click();
    await expect(page).toHaveURL(inLedger("/invoices"));
    await expect(banner(page)).toContainText("Break-glass: nobody approved");
  });
});

test("where the policy lets one act, the band says so in red, and the review is wanted within a day", async ({
  newcomer,
  signedIn,
  databases: { owner, ledger },
}) => {
  const { page, person } = await newcomer();
  const manager = await signedIn(runa);
  const email = "jane.ashdown@tallowfield.test";
  await withPolicy(owner, { breakGlass: { allowed: true, write: true } }, async () => {
    await page.goto(`${jane}/break-glass`);
    await page.getByLabel("Why can it not wait?").fill(why);
    await page.getByRole("textbox", { name: "Incident or ticket" }).fill("SEC-90114");
    await page.getByRole("radio", { name: "Nobody is calling" }).check();
    await page.getByRole("radio", { name: "Read and change" }).check();
    await expectAccessibleInBoth(page, "break-glass for acting");
    const tab = await inOwnTab(page, () =>
      page.getByRole("button", { name: "Break the glass and start" }).click(),
    );
    await tab.close();
    await strip(page).getByRole("link", { name: "Back to Ledger" }).click();
    await page.waitForURL(inLedger("/invoices"));
  });
  await expect(banner(page)).toContainText("acting");
  await expect(banner(page)).toContainText("Break-glass: nobody approved");
  await expectAccessibleInBoth(page, "Ledger, break-glass for acting");
  await page.goto(inLedger(`/invoices/${await invoiceOf(ledger, email)}`));
  await page.getByLabel("Note to the client").fill("Held back until the address is right.");
  await page.getByRole("button", { name: "Save invoice" }).click();
  await expect(page.getByText("Held back until the address is right.").first()).toBeVisible();
  await banner(page).getByRole("button", { name: /^End/ }).click();
  await expect(page).not.toHaveURL(inLedger("/invoices"));

  const session = await sessionOf(owner, person.id);
  expect(session).toMatchObject({ scope: "write", minutes: 15 });
  const { rows } = await owner.query(
    `select extract(epoch from d.due_at - s.started_at)::int / 3600 as hours
       from session_reviews_due d join sessions s on s.id = d.session_id where s.id = $1`,
    [session.id],
  );
  expect(rows).toEqual([{ hours: 24 }]);
  const list = manager.page.getByRole("listitem").filter({ hasText: person.name });
  await manager.page.goto("/sessions/to-look-at");
  await expect(list).toContainText("at the latest");
  await givingWay(() => ageReviewDue(owner, session.id, "25 hours"));
  await manager.page.reload();
  await expect(list).toContainText(/Late since/);
  await expectAccessibleInBoth(manager.page, "a review that is late");

  // Late or not: not again until somebody has said something.
  await page.goto(`${jane}/break-glass`);
  await expect(
    page.getByRole("heading", { name: "Your last break-glass waits for its review" }),
  ).toBeVisible();
  await list.getByRole("link").click();
  await manager.page.getByRole("button", { name: "As expected" }).click();
  await expect(manager.page.getByRole("region", { name: "Looked at afterwards" })).toBeVisible();
  await page.reload();
  await expect(
    page.getByRole("heading", { name: "Break the glass for Jane Ashdown" }),
  ).toBeVisible();
});
