import type { Request } from "express";
import { nextDate } from "./calendar.ts";
import { type Queries, transaction } from "./database.ts";
import { type Change, writeHistory } from "./history.ts";
import { amount, type Line, lineText, totalCents } from "./money.ts";
import { everyText, findRecurring, type Recurring, type RecurringForm } from "./recurring.ts";
import { nameOfClient } from "./save-invoice.ts";
import { newId } from "./secrets.ts";
import { day as dayText } from "./time.ts";
import type { Viewer } from "./viewer.ts";

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
  const sum = (lines: readonly Line[]) => lines.map(lineText).join("; ");
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
