import { type Request, Router } from "express";
import { pool } from "../database.ts";
import { door } from "../door.ts";
import { asTyped, field, ownLinksOnly } from "../forms.ts";
import { html } from "../html.ts";
import { owner, page } from "../layout.ts";
import { isPasswordOf } from "../passwords.ts";
import { viewerOf } from "../signed-in.ts";
import { otpauth } from "../totp.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  hasSecondFactor,
  pendingSecret,
} from "../two-factor.ts";
import { endOtherSignIns } from "../viewer.ts";

export const twoFactorPages = Router();

const setUp = door.deny("set up a second factor");

twoFactorPages.get("/settings/two-factor", async (req, res) => {
  res.send(await statePage(req));
});

// A GET that creates: each one makes another secret, which is why the table of routes calls it a write.
twoFactorPages.get("/settings/two-factor/new", setUp, ownLinksOnly, async (req, res) => {
  const { userId } = viewerOf(req);
  const secret = await beginSecondFactor(userId);
  if (secret === null) return void res.redirect(303, "/settings/two-factor");
  res.send(await newPage(req, secret));
});

twoFactorPages.post("/settings/two-factor/confirm", setUp, async (req, res) => {
  const viewer = viewerOf(req);
  if (await confirmSecondFactor(req, viewer, field(req, "code"), Date.now())) {
    await endOtherSignIns(req, viewer.userId);
    return void res.redirect(303, "/settings/two-factor?done=on");
  }
  const secret = await pendingSecret(viewer.userId);
  if (secret === null) return void res.redirect(303, "/settings/two-factor");
  res.status(422).send(await newPage(req, secret, "That is not the code of this moment."));
});

twoFactorPages.post(
  "/settings/two-factor/off",
  door.deny("turn a second factor off"),
  async (req, res) => {
    const viewer = viewerOf(req);
    const isTheirs = await isPasswordOf(viewer.userId, asTyped(req, "password"));
    if (isTheirs && (await endSecondFactor(req, viewer, field(req, "code"), Date.now())))
      return void res.redirect(303, "/settings/two-factor?done=off");
    res.status(422).send(await statePage(req, "Password and code do not belong together."));
  },
);

const doneTexts: Record<string, string> = {
  on: "From now on Ledger asks for a code too. Other browsers are signed out.",
  off: "Your password is enough again.",
};

async function statePage(req: Request, problem?: string): Promise<string> {
  const isOn = await hasSecondFactor(viewerOf(req).userId);
  const done = doneTexts[String(req.query.done)];
  const body = html`<h1>Second factor</h1>
${done && html`<p class="done" role="status">${done}</p>`}
${
  isOn
    ? html`<p>On. At sign-in Ledger asks for your password, and for a code of your authenticator app.</p>
<section><h2>Turn it off</h2><form class="sheet pad form narrow" method="post" action="/settings/two-factor/off">${owner(req)}
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
<label>Password<input type="password" name="password" autocomplete="current-password" required></label>
${codeField()}<div class="row"><button class="btn">Turn off</button></div></form></section>`
    : html`<p>Off. Whoever knows your password is in. With a second factor, it takes a code of your authenticator app as well.</p>
<div class="row"><a class="btn" href="/settings/two-factor/new">Set it up</a></div>`
}`;
  return page(req, { title: "Second factor", section: "Settings", body });
}

async function newPage(req: Request, secret: string, problem?: string): Promise<string> {
  const { userId } = viewerOf(req);
  const { rows } = await pool.query<{ email: string }>("SELECT email FROM users WHERE id = $1", [
    userId,
  ]);
  const uri = otpauth(secret, rows[0]?.email ?? "");
  const body = html`<h1>Set up a second factor</h1>
<form class="sheet pad form" method="post" action="/settings/two-factor/confirm">${owner(req)}
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
<p>Give this secret to your authenticator app, or <a href="${uri}">open it there</a> on this device. It is in force once you typed its first code.</p>
<div class="secret"><pre tabindex="0" aria-label="The secret">${secret.match(/.{1,4}/g)?.join(" ")}</pre></div>
${codeField()}<div class="row"><button class="btn">Turn on</button><a class="btn plain" href="/settings/two-factor">Discard</a></div></form>`;
  return page(req, { title: "Set up a second factor", section: "Settings", body });
}

export const codeField = () =>
  html`<label class="code">Code of 6 digits<input name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="9"></label>`;
