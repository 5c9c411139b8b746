import { type Request, Router } from "express";
import { type ClientForm, type ListedClient, listClients } from "../clients.ts";
import { csv } from "../csv.ts";
import { pool, transaction } from "../database.ts";
import { door } from "../door.ts";
import { field, isEmail } from "../forms.ts";
import { writeHistory } from "../history.ts";
import { html, type Markup } from "../html.ts";
import { owner, page } from "../layout.ts";
import { amount } from "../money.ts";
import { newId } from "../secrets.ts";
import { viewerOf } from "../signed-in.ts";

export const clientList = Router();

clientList.get("/clients", async (req, res) => {
  res.send(await listPage(req));
});

clientList.post("/clients", async (req, res) => {
  const viewer = viewerOf(req);
  const form = clientFormIn(req);
  const problem = clientProblem(form);
  if (problem) return void res.status(422).send(await listPage(req, { problem }));
  const id = newId("cli");
  await transaction(async (client) => {
    await client.query(
      "INSERT INTO clients (id, account_id, name, email, city) VALUES ($1, $2, $3, $4, $5)",
      [id, viewer.accountId, form.name, form.email, form.city],
    );
    await writeHistory(client, req, viewer, {
      about: `client ${id}`,
      resource: form.name,
      what: "added the client",
      changes: [{ field: "E-mail", after: form.email }],
    });
  });
  res.redirect(303, `/clients/${id}`);
});

// By POST, so that whom somebody looked for stands in no log and no history of a browser.
clientList.post("/clients/search", async (req, res) => {
  res.send(await listPage(req, { search: field(req, "search").slice(0, 120) }));
});

clientList.get("/clients/export.csv", door.exports({ kinds: ["client"] }), async (req, res) => {
  const { rows } = await pool.query<{ cells: string[] }>(
    `SELECT ARRAY[c.name, c.email, c.city, CASE WHEN c.archived_at IS NULL THEN 'active' ELSE 'archived' END,
         to_char(coalesce(sum(i.total_cents) FILTER (WHERE i.status = 'sent'), 0) / 100.0, 'FM999999990.00')] AS cells
       FROM clients c LEFT JOIN invoices i ON i.client_id = c.id
       WHERE c.account_id = $1 GROUP BY c.id ORDER BY c.sort_key, c.id`,
    [viewerOf(req).accountId],
  );
  req.impersonation?.record({ resource: `all clients (${rows.length})` });
  res.attachment("clients.csv").type("text/csv; charset=utf-8");
  const head = ["Name", "E-mail", "City", "State", "To pay EUR"];
  res.send(csv([head, ...rows.map(({ cells }) => cells)]));
});

export function clientFormIn(req: Request): ClientForm {
  const [name, email, city] = [field(req, "name"), field(req, "email"), field(req, "city")];
  return { name, email, city: city.slice(0, 120) };
}

export function clientProblem({ name, email }: ClientForm): string | null {
  const isWrong = name === "" || name.length > 120 || !isEmail(email);
  return isWrong ? "Write the client’s name and an e-mail address." : null;
}

export function clientFields(form: ClientForm): Markup {
  return html`<div class="grid"><label>Name<input name="name" value="${form.name}" required maxlength="120"></label>
<label>E-mail<input type="email" name="email" value="${form.email}" required maxlength="200"></label>
<label>City<input name="city" value="${form.city}" maxlength="120"></label></div>`;
}

type Shown = { problem?: string; search?: string };

async function listPage(req: Request, { problem, search }: Shown = {}): Promise<string> {
  const { accountId } = viewerOf(req);
  const archived = req.query.state === "archived";
  const after = search === undefined ? cursorOf(req.query.after) : undefined;
  const { clients, more } = await listClients(accountId, archived, {
    ...(after && { after }),
    ...(search && { search }),
  });
  const last = clients.at(-1);
  const state = archived ? "state=archived&" : "";
  const body = html`<div class="row between"><h1>Clients</h1><a class="btn plain" href="/clients/export.csv">Download all clients</a></div>
<div class="row between"><nav class="filter" aria-label="State">${stateLink("Active", "/clients", !archived)}${stateLink("Archived", "/clients?state=archived", archived)}</nav>
<form class="search" method="post" action="/clients/search" role="search">${owner(req)}<label><span class="vh">Search clients</span><input type="search" name="search" value="${search}" placeholder="Name, e-mail or city" maxlength="120"></label><button class="btn plain">Search</button></form></div>
${clients.length > 0 ? clientTable(clients) : html`<p class="sheet pad mild">${nothing(archived, search)}</p>`}
${
  more &&
  (search === undefined
    ? last &&
      html`<p class="mild"><a href="/clients?${state}after=${encodeURIComponent(`${last.sort_key}~${last.id}`)}">Next page</a></p>`
    : html`<p class="mild">There are more. Write more of the name.</p>`)
}
<section><h2>Add a client</h2><form class="sheet pad form" method="post" action="/clients">${owner(req)}
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
${clientFields(clientFormIn(req))}
<div class="row"><button class="btn">Add client</button></div></form></section>`;
  return page(req, { title: "Clients", section: "Clients", body });
}

function nothing(archived: boolean, search?: string): Markup {
  if (search) return html`No client matches “${search}”. <a href="/clients">All clients</a>`;
  return archived
    ? html`Nobody is archived. An archived client keeps its invoices and is offered for no new one.`
    : html`No clients yet. Add the first one below; then you can write them an invoice.`;
}

function clientTable(clients: readonly ListedClient[]): Markup {
  return html`<div class="sheet list"><table><caption class="vh">Clients</caption>
<thead><tr><th scope="col">Client</th><th scope="col" class="hide">E-mail</th><th scope="col" class="n spare">Invoices</th><th scope="col" class="n">To pay, €</th></tr></thead>
<tbody>${clients.map(
    (client) =>
      html`<tr><td class="long"><a href="/clients/${client.id}">${client.name}</a></td><td class="hide">${client.email}</td><td class="n spare">${client.invoices}</td><td class="n">${amount(client.open)}</td></tr>`,
  )}</tbody></table></div>`;
}

function stateLink(label: string, href: string, current: boolean): Markup {
  return current
    ? html`<a href="${href}" aria-current="true">${label}</a>`
    : html`<a href="${href}">${label}</a>`;
}

/** `lowick labs~cli_9F3A01BC`: the last client of the page before. */
function cursorOf(value: unknown) {
  const text = typeof value === "string" ? value.replaceAll("\0", "") : "";
  const cut = text.lastIndexOf("~");
  return cut < 1 ? undefined : { sort_key: text.slice(0, cut), id: text.slice(cut + 1) };
}
