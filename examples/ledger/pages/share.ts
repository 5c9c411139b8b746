import { type Request, Router } from "express";
import { pool } from "../database.ts";
import { door } from "../door.ts";
import { env } from "../env.ts";
import { ownLinksOnly } from "../forms.ts";
import { html, type Markup } from "../html.ts";
import { findLines, type Invoice, invoiceName, invoiceNumber } from "../invoices.ts";
import { owner, page } from "../layout.ts";
import { amount, totalCents } from "../money.ts";
import { findShared, listLinks, shareInvoice, stopLink } from "../share.ts";
import { viewerOf } from "../signed-in.ts";
import { day, moment } from "../time.ts";
import { lineTable } from "./invoice-lines.ts";
import { notFound } from "./not-found.ts";

export const sharePages = Router();

// A GET that changes: it makes a link which outlives every session, so it is declared as handing out.
sharePages.get(
  "/invoices/:number/share",
  door.exports({ kinds: ["invoice", "client"] }),
  ownLinksOnly,
  async (req, res) => {
    const number = invoiceNumber(String(req.params.number));
    const token = number === null ? null : await shareInvoice(req, viewerOf(req), number);
    if (number === null || token === null) return notFound(req, res);
    const name = invoiceName(number);
    const body = html`<div><p class="mild"><a href="/invoices/${name}">${name}</a></p><h1>A link to the invoice</h1></div>
<div class="sheet pad secret"><p>Whoever has it sees this invoice for 30 days, without signing in. Ledger cannot show it again.</p><pre tabindex="0" aria-label="The link">${env.url}/shared/${token}</pre></div>
<div class="row"><a class="btn" href="/invoices/${name}">Back to the invoice</a></div>`;
    res.send(await page(req, { title: `Link to ${name}`, section: "Invoices", body }));
  },
);

sharePages.post("/invoices/:number/links/:id/stop", async (req, res) => {
  const number = invoiceNumber(req.params.number);
  if (number === null || !(await stopLink(req, viewerOf(req), number, req.params.id)))
    return notFound(req, res);
  res.redirect(303, `/invoices/${invoiceName(number)}?done=stopped`);
});

/** The links that are open, on the page of their invoice. */
export async function linksOf(req: Request, invoice: Invoice): Promise<Markup> {
  const name = invoiceName(invoice.number);
  const links = await listLinks(viewerOf(req).accountId, invoice.number);
  return html`<section><h2>Links</h2>${
    links.length > 0
      ? html`<ul class="links">${links.map(
          (link) =>
            html`<li class="row"><span>Made by ${link.created_by} ${moment(link.created_at)}, open until ${moment(link.expires_at)}</span><form method="post" action="/invoices/${name}/links/${link.id}/stop">${owner(req)}<button class="link">Stop it</button></form></li>`,
        )}</ul>`
      : html`<p class="mild">Nobody has a link to this invoice.</p>`
  }<p><a href="/invoices/${name}/share">Make a link for the client</a></p></section>`;
}

/** Seen by whoever has the link, without a sign-in. */
export const sharedPages = Router();

sharedPages.get("/shared/:token", async (req, res) => {
  const shared = await findShared(req.params.token);
  if (!shared) return notFound(req, res);
  const { invoice, accountName } = shared;
  const lines = await findLines(pool, shared.accountId, invoice.number);
  const name = invoiceName(invoice.number);
  const body = html`<div class="row between"><div><p class="mild">${accountName} to ${invoice.client}</p><h1>${name}</h1></div><p class="mild">${day(invoice.issued_on)}, due ${day(invoice.due_on)}</p></div>
${lineTable(lines)}
<div class="row"><strong>€ ${amount(totalCents(lines))}</strong><span class="mild">with VAT${invoice.status === "paid" ? ", paid" : ""}</span></div>
${invoice.note && html`<p>${invoice.note}</p>`}`;
  res.set("X-Robots-Tag", "noindex");
  res.send(await page(req, { title: name, body }));
});
