import { type Request, Router } from "express";
import { pool, transaction } from "../database.ts";
import { field } from "../forms.ts";
import { type Change, historyList, writeHistory } from "../history.ts";
import { html, trusted } from "../html.ts";
import { owner, page } from "../layout.ts";
import { mayConfigure, notYours } from "../rights.ts";
import { viewerOf } from "../signed-in.ts";

export const settingsPages = Router();

type Settings = {
  address: string;
  vat_id: string;
  default_vat: number;
  payment_days: number;
  footer: string;
  version: number;
};

const rates = [21, 19, 9, 0];

settingsPages.get("/settings", async (req, res) => {
  res.send(await settingsPage(req, await readSettings(viewerOf(req).accountId)));
});

settingsPages.post("/settings", async (req, res) => {
  const viewer = viewerOf(req);
  if (!mayConfigure(viewer)) return notYours(req, res);
  const typed: Settings = {
    address: field(req, "address"),
    vat_id: field(req, "vat_id"),
    default_vat: Number(field(req, "default_vat")),
    payment_days: Number(field(req, "payment_days")),
    footer: field(req, "footer"),
    version: Number(field(req, "version")),
  };
  const problem = problemOf(typed);
  if (problem) return void res.status(422).send(await settingsPage(req, typed, problem));
  const overtaken = await transaction(async (client) => {
    const { rows } = await client.query<Settings>(
      `SELECT ${columns} FROM accounts WHERE id = $1 FOR UPDATE`,
      [viewer.accountId],
    );
    const before = rows[0];
    if (!before || before.version !== typed.version) return before?.version ?? 0;
    const changes = differences(before, typed);
    if (changes.length === 0) return null;
    await client.query(
      `UPDATE accounts SET address = $2, vat_id = $3, default_vat = $4, payment_days = $5, footer = $6,
         version = version + 1 WHERE id = $1`,
      [
        viewer.accountId,
        typed.address,
        typed.vat_id,
        typed.default_vat,
        typed.payment_days,
        typed.footer,
      ],
    );
    await writeHistory(client, req, viewer, {
      about: "settings",
      resource: "settings",
      what: "changed the settings",
      changes,
    });
    return null;
  });
  if (overtaken !== null) {
    const words =
      "Somebody saved the settings after you opened them: see the history below. Save again to put yours in their place.";
    const page = await settingsPage(req, { ...typed, version: overtaken }, words);
    return void res.status(409).send(page);
  }
  res.redirect(303, "/settings?done=saved");
});

const columns = "address, vat_id, default_vat, payment_days, footer, version";

async function readSettings(accountId: string): Promise<Settings> {
  const { rows } = await pool.query<Settings>(`SELECT ${columns} FROM accounts WHERE id = $1`, [
    accountId,
  ]);
  const settings = rows[0];
  if (!settings) throw new Error("a viewer has an account");
  return settings;
}

function problemOf(typed: Settings): string | null {
  if (!rates.includes(typed.default_vat)) return "Choose a VAT rate.";
  if (!Number.isInteger(typed.payment_days) || typed.payment_days < 0 || typed.payment_days > 120)
    return "Write the days to pay as a number from 0 to 120.";
  if (typed.address.length > 500 || typed.footer.length > 500 || typed.vat_id.length > 40)
    return "Write at most 500 characters, and 40 for the VAT number.";
  return null;
}

function differences(before: Settings, after: Settings): Change[] {
  const pairs: [string, string, string][] = [
    ["Company address", before.address, after.address],
    ["VAT number", before.vat_id, after.vat_id],
    ["Usual VAT rate", `${before.default_vat} %`, `${after.default_vat} %`],
    ["Days to pay", String(before.payment_days), String(after.payment_days)],
    ["Last line of invoices", before.footer, after.footer],
  ];
  return pairs
    .filter(([, was, is]) => was !== is)
    .map(([name, was, is]) => ({ field: name, before: was, after: is }));
}

async function settingsPage(req: Request, settings: Settings, problem?: string) {
  const viewer = viewerOf(req);
  const may = mayConfigure(viewer);
  const locked = !may && trusted(" readonly");
  const body = html`<h1>Settings</h1>
${req.query.done === "saved" && html`<p class="done" role="status">The settings were saved.</p>`}
<form class="sheet pad form" method="post" action="/settings">${owner(req)}
<input type="hidden" name="version" value="${settings.version}">
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
<label>Company address<textarea name="address" rows="2" maxlength="500"${locked}>${settings.address}</textarea></label>
<div class="grid">
<label>VAT number<input name="vat_id" value="${settings.vat_id}" maxlength="40"${locked}></label>
<label>Usual VAT rate<select name="default_vat"${!may && trusted(" disabled")}>${rates.map(
    (rate) =>
      html`<option value="${rate}"${rate === settings.default_vat && trusted(" selected")}>${rate} %</option>`,
  )}</select></label>
<label>Days to pay<input name="payment_days" value="${settings.payment_days}" inputmode="numeric"${locked}></label>
</div>
<label>Last line of invoices<input name="footer" value="${settings.footer}" maxlength="500"${locked}></label>
${
  may
    ? html`<div class="row"><button class="btn">Save settings</button></div>`
    : html`<p class="mild">Only the owner and admins of ${viewer.accountName} change these.</p>`
}
</form>
<section><h2>Your company</h2><ul class="links"><li><a href="/settings/team">Team and invites</a></li><li><a href="/settings/keys">API keys</a></li><li><a href="/settings/support-access">Support’s access to your company</a></li></ul></section>
<section><h2>Yourself</h2><ul class="links"><li><a href="/settings/password">Change your password</a></li><li><a href="/settings/email">Change your e-mail address</a></li><li><a href="/settings/two-factor">Second factor</a></li></ul></section>
<section><h2>History</h2>${await historyList(viewer.accountId, "settings")}</section>`;
  return page(req, { title: "Settings", section: "Settings", body });
}
