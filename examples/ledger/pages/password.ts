import { hash } from "@node-rs/argon2";
import { type Request, Router } from "express";
import { pool } from "../database.ts";
import { door } from "../door.ts";
import { asTyped } from "../forms.ts";
import { html } from "../html.ts";
import { owner, page } from "../layout.ts";
import { checkPassword } from "../passwords.ts";
import { viewerOf } from "../signed-in.ts";
import { tooMany } from "../tries.ts";
import { endOtherSignIns } from "../viewer.ts";

export const passwordPages = Router();

passwordPages.use("/settings/password", door.deny("change a password"));

passwordPages.get("/settings/password", async (req, res) => {
  res.send(await passwordPage(req));
});

passwordPages.post("/settings/password", async (req, res) => {
  const { userId } = viewerOf(req);
  const wanted = asTyped(req, "new");
  const checked = await checkPassword(userId, asTyped(req, "current"));
  if (checked !== true)
    return void res
      .status(422)
      .send(await passwordPage(req, checked === "over" ? tooMany : "That is not your password."));
  if (wanted.length < 10 || wanted.length > 200)
    return void res.status(422).send(await passwordPage(req, "Write at least 10 characters."));
  await pool.query("UPDATE users SET password_hash = $2 WHERE id = $1", [
    userId,
    await hash(wanted),
  ]);
  await endOtherSignIns(req, userId);
  res.redirect(303, "/settings/password?done=changed");
});

async function passwordPage(req: Request, problem?: string): Promise<string> {
  const body = html`<h1>Change your password</h1>
${req.query.done === "changed" && html`<p class="done" role="status">Your password was changed. Other browsers are signed out.</p>`}
<form class="sheet pad form narrow" method="post" action="/settings/password">${owner(req)}
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
<label>Current password<input type="password" name="current" autocomplete="current-password" required></label>
<label>New password<input type="password" name="new" autocomplete="new-password" minlength="10" required></label>
<div class="row"><button class="btn">Change password</button></div></form>`;
  return page(req, { title: "Change your password", section: "Settings", body });
}
