import { type Request, Router } from "express";
import { pool } from "../database.ts";
import { field } from "../forms.ts";
import { historyList } from "../history.ts";
import { html, type Markup } from "../html.ts";
import { type Invoice, invoiceName } from "../invoices.ts";
import { owner, page } from "../layout.ts";
import { makeNextNow } from "../make-due.ts";
import { amount } from "../money.ts";
import { everyText, findRecurring, listRecurring, type Recurring } from "../recurring.ts";
import { makeRecurring, pauseRecurring, saveRecurring } from "../save-recurring.ts";
import { viewerOf } from "../signed-in.ts";
import { day, isDay, today } from "../time.ts";
import { typedLines } from "./invoice-lines.ts";
import { invoiceTable } from "./invoice-list.ts";
import { notFound } from "./not-found.ts";
import {
  parseRecurring,
  recurringForm,
  recurringIn,
  type TypedRecurring,
} from "./recurring-form.ts";

export const recurringPages = Router();

recurringPages.get("/recurring", async (req, res) => {
  const [next_on = "", id = ""] =
    typeof req.query.after === "string" ? req.query.after.replaceAll("\0", "").split("~") : [];
  const after = isDay(next_on) ? { next_on, id } : null;
  const { recurring, more } = await listRecurring(viewerOf(req).accountId, after);
  const last = recurring.at(-1);
  const body = html`<div class="row between"><h1>Recurring invoices</h1><a class="btn" href="/recurring/new">New recurring invoice</a></div>
${
  recurring.length > 0
    ? html`<div class="sheet list"><table><caption class="vh">Recurring invoices</caption>
<thead><tr><th scope="col">Client</th><th scope="col">Rhythm</th><th scope="col" class="hide">Next</th><th scope="col" class="spare">State</th><th scope="col" class="n">Amount, €</th></tr></thead>
<tbody>${recurring.map(
        (
          one,
        ) => html`<tr><td class="long"><a href="/recurring/${one.id}">${one.client}</a></td><td>${everyText[one.every]}</td>
<td class="hide when">${one.paused ? "–" : day(one.next_on)}</td><td class="spare">${stateOf(one)}</td><td class="n">${amount(one.total_cents)}</td></tr>`,
      )}</tbody></table></div>`
    : html`<p class="sheet pad mild">Nothing recurs yet. What you bill every month, quarter or year, Ledger makes a draft of on its day.</p>`
}
${more && last && html`<p class="mild"><a href="/recurring?after=${last.next_on}~${last.id}">Next page</a></p>`}`;
  res.send(await page(req, { title: "Recurring invoices", section: "Recurring", body }));
});

recurringPages.get("/recurring/new", async (req, res) => {
  const clientId = typeof req.query.client === "string" ? req.query.client : "";
  const blank = { clientId, every: "month", nextOn: today(), note: "", lines: [] };
  res.send(await newPage(req, blank));
});

recurringPages.post("/recurring", async (req, res) => {
  const typed = recurringIn(req);
  const form = parseRecurring(typed);
  if ("problems" in form)
    return void res.status(422).send(await newPage(req, typed, form.problems));
  const id = await makeRecurring(req, viewerOf(req), form);
  if (id === null)
    return void res.status(422).send(await newPage(req, typed, ["Choose a client of yours."]));
  res.redirect(303, `/recurring/${id}?done=made`);
});

recurringPages.get("/recurring/:id", async (req, res) => {
  const one = await findRecurring(pool, viewerOf(req).accountId, req.params.id);
  if (!one) return notFound(req, res);
  res.send(await onePage(req, one));
});

recurringPages.post("/recurring/:id", async (req, res) => {
  const viewer = viewerOf(req);
  const one = await findRecurring(pool, viewer.accountId, req.params.id);
  if (!one) return notFound(req, res);
  const typed = recurringIn(req);
  const form = parseRecurring(typed, one.next_on);
  if ("problems" in form)
    return void res.status(422).send(await onePage(req, one, typed, form.problems));
  const saved = await saveRecurring(req, viewer, one.id, Number(field(req, "version")), form);
  if (saved.kind === "gone") return notFound(req, res);
  if (saved.kind === "overtaken") {
    const problem =
      "Somebody saved this after you opened it: see the history below. Your text is kept here; save again to put it in the place of theirs.";
    return void res.status(409).send(await onePage(req, saved.now, typed, [problem]));
  }
  res.redirect(303, `/recurring/${one.id}?done=saved`);
});

