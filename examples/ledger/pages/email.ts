import { type Request, Router } from "express";
import { pool, transaction } from "../database.ts";
import { pushSoon } from "../directory.ts";
import { door } from "../door.ts";
import { asTyped, field, isEmail } from "../forms.ts";
import { historyList, writeHistory } from "../history.ts";
import { html } from "../html.ts";
import { owner, page } from "../layout.ts";
import { checkPassword } from "../passwords.ts";
import { viewerOf } from "../signed-in.ts";
import { tooMany } from "../tries.ts";
import { endOtherSignIns } from "../viewer.ts";

export const emailPages = Router();

emailPages.use("/settings/email", door.deny("change an e-mail address"));

emailPages.get("/settings/email", async (req, res) => {
  res.send(await emailPage(req));
});

emailPages.post("/settings/email", async (req, res) => {
  const viewer = viewerOf(req);
  const wanted = field(req, "email");
  const refused = async (problem: string) =>
    void res.status(422).send(await emailPage(req, problem));
  if (!isEmail(wanted)) return refused("Write an e-mail address.");
  const checked = await checkPassword(viewer.userId, asTyped(req, "password"));
  if (checked !== true) return refused(checked === "over" ? tooMany : "That is not your password.");
  const isChanged = await transaction(async (client) => {
    await client.query("SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE", [viewer.accountId]);
    const { rows } = await client.query<{ id: string; email: string }>(
      "SELECT id, email FROM users WHERE account_id = $1 AND (id = $2 OR lower(email) = lower($3))",
      [viewer.accountId, viewer.userId, wanted],
    );
    if (rows.length > 1) return false;
    await client.query("UPDATE users SET email = $2 WHERE id = $1", [viewer.userId, wanted]);
    await writeHistory(client, req, viewer, {
      about: `user ${viewer.userId}`,
      resource: "e-mail",
      what: "changed the e-mail address",
      changes: [{ field: "E-mail", before: rows[0]?.email ?? "", after: wanted }],
    });
    return true;
  });
  if (!isChanged) return refused("A colleague of yours has this address.");
  await endOtherSignIns(req, viewer.userId);
  pushSoon(viewer.accountId);
  res.redirect(303, "/settings/email?done=changed");
});

async function emailPage(req: Request, problem?: string): Promise<string> {
  const viewer = viewerOf(req);
  const { rows } = await pool.query<{ email: string }>("SELECT email FROM users WHERE id = $1", [
    viewer.userId,
  ]);
  const body = html`<h1>Change your <span class="whole">e-mail</span> address</h1>
${req.query.done === "changed" && html`<p class="done" role="status">Sign in with ${rows[0]?.email} from now on. Other browsers are signed out.</p>`}
<form class="sheet pad form narrow" method="post" action="/settings/email">${owner(req)}
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
<p class="mild">Now it is ${rows[0]?.email}. Your password confirms the change.</p>
<label>New e-mail address<input type="email" name="email" value="${field(req, "email")}" autocomplete="email" required maxlength="200"></label>
<label>Password<input type="password" name="password" autocomplete="current-password" required></label>
<div class="row"><button class="btn">Change address</button></div></form>
<section><h2>History</h2>${await historyList(viewer.accountId, `user ${viewer.userId}`)}</section>`;
  return page(req, { title: "Change your e-mail address", section: "Settings", body });
}
