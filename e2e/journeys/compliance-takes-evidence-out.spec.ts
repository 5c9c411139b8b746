import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { sql } from "drizzle-orm";
import { transaction } from "#db/client.ts";
import { expectAccessible, expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { isWhole, opened } from "#e2e/fixtures/http.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, type SignedIn, test } from "#e2e/fixtures/test.ts";
import { recordAudits } from "#lib/audit/record.ts";

const reason = "External audit, request 7";

async function bytesOf(download: Download): Promise<Buffer> {
  expect(await download.failure()).toBeNull();
  return readFile(await download.path());
}

/** Sends the form; the file comes by itself. Gives its bytes once the page says that it was handed over. */
async function made(page: Page, button: string): Promise<Buffer> {
  await page.getByLabel("What is it for?").fill(reason);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).click(),
  ]);
  const bytes = await bytesOf(download);
  await expect(page.getByRole("heading", { name: "The whole file was handed over" })).toBeVisible();
  await expect(
    page.getByText(createHash("sha256").update(bytes).digest("hex")).first(),
  ).toBeVisible();
  return bytes;
}

test("the log, as the filter of the page has it", async ({ newcomer, databases }) => {
  const { page, person } = await newcomer(["compliance"]);
  const agent = await newcomer();
  await started(agent, await subjectOf(databases.owner, "olu@pebblewick.test"));
  await page.goto("/audit/exports");
  await expectAccessible(page, "exports");
  await page.goto(`/audit?actor=${agent.person.id}&event=session.started`);
  await expect(page.getByRole("group", { name: "Filters" })).toContainText(/\d match/);
  await page.getByRole("link", { name: "Export…" }).click();
  await expect(page.getByRole("heading", { name: "Export the audit log" })).toBeVisible();
  await expect(page.getByRole("region", { name: "What is in it" })).toContainText(
    "session.started",
  );
  await expectAccessibleInBoth(page, "export of the log");
  await page.getByLabel("What is it for?").fill("short");
  await page.getByRole("button", { name: "Start the export" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "Too short: 5 characters of at least 10",
  );
  await expect(page.getByLabel("What is it for?")).toHaveValue("short");
  await expectAccessible(page, "export of the log, refused");
  const bytes = await made(page, "Start the export");
  const rows: Record<string, string>[] = parse(bytes, { columns: true, record_delimiter: "\r\n" });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ event: "session.started", actor_id: agent.person.id });
  await expectAccessibleInBoth(page, "export, complete");
  const { rows: entries } = await databases.owner.query(
    "select event from audit_entry where actor_id = $1 and event like 'export.%' order by occurred_at",
    [person.id],
  );
  expect(entries).toEqual([{ event: "export.started" }, { event: "export.finished" }]);
});

