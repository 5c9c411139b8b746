import { beforeEach, expect, test } from "vitest";
import { halvor, send, standInFor, startLedger } from "./testing.ts";

const { issuer, pool, signIn, agent, one } = await startLedger();
const { makeDue } = await import("./make-due.ts");
const account = "(SELECT account_id FROM users WHERE id = 'usr_2MX81C')";
const client = await one<{ id: string }>(
  `SELECT id FROM clients WHERE account_id = ${account} LIMIT 1`,
);

const form = {
  client: client?.id ?? "",
  every: "month",
  next_on: "2031-01-31",
  description: "Retainer",
  quantity: "2",
  price: "100",
  vat: "21",
  note: "",
};

beforeEach(async () => {
  standInFor(issuer, halvor);
  await pool.query("UPDATE recurring SET paused = true");
});

/** Makes one, and gives the path of its page. */
async function made(over: Partial<typeof form> = {}, own = signIn("halvor@ardentloom.test")) {
  const answer = await send(await own, "/recurring/new", "/recurring", { ...form, ...over });
  expect(answer.status).toBe(303);
  return (answer.headers.get("location") ?? "").replace(/\?.*/, "");
}

const drafts = async (path: string) =>
  (
    await pool.query<{ issued_on: string; due_on: string; status: string; total_cents: string }>(
      "SELECT issued_on, due_on, status, total_cents::text FROM invoices WHERE recurring_id = $1 ORDER BY number",
      [path.split("/").at(-1)],
    )
  ).rows;

test("what is due is made on its days, once, also what a stopped Ledger missed", async () => {
  const path = await made();
  expect(await makeDue("2031-01-30")).toBe(0);
  expect(await makeDue("2031-01-31")).toBe(1);
  expect(await makeDue("2031-01-31")).toBe(0);
  const counts = await Promise.all([makeDue("2031-04-01"), makeDue("2031-04-01")]);
  expect(counts[0] + counts[1]).toBe(2);
  expect(await drafts(path)).toEqual(
    [
      ["2031-01-31", "2031-03-02"],
      ["2031-02-28", "2031-03-30"],
      ["2031-03-31", "2031-04-30"],
    ].map(([issued_on, due_on]) => ({ issued_on, due_on, status: "draft", total_cents: "24200" })),
  );
});

test("Ledger itself is the author of what it makes by itself", async () => {
  const path = await made();
  await makeDue("2031-01-31");
  const number = await one<{ number: number }>(
    "SELECT number FROM invoices WHERE recurring_id = $1",
    [path.split("/").at(-1)],
  );
  const own = await signIn("halvor@ardentloom.test");
  const page = await (
    await own.visit(`/invoices/INV-${String(number?.number).padStart(4, "0")}`)
  ).text();
  expect(page).toContain("<strong>Ledger</strong> made the invoice from a recurring one");
});

test("support makes, changes, pauses and resumes in the customer’s place, under its own name", async () => {
  const support = await agent();
  const path = await made({}, Promise.resolve(support));
  expect((await send(support, path, path, { ...form, price: "250" })).status).toBe(303);
  expect((await send(support, path, `${path}/pause`, {})).status).toBe(303);
  expect(await makeDue("2031-02-01")).toBe(0);
  expect((await send(support, path, `${path}/next`, {})).status).toBe(404);
  expect((await send(support, path, `${path}/resume`, {})).status).toBe(303);
  expect((await send(support, path, `${path}/next`, {})).status).toBe(303);
  expect(await drafts(path)).toHaveLength(1);
  const own = await signIn("halvor@ardentloom.test");
  const page = await (await own.visit(path)).text();
  for (const what of ["made", "changed", "paused", "resumed"])
    expect(page).toContain(
      `<strong>Ledger Support, for Halvor</strong> ${what} the recurring invoice`,
    );
});

test("what fell into a pause is not made up for", async () => {
  const path = await made({ next_on: "2031-01-15" });
  const id = path.split("/").at(-1);
  await pool.query("UPDATE recurring SET next_on = '2020-01-15' WHERE id = $1", [id]);
  const own = await signIn("halvor@ardentloom.test");
  await send(own, path, `${path}/pause`, {});
  await send(own, path, `${path}/resume`, {});
  const today = new Date().toISOString().slice(0, 10);
  const { next_on } = (await one<{ next_on: string }>(
    "SELECT next_on FROM recurring WHERE id = $1",
    [path.split("/").at(-1)],
  )) ?? { next_on: "" };
  expect(next_on >= today).toBe(true);
  expect(next_on.slice(8)).toBe("15");
});

test("a day that a month does not have stays meant when something else is changed", async () => {
  const path = await made();
  await makeDue("2031-01-31");
  const own = await signIn("halvor@ardentloom.test");
  await send(own, path, path, { ...form, next_on: "2031-02-28", note: "New" });
  await makeDue("2031-03-31");
  expect((await drafts(path)).map(({ issued_on }) => issued_on)).toContain("2031-03-31");
});

test("nonsense is told, and another account’s does not exist", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const wrong = { ...form, every: "week", next_on: "2031-02-31", price: "x" };
  const answer = await send(own, "/recurring/new", "/recurring", wrong);
  expect(answer.status).toBe(422);
  const path = await made();
  const jane = await signIn("jane.ashdown@tallowfield.test");
  expect((await jane.visit(path)).status).toBe(404);
  for (const to of [path, `${path}/next`, `${path}/pause`])
    expect((await send(jane, "/recurring/new", to, form)).status).toBe(404);
});

test("a new date that has passed is refused, and makes no draft of every day since", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const long_ago = { ...form, next_on: "1901-01-31" };
  expect((await send(own, "/recurring/new", "/recurring", long_ago)).status).toBe(422);
  const path = await made({});
  expect((await send(own, path, path, long_ago)).status).toBe(422);
  // What was due while Ledger did not run can be changed all the same.
  await pool.query("UPDATE recurring SET next_on = '2020-01-31' WHERE id = $1", [
    path.split("/").at(-1),
  ]);
  const due = { ...form, next_on: "2020-01-31", note: "New" };
  expect((await send(own, path, path, due)).status).toBe(303);
  await send(own, path, `${path}/pause`, {});
});
