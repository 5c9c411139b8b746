import { Router } from "express";
import { html, type Markup } from "../html.ts";
import {
  type Invoice,
  invoiceName,
  invoiceNumber,
  listInvoices,
  type State,
  sums,
} from "../invoices.ts";
import { page } from "../layout.ts";
import { amount } from "../money.ts";
import { viewerOf } from "../signed-in.ts";
import { day, isDay, today } from "../time.ts";

export const invoiceList = Router();

const states: readonly [State, string][] = [
  ["all", "All"],
  ["draft", "Drafts"],
  ["open", "Open"],
  ["overdue", "Overdue"],
  ["paid", "Paid"],
];

invoiceList.get("/invoices", async (req, res) => {
  const { accountId } = viewerOf(req);
  const state = states.find(([name]) => name === req.query.state)?.[0] ?? "all";
  const before = cursorOf(req.query.before);
  const [{ invoices, more }, sum] = await Promise.all([
    listInvoices(accountId, state, before),
    sums(accountId, state),
  ]);
  const last = invoices.at(-1);
  const filter = state === "all" ? "" : `state=${state}&`;
  res.send(
    await page(req, {
      title: "Invoices",
      section: "Invoices",
      body: html`
<div class="row between"><h1>Invoices</h1><a class="btn" href="/invoices/new">New invoice</a></div>
<div class="sheet sums">
<div><b>€ ${amount(sum.open)}</b><span>open</span></div>
<div><b>€ ${amount(sum.overdue)}</b><span>overdue</span></div>
<div><b>€ ${amount(sum.paid)}</b><span>paid this quarter</span></div>
</div>
<nav class="filter" aria-label="State">${states.map(([name, label]) =>
        name === state
          ? html`<a href="/invoices?state=${name}" aria-current="true">${label}</a>`
          : html`<a href="/invoices?state=${name}">${label}</a>`,
      )}</nav>
${invoices.length > 0 ? invoiceTable(invoices) : html`<p class="sheet pad mild">No invoices here.</p>`}
<p class="mild">${invoices.length} of ${sum.count} invoices.
${before && html`<a href="/invoices?${filter}">Newest</a>`}
${
  more &&
  last &&
  html`<a href="/invoices?${filter}before=${last.issued_on}~${invoiceName(last.number)}">Next page</a>`
}</p>`,
    }),
  );
});

export function invoiceTable(invoices: readonly Invoice[]): Markup {
  return html`<div class="sheet list"><table><caption class="vh">Invoices</caption>
<thead><tr><th scope="col">Number</th><th scope="col">Client</th><th scope="col" class="hide">Date</th><th scope="col">State</th><th scope="col" class="n">Amount, €</th></tr></thead>
<tbody>${invoices.map(
    (invoice) => html`<tr>
<td><a href="/invoices/${invoiceName(invoice.number)}">${invoiceName(invoice.number)}</a></td>
<td class="long">${invoice.client}</td><td class="hide when">${day(invoice.issued_on)}</td>
<td>${stateTag(invoice)}</td><td class="n">${amount(invoice.total_cents)}</td></tr>`,
  )}</tbody></table></div>`;
}

export function stateTag({ status, due_on }: Pick<Invoice, "status" | "due_on">): Markup {
  if (status === "paid") return html`<span class="tag paid">Paid</span>`;
  if (status === "draft") return html`<span class="tag">Draft</span>`;
  if (due_on < today()) return html`<span class="tag late">Overdue</span>`;
  return html`<span class="tag">Sent</span>`;
}

/** `2026-10-31~INV-2207`: the last invoice of the page before. */
function cursorOf(value: unknown) {
  const [issued_on = "", name = ""] = typeof value === "string" ? value.split("~") : [];
  const number = invoiceNumber(name);
  return isDay(issued_on) && number !== null ? { issued_on, number } : null;
}
