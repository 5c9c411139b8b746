import type { Request } from "express";
import { addDays, nextDate, type Rhythm } from "./calendar.ts";
import { pool, type Queries, transaction } from "./database.ts";
import { type Change, writeHistory, writeOwnHistory } from "./history.ts";
import { invoiceName } from "./invoices.ts";
import { amount, type Line, totalCents } from "./money.ts";
import { insertDraft, nameOfClient } from "./save-invoice.ts";
import { newId } from "./secrets.ts";
import { day as dayText, today } from "./time.ts";
import type { Viewer } from "./viewer.ts";

export type Recurring = {
  id: string;
  account_id: string;
  client_id: string;
  client: string;
  every: Rhythm;
  day: number;
  next_on: string;
  note: string;
  lines: Line[];
  total_cents: number;
  paused: boolean;
  version: number;
};

export type RecurringForm = {
  clientId: string;
  every: Rhythm;
  nextOn: string;
  note: string;
  lines: Line[];
};

const columns = `r.id, r.account_id, r.client_id, c.name AS client, r.every, r.day, r.next_on, r.note, r.lines,
  r.total_cents::float8 AS total_cents, r.paused, r.version`;
const from = "recurring r JOIN clients c ON c.id = r.client_id";

export const pageSize = 20;
export const everyText: Record<Rhythm, string> = {
  month: "Monthly",
  quarter: "Quarterly",
  year: "Yearly",
};

/** One page, what comes next first, after the one that `after` names. */
export async function listRecurring(
  accountId: string,
  after: { next_on: string; id: string } | null,
) {
  const { rows } = await pool.query<Recurring>(
    `SELECT ${columns} FROM ${from} WHERE r.account_id = $1
       AND ($2::date IS NULL OR (r.next_on, r.id) > ($2::date, $3))
     ORDER BY r.next_on, r.id LIMIT ${pageSize + 1}`,
    [accountId, after?.next_on ?? null, after?.id ?? null],
  );
  return { recurring: rows.slice(0, pageSize), more: rows.length > pageSize };
}

export async function findRecurring(queries: Queries, accountId: string, id: string, lock = "") {
  if (id.includes("\0")) return null;
  const { rows } = await queries.query<Recurring>(
    `SELECT ${columns} FROM ${from} WHERE r.account_id = $1 AND r.id = $2 ${lock}`,
    [accountId, id],
  );
  return rows[0] ?? null;
}

