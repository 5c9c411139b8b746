import { hash } from "@node-rs/argon2";
import { type Request, Router } from "express";
import { pool } from "../database.ts";
import { pushSoon } from "../directory.ts";
import { door } from "../door.ts";
import { asTyped, field } from "../forms.ts";
import { html } from "../html.ts";
import { acceptInvite, findInvite, type OpenInvite } from "../invites.ts";
import { owner, page } from "../layout.ts";
import { signIn } from "../viewer.ts";
import { roleText } from "./member.ts";
import { notFound } from "./not-found.ts";

/** The link of an invite. Whoever has it needs no sign-in yet. */
export const joinPages = Router();

joinPages.use("/join", door.deny("accept an invite"));

joinPages.get("/join/:token", async (req, res) => {
  const invite = await findInvite(pool, req.params.token);
  if (!invite) return notFound(req, res);
  res.send(await joinPage(req, invite));
});

joinPages.post("/join/:token", async (req, res) => {
  const { token } = req.params;
  const invite = await findInvite(pool, token);
  if (!invite) return notFound(req, res);
  const name = field(req, "name");
  const password = asTyped(req, "password");
  if (name === "" || name.length > 120 || password.length < 10 || password.length > 200) {
    const problem = "Write your name and a password of at least 10 characters.";
    return void res.status(422).send(await joinPage(req, invite, problem));
  }
  const joined = await acceptInvite(token, { name, passwordHash: await hash(password) });
  if (!joined) return notFound(req, res);
  pushSoon(joined.accountId);
  await signIn(res, joined.userId, false);
  res.redirect(303, "/invoices");
});

async function joinPage(req: Request, invite: OpenInvite, problem?: string): Promise<string> {
  const body = html`<div class="sheet pad notice"><h1>Join ${invite.account}</h1>
<p>You are invited as ${roleText[invite.role]}, with ${invite.email}.</p>
<form class="form" method="post">${owner(req)}
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
<label>Your name<input name="name" value="${field(req, "name")}" autocomplete="name" required maxlength="120"></label>
<label>Password<input type="password" name="password" autocomplete="new-password" minlength="10" required></label>
<div class="row"><button class="btn">Join</button></div></form></div>`;
  return page(req, { title: `Join ${invite.account}`, body });
}