for (const [verb, paused] of [
  ["pause", true],
  ["resume", false],
] as const)
  recurringPages.post(`/recurring/:id/${verb}`, async (req, res) => {
    const one = await findRecurring(pool, viewerOf(req).accountId, String(req.params.id));
    if (!one) return notFound(req, res);
    await pauseRecurring(req, viewerOf(req), one.id, paused, today());
    res.redirect(303, `/recurring/${one.id}?done=${verb}`);
  });

recurringPages.post("/recurring/:id/next", async (req, res) => {
  const number = await makeNextNow(req, viewerOf(req), req.params.id, today());
  if (number === null) return notFound(req, res);
  res.redirect(303, `/invoices/${invoiceName(number)}?done=made`);
});

async function newPage(req: Request, typed: TypedRecurring, problems: readonly string[] = []) {
  const more = { action: "/recurring", discard: "/recurring", problems };
  const body = html`<h1>New recurring invoice</h1>${await recurringForm(req, typed, more)}`;
  return page(req, { title: "New recurring invoice", section: "Recurring", body });
}

const doneTexts: Record<string, string> = {
  made: "From now on Ledger makes a draft on each of its days.",
  saved: "The recurring invoice was saved.",
  pause: "It is paused. What falls into the pause is not made up for.",
  resume: "It goes on.",
};

async function onePage(
  req: Request,
  one: Recurring,
  typed?: TypedRecurring,
  problems: readonly string[] = [],
) {
  const shown = typed ?? {
    clientId: one.client_id,
    every: one.every,
    nextOn: one.next_on,
    note: one.note,
    lines: typedLines(one.lines),
  };
  const address = `/recurring/${one.id}`;
  const done = doneTexts[String(req.query.done)];
  const body = html`<div class="row between"><div><p class="mild">Recurring invoice to</p><h1><a class="plain" href="/clients/${one.client_id}">${one.client}</a></h1></div><p class="mild">${stateOf(one)}<span class="mild">${one.paused ? "" : `, next on ${day(one.next_on)}`}</span></p></div>
${done && html`<p class="done" role="status">${done}</p>`}
${await recurringForm(req, shown, { action: address, discard: address, version: one.version, problems })}
<div class="row"><strong>€ ${amount(one.total_cents)}</strong><span class="mild">with VAT, ${everyText[one.every].toLowerCase()}</span></div>
<div class="row">${
    !one.paused && button(req, `${address}/next`, "Make the next one now")
  }${button(req, `${address}/${one.paused ? "resume" : "pause"}`, one.paused ? "Resume" : "Pause")}</div>
<section><h2>Made from it</h2>${await madeFrom(one)}</section>
<section><h2>History</h2>${await historyList(one.account_id, `recurring ${one.id}`)}</section>`;
  return page(req, { title: `Recurring: ${one.client}`, section: "Recurring", body });
}

async function madeFrom(one: Recurring): Promise<Markup> {
  const { rows } = await pool.query<Invoice>(
    `SELECT i.number, i.client_id, c.name AS client, i.status, i.issued_on, i.due_on,
       i.total_cents::float8 AS total_cents
     FROM invoices i JOIN clients c ON c.id = i.client_id
     WHERE i.recurring_id = $1 ORDER BY i.number DESC LIMIT 10`,
    [one.id],
  );
  return rows.length > 0 ? invoiceTable(rows) : html`<p class="mild">No invoice yet.</p>`;
}

function button(req: Request, action: string, label: string): Markup {
  return html`<form method="post" action="${action}">${owner(req)}<button class="btn plain">${label}</button></form>`;
}

function stateOf({ paused }: Recurring): Markup {
  return paused
    ? html`<span class="tag">Paused</span>`
    : html`<span class="tag paid">Running</span>`;
}
