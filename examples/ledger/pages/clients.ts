import { randomBytes } from "node:crypto";
import { type Request, Router } from "express";
import { pool, transaction } from "../database.ts";
import { field } from "../forms.ts";
import { historyList, writeHistory } from "../history.ts";
import { html } from "../html.ts";
import { type Invoice, invoiceName, invoiceNumber } from "../invoices.ts";
import { owner, page } from "../layout.ts";
import { amount } from "../money.ts";
import { sendMessage } from "../send-message.ts";
import { viewerOf } from "../signed-in.ts";
import { moment } from "../time.ts";
import { invoiceTable } from "./invoice-list.ts";
import { notFound } from "./not-found.ts";

export const clientPages = Router();

type Client = { id: string; name: string; email: string; city: string };

clientPages.get("/clients", async (req, res) => {
  res.send(await listPage(req));
});

clientPages.post("/clients", async (req, res) => {
  const viewer = viewerOf(req);
  const [name, email, city] = [field(req, "name"), field(req, "email"), field(req, "city")];
  if (name === "" || name.length > 120 || !/^[^\s@]+@[^\s@]+$/.test(email))
    return void res
      .status(422)
      .send(await listPage(req, "Write the client’s name and an e-mail address."));
  const id = `cli_${randomBytes(4).toString("hex").toUpperCase()}`;
  await transaction(async (client) => {
    await client.query(
      "INSERT INTO clients (id, account_id, name, email, city) VALUES ($1, $2, $3, $4, $5)",
      [id, viewer.accountId, name, email, city.slice(0, 120)],
    );
    await writeHistory(client, req, viewer, {
      about: `client ${id}`,
      resource: name,
      what: "added the client",
      changes: [{ field: "E-mail", after: email }],
    });
  });
  res.redirect(303, `/clients/${id}`);
});

clientPages.get("/clients/:id", async (req, res) => {
  const { accountId } = viewerOf(req);
  const client = await findClient(accountId, req.params.id);
  if (!client) return notFound(req, res);
  const { rows: invoices } = await pool.query<Invoice>(
    `SELECT i.number, i.client_id, c.name AS client, i.status, i.issued_on, i.due_on,
       i.total_cents::float8 AS total_cents
     FROM invoices i JOIN clients c ON c.id = i.client_id
     WHERE i.account_id = $1 AND i.client_id = $2 ORDER BY i.issued_on DESC, i.number DESC LIMIT 10`,
    [accountId, client.id],
  );
  const { rows: messages } = await pool.query<{
    subject: string;
    body: string;
    author: string;
    sent_at: Date;
  }>(
    `SELECT subject, body, author, sent_at FROM messages
     WHERE account_id = $1 AND client_id = $2 ORDER BY sent_at DESC LIMIT 20`,
    [accountId, client.id],
  );
  const sent = req.query.done === "sent" && "The message is on its way.";
  const body = html`
<div class="row between"><div><p class="mild">${client.city}</p><h1>${client.name}</h1></div>
<a class="btn" href="/clients/${client.id}/message">Send a message</a></div>
${sent && html`<p class="done" role="status">${sent}</p>`}
<dl><dt>E-mail</dt><dd>${client.email}</dd></dl>
<section><h2>Last invoices</h2>${
    invoices.length > 0 ? invoiceTable(invoices) : html`<p class="mild">None yet.</p>`
  }<p><a href="/invoices/new?client=${client.id}">New invoice for ${client.name}</a></p></section>
<section><h2>Messages</h2>${
    messages.length > 0
      ? html`<ol class="history">${messages.map(
          (message) =>
            html`<li><p><strong>${message.author}</strong> wrote “${message.subject}” ${moment(message.sent_at)}</p><p class="said">${message.body}</p></li>`,
        )}</ol>`
      : html`<p class="mild">Nobody has written to this client yet.</p>`
  }</section>
<section><h2>History</h2>${await historyList(accountId, `client ${client.id}`)}</section>`;
  res.send(await page(req, { title: client.name, section: "Clients", body }));
});

