import { type Request, Router } from "express";
import { pool } from "../database.ts";
import { field } from "../forms.ts";
import { historyList } from "../history.ts";
import { html } from "../html.ts";
import { findInvoice, findLines, type Invoice, invoiceName, invoiceNumber } from "../invoices.ts";
import { owner, page } from "../layout.ts";
import { amount, totalCents } from "../money.ts";
import { makeInvoice, markPaid, saveInvoice } from "../save-invoice.ts";
import { viewerOf } from "../signed-in.ts";
import { day, moment, today } from "../time.ts";
import { invoiceForm, parseTyped, type Typed, typedFrom, typedIn } from "./invoice-form.ts";
import { lineTable } from "./invoice-lines.ts";
import { stateTag } from "./invoice-list.ts";
import { notFound } from "./not-found.ts";
import { linksOf } from "./share.ts";

export const invoicePages = Router();

invoicePages.get("/invoices/new", async (req, res) => {
  const { accountId } = viewerOf(req);
  const { rows } = await pool.query<{ payment_days: number }>(
    "SELECT payment_days FROM accounts WHERE id = $1",
    [accountId],
  );
  const due = new Date(Date.now() + (rows[0]?.payment_days ?? 30) * 86_400_000);
  const dueOn = due.toISOString().slice(0, 10);
  const clientId = typeof req.query.client === "string" ? req.query.client : "";
  res.send(await newPage(req, { clientId, issuedOn: today(), dueOn, note: "", lines: [] }));
});

invoicePages.post("/invoices", async (req, res) => {
  const typed = typedIn(req);
  const form = parseTyped(typed);
  if ("problems" in form)
    return void res.status(422).send(await newPage(req, typed, form.problems));
  const number = await makeInvoice(req, viewerOf(req), form);
  if (number === null)
    return void res.status(422).send(await newPage(req, typed, ["Choose a client of yours."]));
  res.redirect(303, `/invoices/${invoiceName(number)}?done=made`);
});

invoicePages.get("/invoices/:number", async (req, res) => {
  const invoice = await asked(req);
  if (!invoice) return notFound(req, res);
  res.send(await invoicePage(req, invoice));
});

invoicePages.post("/invoices/:number", async (req, res) => {
  const number = invoiceNumber(req.params.number);
  const invoice = await asked(req);
  if (!invoice || number === null) return notFound(req, res);
  const typed = typedIn(req);
  const form = parseTyped(typed);
  if ("problems" in form)
    return void res.status(422).send(await invoicePage(req, invoice, typed, form.problems));
  const saved = await saveInvoice(req, viewerOf(req), number, Number(field(req, "version")), form);
  if (saved.kind === "gone") return notFound(req, res);
  if (saved.kind === "overtaken") {
    const problem =
      "Somebody saved this invoice after you opened it: see the history below. Your text is kept here; save again to put it in the place of theirs.";
    return void res.status(409).send(await invoicePage(req, saved.now, typed, [problem]));
  }
  res.redirect(303, `/invoices/${invoiceName(number)}?done=saved`);
});

invoicePages.post("/invoices/:number/paid", async (req, res) => {
  const number = invoiceNumber(req.params.number);
  if (number === null || !(await markPaid(req, viewerOf(req), number))) return notFound(req, res);
  res.redirect(303, `/invoices/${invoiceName(number)}?done=paid`);
});

async function asked(req: Request): Promise<Invoice | null> {
  const number = invoiceNumber(String(req.params.number));
  return number === null ? null : findInvoice(pool, viewerOf(req).accountId, number);
}

async function newPage(req: Request, typed: Typed, problems: readonly string[] = []) {
  const more = { action: "/invoices", discard: "/invoices", problems };
  const form = await invoiceForm(req, viewerOf(req).accountId, typed, more);
  const body = html`<h1>New invoice</h1>${form}`;
  return page(req, { title: "New invoice", section: "Invoices", body });
}

const doneTexts: Record<string, string> = {
  made: "The invoice was made. It is a draft until you send it.",
  saved: "The invoice was saved.",
  paid: "The invoice is paid.",
  stopped: "The link opens nothing any more.",
};

async function invoicePage(
  req: Request,
  invoice: Invoice,
  typed?: Typed,
  problems: readonly string[] = [],
) {
  const { accountId } = viewerOf(req);
  const name = invoiceName(invoice.number);
  const lines = await findLines(pool, accountId, invoice.number);
  const done = doneTexts[String(req.query.done)];
  const shown =
    typed ??
    typedFrom({
      clientId: invoice.client_id,
      issuedOn: invoice.issued_on,
      dueOn: invoice.due_on,
      note: invoice.note,
      lines,
    });
  const body = html`
<div class="row between"><div><p class="mild">Invoice to <a href="/clients/${invoice.client_id}">${invoice.client}</a></p><h1>${name}</h1></div>
<p class="mild">${stateTag(invoice)}<span class="mild">, last changed ${moment(invoice.changed_at)}</span></p></div>
${done && html`<p class="done" role="status">${done}</p>`}
${
  invoice.status === "paid"
    ? html`${lineTable(lines)}${invoice.note && html`<p>${invoice.note}</p>`}`
    : await invoiceForm(req, accountId, shown, {
        action: `/invoices/${name}`,
        version: invoice.version,
        problems,
        discard: `/invoices/${name}`,
      })
}
<div class="row"><strong>€ ${amount(totalCents(lines))}</strong><span class="mild">with VAT, due ${day(invoice.due_on)}</span></div>
${invoice.status !== "paid" && nextSteps(req, invoice)}
${await linksOf(req, invoice)}
<section><h2>History</h2>${await historyList(accountId, `invoice ${invoice.number}`)}</section>`;
  return page(req, { title: name, section: "Invoices", body });
}

function nextSteps(req: Request, invoice: Invoice) {
  const name = invoiceName(invoice.number);
  const again = invoice.status === "sent" ? "Send again…" : "Send to the client…";
  return html`<div class="row">
<a class="btn plain" href="/clients/${invoice.client_id}/message?invoice=${name}">${again}</a>
${
  invoice.status === "sent" &&
  html`<form method="post" action="/invoices/${name}/paid">${owner(req)}<button class="btn plain">Mark as paid</button></form>`
}</div>`;
}
