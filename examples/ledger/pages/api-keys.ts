import { type Request, Router } from "express";
import { createKey, listKeys, mostKeys, revokeKey } from "../api-keys.ts";
import { door } from "../door.ts";
import { env } from "../env.ts";
import { field } from "../forms.ts";
import { historyList } from "../history.ts";
import { html } from "../html.ts";
import { owner, page } from "../layout.ts";
import { mayConfigure, notYours } from "../rights.ts";
import { viewerOf } from "../signed-in.ts";
import { moment } from "../time.ts";
import { notFound } from "./not-found.ts";

export const apiKeyPages = Router();

apiKeyPages.get("/settings/keys", async (req, res) => {
  res.send(await keysPage(req));
});

apiKeyPages.post("/settings/keys/new", door.deny("make an API key"), async (req, res) => {
  const viewer = viewerOf(req);
  if (!mayConfigure(viewer)) return notYours(req, res);
  const name = field(req, "name");
  if (name === "" || name.length > 80)
    return void res.status(422).send(await keysPage(req, { problem: "Write what it is for." }));
  const key = await createKey(req, viewer, name);
  if (key === null) {
    const problem = `${mostKeys} keys are in force. Revoke one that nobody uses any more.`;
    return void res.status(422).send(await keysPage(req, { problem }));
  }
  // No redirect: the key is in this answer only.
  res.send(await keysPage(req, { key }));
});

apiKeyPages.post("/settings/keys/:id/revoke", door.deny("revoke an API key"), async (req, res) => {
  const viewer = viewerOf(req);
  if (!mayConfigure(viewer)) return notYours(req, res);
  if (!(await revokeKey(req, viewer, String(req.params.id)))) return notFound(req, res);
  res.redirect(303, "/settings/keys?done=revoked");
});

async function keysPage(req: Request, { key, problem }: { key?: string; problem?: string } = {}) {
  const viewer = viewerOf(req);
  const may = mayConfigure(viewer);
  const keys = await listKeys(viewer.accountId);
  const body = html`<h1>API keys</h1>
<p class="mild">A key reads the invoices of ${viewer.accountName} for another program: <code>GET ${env.url}/api/invoices</code></p>
${req.query.done === "revoked" && html`<p class="done" role="status">The key was revoked. It opens nothing any more.</p>`}
${
  key &&
  html`<div class="sheet pad secret" role="status"><h2>Your new key</h2><p>Copy it now: Ledger keeps only its last four characters and cannot show it again.</p><pre tabindex="0" aria-label="The key">${key}</pre><p class="mild">Send it as <code>Authorization: Bearer …</code></p></div>`
}
${
  keys.length > 0
    ? html`<div class="sheet list"><table><caption class="vh">API keys</caption><thead><tr><th scope="col">For</th><th scope="col">Ends in</th><th scope="col" class="hide">Made</th><th scope="col" class="hide">Last used</th>${may && html`<th scope="col" class="n"><span class="vh">Revoke</span></th>`}</tr></thead>
<tbody>${keys.map(
        (one) => html`<tr><td class="long">${one.name}</td><td><code>…${one.last4}</code></td>
<td class="hide">${moment(one.created_at)}, ${one.created_by}</td><td class="hide">${one.last_used_at ? moment(one.last_used_at) : "Never"}</td>
${may && html`<td class="n"><form method="post" action="/settings/keys/${one.id}/revoke">${owner(req)}<button class="link" aria-label="Revoke ${one.name}">Revoke</button></form></td>`}</tr>`,
      )}</tbody></table></div>`
    : html`<p class="sheet pad mild">No key is in force. Nothing but a browser can read your invoices.</p>`
}
${
  may
    ? html`<section><h2>New key</h2><form class="sheet pad form narrow" method="post" action="/settings/keys/new">${owner(req)}
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
<label>What is it for?<input name="name" value="${key ? "" : field(req, "name")}" required maxlength="80" placeholder="Bookkeeping at the year’s end"></label>
<div class="row"><button class="btn">Make key</button></div></form></section>`
    : html`<p class="mild">Only the owner and admins of ${viewer.accountName} make and revoke keys.</p>`
}
<section><h2>History</h2>${await historyList(viewer.accountId, "API keys")}</section>`;
  return page(req, { title: "API keys", section: "Settings", body });
}