clientPages.get("/clients/:id/message", async (req, res) => {
  const client = await findClient(viewerOf(req).accountId, req.params.id);
  if (!client) return notFound(req, res);
  const number = invoiceNumber(String(req.query.invoice));
  const subject = number === null ? "" : `Invoice ${invoiceName(number)}`;
  res.send(await messagePage(req, client, { subject, body: "", invoice: number }));
});

clientPages.post("/clients/:id/messages", async (req, res) => {
  const client = await findClient(viewerOf(req).accountId, req.params.id);
  if (!client) return notFound(req, res);
  const typed = {
    subject: field(req, "subject"),
    body: field(req, "body"),
    invoice: invoiceNumber(field(req, "invoice")),
  };
  if (typed.subject === "" || typed.body === "" || typed.body.length > 4000)
    return void res
      .status(422)
      .send(await messagePage(req, client, typed, "Write a subject and a message."));
  await sendMessage(req, viewerOf(req), client, typed);
  res.redirect(303, `/clients/${client.id}?done=sent`);
});

async function findClient(accountId: string, id: string): Promise<Client | null> {
  // No database takes NUL.
  if (id.includes("\0")) return null;
  const { rows } = await pool.query<Client>(
    "SELECT id, name, email, city FROM clients WHERE account_id = $1 AND id = $2",
    [accountId, id],
  );
  return rows[0] ?? null;
}

async function listPage(req: Request, problem?: string): Promise<string> {
  const { rows } = await pool.query<Client & { invoices: number; open: number }>(
    `SELECT c.id, c.name, c.email, c.city, count(i.*)::integer AS invoices,
       coalesce(sum(i.total_cents) FILTER (WHERE i.status = 'sent'), 0)::float8 AS open
     FROM clients c LEFT JOIN invoices i ON i.client_id = c.id
     WHERE c.account_id = $1 GROUP BY c.id`,
    [viewerOf(req).accountId],
  );
  rows.sort((one, other) => one.name.localeCompare(other.name));
  const body = html`<h1>Clients</h1>
<div class="sheet list"><table><caption class="vh">Clients</caption>
<thead><tr><th scope="col">Client</th><th scope="col" class="hide">E-mail</th><th scope="col" class="n spare">Invoices</th><th scope="col" class="n">To pay, €</th></tr></thead>
<tbody>${rows.map(
    (client) =>
      html`<tr><td><a href="/clients/${client.id}">${client.name}</a></td><td class="hide">${client.email}</td><td class="n spare">${client.invoices}</td><td class="n">${amount(client.open)}</td></tr>`,
  )}</tbody></table></div>
<section><h2>Add a client</h2><form class="sheet pad form" method="post" action="/clients">${owner(req)}
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
<div class="grid"><label>Name<input name="name" value="${field(req, "name")}" required maxlength="120"></label>
<label>E-mail<input type="email" name="email" value="${field(req, "email")}" required maxlength="200"></label>
<label>City<input name="city" value="${field(req, "city")}" maxlength="120"></label></div>
<div class="row"><button class="btn">Add client</button></div></form></section>`;
  return page(req, { title: "Clients", section: "Clients", body });
}

type TypedMessage = { subject: string; body: string; invoice: number | null };

async function messagePage(req: Request, client: Client, typed: TypedMessage, problem?: string) {
  const name = typed.invoice === null ? "" : invoiceName(typed.invoice);
  const body = html`<div><p class="mild">Message to <a href="/clients/${client.id}">${client.name}</a></p><h1>Write a message</h1></div>
<form class="sheet pad form" method="post" action="/clients/${client.id}/messages">${owner(req)}
<input type="hidden" name="invoice" value="${name}">
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
<p class="mild">It goes to ${client.email}${name && ` with ${name} attached; a draft is sent with that`}.</p>
<label>Subject<input name="subject" value="${typed.subject}" required maxlength="200"></label>
<label>Message<textarea name="body" rows="6" required maxlength="4000">${typed.body}</textarea></label>
<div class="row"><button class="btn">Send message</button><a class="btn plain" href="/clients/${client.id}">Discard</a></div></form>`;
  return page(req, { title: "Write a message", section: "Clients", body });
}
