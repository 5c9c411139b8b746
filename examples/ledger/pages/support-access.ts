import { type Request, Router } from "express";
import { pool, transaction } from "../database.ts";
import { pushSoon } from "../directory.ts";
import { door } from "../door.ts";
import { field } from "../forms.ts";
import { historyList, writeHistory } from "../history.ts";
import { html, trusted } from "../html.ts";
import { owner, page } from "../layout.ts";
import { mayConfigure, notYours } from "../rights.ts";
import { viewerOf } from "../signed-in.ts";

export const supportAccessPages = Router();

const choices = [
  ["allowed", "Support may look in when there is a reason", "Every visit is recorded."],
  ["opted_out", "Only with an approval", "A manager of support has to agree to each visit."],
  ["closed", "Never", "Support cannot see what you see, and can help less."],
] as const;

supportAccessPages.use("/settings/support-access", door.deny("decide on support’s access"));

supportAccessPages.get("/settings/support-access", async (req, res) => {
  res.send(await accessPage(req));
});

supportAccessPages.post("/settings/support-access", async (req, res) => {
  const viewer = viewerOf(req);
  if (!mayConfigure(viewer)) return notYours(req, res);
  const choice = choices.find(([value]) => value === field(req, "access"));
  if (!choice) return void res.status(422).send(await accessPage(req));
  await transaction(async (client) => {
    const before = await client.query<{ impersonation: string }>(
      "SELECT impersonation FROM accounts WHERE id = $1 FOR UPDATE",
      [viewer.accountId],
    );
    const was = choices.find(([value]) => value === before.rows[0]?.impersonation);
    if (was === choice) return;
    await client.query("UPDATE accounts SET impersonation = $2 WHERE id = $1", [
      viewer.accountId,
      choice[0],
    ]);
    await writeHistory(client, req, viewer, {
      about: "support access",
      resource: "support access",
      what: "changed support’s access",
      changes: [{ field: "Access", before: was?.[1] ?? "", after: choice[1] }],
    });
  });
  pushSoon(viewer.accountId);
  res.redirect(303, "/settings/support-access?done=saved");
});

async function accessPage(req: Request): Promise<string> {
  const viewer = viewerOf(req);
  const { rows } = await pool.query<{ impersonation: string }>(
    "SELECT impersonation FROM accounts WHERE id = $1",
    [viewer.accountId],
  );
  const may = mayConfigure(viewer);
  const body = html`<h1>Support’s access</h1>
${req.query.done === "saved" && html`<p class="done" role="status">It holds from now on.</p>`}
<form class="sheet pad form" method="post" action="/settings/support-access">${owner(req)}
<fieldset><legend>May Ledger Support see ${viewer.accountName} as one of you sees it?</legend>${choices.map(
    ([value, label, means]) =>
      html`<label class="choice"><input type="radio" name="access" value="${value}"${
        value === rows[0]?.impersonation && trusted(" checked")
      }${!may && trusted(" disabled")}><span>${label}<small>${means}</small></span></label>`,
  )}</fieldset>
${
  may
    ? html`<div class="row"><button class="btn">Save access</button></div>`
    : html`<p class="mild">Only the owner and admins of ${viewer.accountName} decide on this.</p>`
}</form>
<section><h2>History</h2>${await historyList(viewer.accountId, "support access")}</section>`;
  return page(req, { title: "Support’s access", section: "Settings", body });
}
