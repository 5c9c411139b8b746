import { type Request, Router } from "express";
import { archiveClient, type Client, findClient, saveClient } from "../clients.ts";
import { pool } from "../database.ts";
import { field } from "../forms.ts";
import { historyList } from "../history.ts";
import { html } from "../html.ts";
import { type Invoice, invoiceName, invoiceNumber } from "../invoices.ts";
import { owner, page } from "../layout.ts";
import { sendMessage } from "../send-message.ts";
import { viewerOf } from "../signed-in.ts";
import { moment } from "../time.ts";
import { clientFields, clientFormIn, clientProblem } from "./client-list.ts";
import { invoiceTable } from "./invoice-list.ts";
import { notFound } from "./not-found.ts";

export const clientPages = Router();

clientPages.get("/clients/:id", async (req, res) => {
  const { accountId } = viewerOf(req);
  const client = await findClient(pool, accountId, req.params.id);
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
  const done = doneTexts[String(req.query.done)];
  const body = html`
<div class="row between"><div><p class="mild">${client.city}</p><h1>${client.name}</h1></div>
<div class="row"><a class="btn" href="/clients/${client.id}/message">Send a message</a><a class="btn plain" href="/clients/${client.id}/change">Change</a>${archiveForm(req, client)}</div></div>
${done && html`<p class="done" role="status">${done}</p>`}
<dl><dt>E-mail</dt><dd>${client.email}</dd>${client.archived && html`<dt>State</dt><dd>Archived: not offered for new invoices</dd>`}</dl>
<section><h2>Last invoices</h2>${
    invoices.length > 0 ? invoiceTable(invoices) : html`<p class="mild">None yet.</p>`
  }${!client.archived && html`<p><a href="/invoices/new?client=${client.id}">New invoice for ${client.name}</a></p>`}</section>
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

clientPages.get("/clients/:id/change", async (req, res) => {
  const client = await findClient(pool, viewerOf(req).accountId, req.params.id);
  if (!client) return notFound(req, res);
  res.send(await changePage(req, client));
});

clientPages.post("/clients/:id", async (req, res) => {
  const viewer = viewerOf(req);
  const client = await findClient(pool, viewer.accountId, req.params.id);
  if (!client) return notFound(req, res);
  const form = clientFormIn(req);
  const version = Number(field(req, "version"));
  const problem = clientProblem(form);
  if (problem)
    return void res
      .status(422)
      .send(await changePage(req, { ...client, ...form, version }, problem));
  const saved = await saveClient(req, viewer, client.id, version, form);
  if (saved.kind === "gone") return notFound(req, res);
  if (saved.kind === "overtaken") {
    const words =
      "Somebody saved this client after you opened it: see its history. Save again to put yours in the place of theirs.";
    const typed = { ...client, ...form, version: saved.version };
    return void res.status(409).send(await changePage(req, typed, words));
  }
  res.redirect(303, `/clients/${client.id}?done=saved`);
});

for (const [verb, archived] of [
  ["archive", true],
  ["restore", false],
] as const)
  clientPages.post(`/clients/:id/${verb}`, async (req, res) => {
    const id = String(req.params.id);
    const viewer = viewerOf(req);
    if (!(await findClient(pool, viewer.accountId, id))) return notFound(req, res);
    await archiveClient(req, viewer, id, archived);
    res.redirect(303, `/clients/${encodeURIComponent(id)}?done=${verb}`);
  });

clientPages.get("/clients/:id/message", async (req, res) => {
  const client = await findClient(pool, viewerOf(req).accountId, req.params.id);
  if (!client) return notFound(req, res);
  const number = invoiceNumber(String(req.query.invoice));
  const subject = number === null ? "" : `Invoice ${invoiceName(number)}`;
  res.send(await messagePage(req, client, { subject, body: "", invoice: number }));
});

clientPages.post("/clients/:id/messages", async (req, res) => {
  const client = await findClient(pool, viewerOf(req).accountId, req.params.id);
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

const doneTexts: Record<string, string> = {
  sent: "The message is on its way.",
  saved: "The client was saved.",
  archive: "The client is archived. The invoices stay.",
  restore: "The client is active again.",
};

function archiveForm(req: Request, { id, archived }: Client) {
  const verb = archived ? "restore" : "archive";
  return html`<form method="post" action="/clients/${id}/${verb}">${owner(req)}<button class="btn plain">${archived ? "Restore" : "Archive"}</button></form>`;
}

async function changePage(req: Request, client: Client, problem?: string) {
  const body = html`<div><p class="mild">Client <a href="/clients/${client.id}">${client.name}</a></p><h1>Change the client</h1></div>
<form class="sheet pad form" method="post" action="/clients/${client.id}">${owner(req)}<input type="hidden" name="version" value="${client.version}">
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
${clientFields(client)}
<div class="row"><button class="btn">Save client</button><a class="btn plain" href="/clients/${client.id}">Discard</a></div></form>`;
  return page(req, { title: "Change the client", section: "Clients", body });
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