test("an export that waits is cancelled, and starts nowhere else meanwhile", async ({
  newcomer,
  browser,
  urls,
}) => {
  const { page, context } = await newcomer(["compliance"]);
  const quiet = await browser.newContext({ javaScriptEnabled: false });
  await quiet.addCookies(await context.cookies(urls.panel));
  const plain = await quiet.newPage();
  await plain.goto("/audit/export");
  await plain.getByLabel("What is it for?").fill(reason);
  await plain.getByRole("button", { name: "Start the export" }).click();
  await expect(plain.getByText("Waits for you to fetch its file")).toBeVisible();
  await page.goto("/audit");
  await expect(page.getByRole("region", { name: "Export that runs" })).toContainText(reason);
  await expectAccessibleInBoth(page, "audit log with an export that runs");
  await page.getByRole("link", { name: "Export…" }).click();
  await page.getByLabel("What is it for?").fill(reason);
  await page.getByRole("button", { name: "Start the export" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "Another export of yours is running",
  );
  await plain.getByRole("button", { name: "Cancel" }).click();
  await expect(plain.getByRole("heading", { name: /It was cancelled/ })).toBeVisible();
  // Axe is a script.
  await page.goto(plain.url());
  await expectAccessible(page, "export, cancelled");
  await quiet.close();
});

/** More than lies between two sockets: whoever does not read on holds the export up. */
const longLog = ({ ctx }: SignedIn) =>
  transaction(ctx.db, (tx) =>
    recordAudits(
      tx,
      ctx,
      Array.from({ length: 60 }, (_, n) => ({
        event: "exposure.read" as const,
        body: { what: `Look ${n} of many`, much: "a".repeat(400_000) },
      })),
    ),
  );

test("an export that is cut off on its way, or cancelled, is not whole on either side", async ({
  newcomer,
  browser,
  databases,
  urls,
}) => {
  const compliance = await newcomer(["compliance"]);
  const { page, context, person, ctx } = compliance;
  await longLog(compliance);
  const quiet = await browser.newContext({ javaScriptEnabled: false });
  const cookies = await context.cookies(urls.panel);
  await quiet.addCookies(cookies);
  const plain = await quiet.newPage();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  /** Starts an export, and begins to fetch its file outside of a browser. */
  const begun = async () => {
    await plain.goto(`/audit/export?actor=${person.id}&event=exposure.read`);
    await plain.getByLabel("What is it for?").fill(reason);
    await plain.getByRole("button", { name: "Start the export" }).click();
    await expect(plain.getByText("Waits for you to fetch its file")).toBeVisible();
    const { pathname } = new URL(plain.url());
    const file = await opened(urls.panel, `${pathname}/file`, { cookie });
    expect(file.statusCode).toBe(200);
    expect(file.headers["content-length"]).toBeUndefined();
    await page.goto(pathname);
    await expect(page.getByRole("region", { name: "Export that runs" })).toContainText("of 60");
    return file;
  };
  /** Connections that read for an export: no other runs meanwhile. */
  const reading = async () => {
    const { rows } = await ctx.db.execute(
      sql`select pid from pg_stat_activity
        where application_name = 'alongside export' and datname = current_database()`,
    );
    return rows.length;
  };

  const gone = await begun();
  await expectAccessibleInBoth(page, "export, running");
  expect(await reading()).toBe(1);
  gone.destroy();
  await expect(page.getByRole("heading", { name: /It broke off/ })).toBeVisible();
  await expect(page.getByText("the connection of whoever read it was cut")).toBeVisible();
  await expectAccessibleInBoth(page, "export, cut off");
  await expect.poll(reading).toBe(0);

  const cancelled = await begun();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { name: /It was cancelled/ })).toBeVisible();
  expect(await isWhole(cancelled)).toBe(false);
  await expect.poll(reading).toBe(0);
  await page.goto("/audit/exports");
  await expect(page.getByRole("row", { name: /Broken, cut off/ }).first()).toContainText(reason);
  await expect(page.getByRole("row", { name: /Cancelled/ }).first()).toContainText(reason);

  const { rows } = await databases.owner.query(
    `select x.status, x.broken_by, x.sha256, e.event from exports x join audit_entry e on e.id = x.ended_entry_id
      where x.started_by = $1 order by x.started_at`,
    [person.id],
  );
  const stopped = { sha256: null, event: "export.stopped" };
  expect(rows).toEqual([
    { status: "broken", broken_by: "reader_gone", ...stopped },
    { status: "cancelled", broken_by: null, ...stopped },
  ]);
  await quiet.close();
});

test("one session and a person’s own report, as documents", async ({ newcomer, databases }) => {
  const { page } = await newcomer(["compliance"]);
  const agent = await newcomer();
  const subject = await subjectOf(databases.owner, "olu@pebblewick.test");
  const session = await started(agent, subject);
  await page.goto(`/sessions/${session}`);
  await page.getByRole("link", { name: "As PDF…" }).click();
  await expectAccessible(page, "session as PDF");
  expect((await made(page, "Make the PDF")).subarray(0, 5).toString()).toBe("%PDF-");

  await page.goto(`/customers/${subject}`);
  await page.getByRole("link", { name: "Own report…" }).click();
  await expectAccessibleInBoth(page, "own report");
  await page.getByRole("radio", { name: /JSON/ }).check();
  await page.getByRole("checkbox", { name: /Release the names/ }).check();
  await page.getByLabel("What is it for?").fill(reason);
  await page.getByRole("button", { name: "Make the report" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("why names are released");
  await expect(page.getByRole("checkbox", { name: /Release the names/ })).toBeChecked();
  await page.getByRole("checkbox", { name: /Release the names/ }).uncheck();
  const report = (await made(page, "Make the report")).toString();
  expect(JSON.parse(report)).toMatchObject({ schema: "alongside.subject-report/1" });
  expect(report).not.toContain(agent.person.name);
});

test("what an actor reached, for the notice within 72 hours", async ({ newcomer, databases }) => {
  const { page } = await newcomer(["compliance"]);
  const agent = await newcomer();
  await started(agent, await subjectOf(databases.owner, "olu@pebblewick.test"));
  await page.goto("/exposure");
  await expectAccessibleInBoth(page, "exposure, nothing asked");
  const today = new Date().toISOString().slice(0, 10);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("Choose a person or a product.")).toBeVisible();
  const whose = page.getByRole("combobox", { name: "Of whom or in which product" });
  await whose.fill(agent.person.email);
  await page.getByRole("option", { name: agent.person.name }).click();
  await expect(whose).toHaveValue(agent.person.name);
  await page.getByLabel("From", { exact: true }).fill(today);
  await page.getByLabel("To", { exact: true }).fill(today);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText(/personal data of 1 person of 1 customer/)).toBeVisible();
  await expectAccessibleInBoth(page, "exposure");
  await page.getByRole("link", { name: "Export…" }).click();
  const rows: string[][] = parse(await made(page, "Start the export"));
  expect(rows).toHaveLength(2);
});
