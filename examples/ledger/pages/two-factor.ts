import { type Request, Router } from "express";
import { pool } from "../database.ts";
import { door } from "../door.ts";
import { asTyped, field, ownLinksOnly } from "../forms.ts";
import { html, type Markup } from "../html.ts";
import { owner, page } from "../layout.ts";
import { checkPassword } from "../passwords.ts";
import { countRecoveryCodes, mostCodes } from "../recovery-codes.ts";
import { viewerOf } from "../signed-in.ts";
import { otpauth } from "../totp.ts";
import { tooMany } from "../tries.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  hasSecondFactor,
  pendingSecret,
  renewRecoveryCodes,
  triedCode,
} from "../two-factor.ts";
import { endOtherSignIns, type Viewer } from "../viewer.ts";

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
  const codes = await confirmSecondFactor(req, viewer, field(req, "code"), Date.now());
  if (codes) {
    await endOtherSignIns(req, viewer.userId);
    return void res.send(await codesPage(req, doneTexts.on, codes));
  }
  const secret = await pendingSecret(viewer.userId);
  if (secret === null) return void res.redirect(303, "/settings/two-factor");
  res.status(422).send(await newPage(req, secret, "That is not the code of this moment."));
});

twoFactorPages.post(
  "/settings/two-factor/off",
  door.deny("turn a second factor off"),
  async (req, res) => {
    const ended = await withBoth(req, endSecondFactor);
    if (ended === true) return void res.redirect(303, "/settings/two-factor?done=off");
    res.status(422).send(await statePage(req, { off: problemOf(ended) }));
  },
);

twoFactorPages.post(
  "/settings/two-factor/recovery",
  door.deny("make recovery codes"),
  async (req, res) => {
    const codes = await withBoth(req, renewRecoveryCodes);
    if (typeof codes === "string")
      return void res.status(422).send(await statePage(req, { codes: problemOf(codes) }));
    res.send(await codesPage(req, "Those from before are good no more.", codes));
  },
);

/** What `work` gives by the password and a code, which share the limits of the sign-in. */
async function withBoth<T>(
  req: Request,
  work: (req: Request, viewer: Viewer, code: string, at: number) => Promise<T | null | false>,
): Promise<T | "wrong" | "over"> {
  const viewer = viewerOf(req);
  const checked = await checkPassword(viewer.userId, asTyped(req, "password"));
  if (checked !== true) return checked;
  return triedCode(viewer.userId, () => work(req, viewer, field(req, "code"), Date.now()));
}

const problemOf = (why: "wrong" | "over") =>
  why === "over" ? tooMany : "Password and code do not belong together.";

const doneTexts = {
  on: "From now on Ledger asks for a code too. Other browsers are signed out.",
  off: "Your password is enough again.",
};

type Problems = { off?: string; codes?: string };

async function statePage(req: Request, problems: Problems = {}): Promise<string> {
  const { userId } = viewerOf(req);
  const isOn = await hasSecondFactor(userId);
  const body = html`<h1>Second factor</h1>
${req.query.done === "off" && html`<p class="done" role="status">${doneTexts.off}</p>`}
${
  isOn
    ? html`<p>On. At sign-in Ledger asks for your password, and for a code of your authenticator app.</p>
<section><h2>Recovery codes</h2><p class="mild">${await countRecoveryCodes(userId)} of ${mostCodes} are left. Each stands in for one code of your app, for when you do not have your device.</p>
${passwordAndCode(req, "recovery", "Make new codes", problems.codes)}</section>
<section><h2>Turn it off</h2>${passwordAndCode(req, "off", "Turn off", problems.off)}</section>`
    : html`<p>Off. Whoever knows your password is in. With a second factor, it takes a code of your authenticator app as well.</p>
<div class="row"><a class="btn" href="/settings/two-factor/new">Set it up</a></div>`
}`;
  return page(req, { title: "Second factor", section: "Settings", body });
}

function passwordAndCode(req: Request, path: string, label: string, problem?: string): Markup {
  return html`<form class="sheet pad form narrow" method="post" action="/settings/two-factor/${path}">${owner(req)}
${problem && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}
<label>Password<input type="password" name="password" autocomplete="current-password" required></label>
${codeField()}<div class="row"><button class="btn">${label}</button></div></form>`;
}

/** No redirect leads here: the codes are in this answer only. */
function codesPage(req: Request, said: string, codes: readonly string[]): Promise<string> {
  const written = codes.map((code) => code.match(/.{4}/g)?.join(" ")).join("\n");
  const body = html`<h1>Recovery codes</h1>
<p class="done" role="status">${said}</p>
<div class="sheet pad secret"><p>Keep them where your device is not: each is good once, in the place of a code of your app. Ledger cannot show them again.</p><pre tabindex="0" aria-label="The codes">${written}</pre></div>
<div class="row"><a class="btn" href="/settings/two-factor">I have kept them</a></div>`;
  return page(req, { title: "Recovery codes", section: "Settings", body });
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
${codeField({ orRecovery: false })}<div class="row"><button class="btn">Turn on</button><a class="btn plain" href="/settings/two-factor">Discard</a></div></form>`;
  return page(req, { title: "Set up a second factor", section: "Settings", body });
}

export const codeField = ({ orRecovery } = { orRecovery: true }): Markup =>
  html`<label class="code">Code of 6 digits<input name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="20">${orRecovery && html`<small class="mild">Or a recovery code</small>`}</label>`;