/** The id of the new one; null when the client is not theirs. */
export async function makeRecurring(
  req: Request,
  viewer: Viewer,
  form: RecurringForm,
): Promise<string | null> {
  return transaction(async (client) => {
    const clientName = await nameOfClient(client, viewer.accountId, form.clientId);
    if (!clientName) return null;
    const id = newId("rec");
    await client.query(
      `INSERT INTO recurring (id, account_id, client_id, every, day, next_on, note, lines, total_cents)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, viewer.accountId, ...valuesOf(form)],
    );
    await note(client, req, viewer, { id, client: clientName }, "made the recurring invoice", [
      { field: "Client", after: clientName },
      { field: "Rhythm", after: everyText[form.every] },
      { field: "Amount", after: `€ ${amount(totalCents(form.lines))}` },
    ]);
    return id;
  });
}

export type Saved = { kind: "saved" } | { kind: "gone" } | { kind: "overtaken"; now: Recurring };

/** Saves what was edited, unless somebody saved it since it was opened (`version`). */
export async function saveRecurring(
  req: Request,
  viewer: Viewer,
  id: string,
  version: number,
  form: RecurringForm,
): Promise<Saved> {
  return transaction(async (client) => {
    const before = await findRecurring(client, viewer.accountId, id, "FOR UPDATE OF r");
    if (!before) return { kind: "gone" };
    if (before.version !== version) return { kind: "overtaken", now: before };
    const clientName = await nameOfClient(client, viewer.accountId, form.clientId);
    if (!clientName) return { kind: "gone" };
    const changes = differences(before, form, clientName);
    if (changes.length === 0) return { kind: "saved" };
    await client.query(
      `UPDATE recurring SET client_id = $3, every = $4, day = $5, next_on = $6, note = $7, lines = $8,
         total_cents = $9, version = version + 1 WHERE id = $1 AND account_id = $2`,
      [id, viewer.accountId, ...valuesOf(form, before)],
    );
    await note(
      client,
      req,
      viewer,
      { id, client: clientName },
      "changed the recurring invoice",
      changes,
    );
    return { kind: "saved" };
  });
}

/** What was missed while it was paused is not made up for: it goes on at its next date from `on` on. */
export async function pauseRecurring(
  req: Request,
  viewer: Viewer,
  id: string,
  paused: boolean,
  on: string,
): Promise<boolean> {
  return transaction(async (client) => {
    const before = await findRecurring(client, viewer.accountId, id, "FOR UPDATE OF r");
    if (!before || before.paused === paused) return false;
    let next = before.next_on;
    while (!paused && next < on) next = nextDate(next, before.every, before.day);
    await client.query(
      "UPDATE recurring SET paused = $3, next_on = $4, version = version + 1 WHERE account_id = $1 AND id = $2",
      [viewer.accountId, id, paused, next],
    );
    const [was, is] = paused ? ["Running", "Paused"] : ["Paused", "Running"];
    const what = paused ? "paused the recurring invoice" : "resumed the recurring invoice";
    await note(client, req, viewer, before, what, [{ field: "State", before: was, after: is }]);
    return true;
  });
}

/** Makes the next one before its date, as a draft of `on`. Gives its number; null when there is nothing to make. */
export async function makeNextNow(
  req: Request,
  viewer: Viewer,
  id: string,
  on: string,
): Promise<number | null> {
  return transaction(async (client) => {
    const before = await findRecurring(client, viewer.accountId, id, "FOR UPDATE OF r");
    if (!before || before.paused) return null;
    const number = await makeOne(client, before, on);
    await writeHistory(client, req, viewer, {
      about: `invoice ${number}`,
      resource: invoiceName(number),
      what: "made the invoice from a recurring one",
      changes: madeOf(before),
    });
    return number;
  });
}

/** Makes what is due until `on`, a draft for each date, also those that a stopped Ledger missed. Gives how many. */
export async function makeDue(on: string = today()): Promise<number> {
  for (let made = 0; ; made++) if (!(await makeOneDue(on))) return made;
}

/** One at a time, so that nothing is lost when it stops, and two that run at once make each only once. */
async function makeOneDue(on: string): Promise<boolean> {
  return transaction(async (client) => {
    const { rows } = await client.query<Recurring>(
      `SELECT ${columns} FROM ${from} WHERE NOT r.paused AND r.next_on <= $1
       ORDER BY r.next_on LIMIT 1 FOR UPDATE OF r SKIP LOCKED`,
      [on],
    );
    const due = rows[0];
    if (!due) return false;
    const number = await makeOne(client, due, due.next_on);
    await writeOwnHistory(client, due.account_id, {
      about: `invoice ${number}`,
      what: "made the invoice from a recurring one",
      changes: madeOf(due),
    });
    return true;
  });
}

async function makeOne(client: Queries, one: Recurring, issuedOn: string): Promise<number> {
  const { rows } = await client.query<{ payment_days: number }>(
    "SELECT payment_days FROM accounts WHERE id = $1",
    [one.account_id],
  );
  const dueOn = addDays(issuedOn, rows[0]?.payment_days ?? 30);
  const { client_id: clientId, note: words, lines } = one;
  const form = { clientId, issuedOn, dueOn, note: words, lines };
  const number = await insertDraft(client, one.account_id, form, one.id);
  await client.query("UPDATE recurring SET next_on = $2 WHERE id = $1", [
    one.id,
    nextDate(one.next_on, one.every, one.day),
  ]);
  return number;
}

const madeOf = ({ client, total_cents }: Recurring): Change[] => [
  { field: "Client", after: client },
  { field: "Amount", after: `€ ${amount(total_cents)}` },
];

/** The day that is meant stays when the date does: on 28 February it may be the 31st. */
const valuesOf = (form: RecurringForm, before?: Recurring) => [
  form.clientId,
  form.every,
  before?.next_on === form.nextOn ? before.day : Number(form.nextOn.slice(8)),
  form.nextOn,
  form.note,
  JSON.stringify(form.lines),
  totalCents(form.lines),
];

function note(
  client: Queries,
  req: Request,
  viewer: Viewer,
  one: { id: string; client: string },
  what: string,
  changes: readonly Change[],
) {
  return writeHistory(client, req, viewer, {
    about: `recurring ${one.id}`,
    resource: `for ${one.client}`,
    what,
    changes,
  });
}

function differences(before: Recurring, form: RecurringForm, client: string): Change[] {
  const sum = (lines: readonly Line[]) =>
    lines
      .map(
        (line) =>
          `${line.description}, ${line.quantity} × € ${amount(line.price_cents)}, VAT ${line.vat} %`,
      )
      .join("; ");
  const pairs: [string, string, string][] = [
    ["Client", before.client, client],
    ["Rhythm", everyText[before.every], everyText[form.every]],
    ["Next", dayText(before.next_on), dayText(form.nextOn)],
    ["Note to the client", before.note, form.note],
    ["Lines", sum(before.lines), sum(form.lines)],
  ];
  return pairs
    .filter(([, was, is]) => was !== is)
    .map(([field, was, is]) => ({ field, before: was, after: is }));
}
