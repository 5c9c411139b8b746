import { type Request, Router } from "express";
import { pool } from "../database.ts";
import { pushSoon } from "../directory.ts";
import { door } from "../door.ts";
import { asTyped, field } from "../forms.ts";
import { html } from "../html.ts";
import { owner, page } from "../layout.ts";
import { checkNobodys, checkPassword } from "../passwords.ts";
import { beginStep, finishStep, owesCode } from "../sign-in-step.ts";
import { tooMany } from "../tries.ts";
import { signIn, signOut } from "../viewer.ts";
import { codeField } from "./two-factor.ts";

export const signInPages = Router();

type Match = {
  id: string;
  account_id: string;
  account: string;
  two_factor: boolean;
};

signInPages.use("/sign-in", door.deny("sign in"));
signInPages.use("/sign-out", door.deny("sign out"));

signInPages.get("/sign-in", async (req, res) => {
  if (req.viewer) return void res.redirect(303, "/invoices");
  res.send(await signInPage(req));
});

signInPages.post("/sign-in", async (req, res) => {
  const matches = await withPassword(field(req, "email"), asTyped(req, "password"));
  if (matches === "wrong") return void res.status(422).send(await signInPage(req, []));
  if (matches === "over") return void res.status(429).send(await signInPage(req, matches));
  const [first] = matches;
  const chosen =
    matches.length === 1 ? first : matches.find(({ id }) => id === field(req, "account"));
  if (!chosen) return void res.send(await signInPage(req, matches));
  const remember = field(req, "remember") === "yes";
  const next = ownPath(field(req, "next"));
  if (chosen.two_factor) {
    await beginStep(res, { userId: chosen.id, remember, next: next.slice(0, 2000) });
    return void res.redirect(303, "/sign-in/code");
  }
  await signIn(res, chosen.id, remember);
  pushSoon(chosen.account_id, 1000);
  res.redirect(303, next);
});

signInPages.get("/sign-in/code", async (req, res) => {
  if (!(await owesCode(req))) return void res.redirect(303, "/sign-in");
  res.send(await codePage(req));
});

signInPages.post("/sign-in/code", async (req, res) => {
  const step = await finishStep(req, res, field(req, "code"), Date.now());
  if (step === "wrong") return void res.status(422).send(await codePage(req, true));
  if (step === "over") return void res.redirect(303, "/sign-in?again=yes");
  if (step === "later") return void res.redirect(303, "/sign-in?again=later");
  await signIn(res, step.userId, step.remember);
  pushSoon(step.accountId, 1000);
  res.redirect(303, step.next);
});

signInPages.post("/sign-out", async (req, res) => {
  await signOut(req, res);
  res.redirect(303, "/sign-in");
});

/**
 * Those with this e-mail whose password it is; `over` where each of them had too many wrong ones. One e-mail may be used in
 * several accounts, by several people: who knows one's password has no more tries of another's.
 */
async function withPassword(
  email: string,
  password: string,
): Promise<[Match, ...Match[]] | "wrong" | "over"> {
  const { rows } = await pool.query<Match>(
    `SELECT u.id, u.account_id, a.name AS account, u.totp_secret IS NOT NULL AS two_factor
     FROM users u JOIN accounts a ON a.id = u.account_id
     WHERE lower(u.email) = lower($1) AND u.status = 'active' AND u.password_hash IS NOT NULL
     ORDER BY a.name LIMIT 5`,
    [email],
  );
  if (rows.length === 0) return checkNobodys(email, password);
  const checked = await Promise.all(rows.map(({ id }) => checkPassword(id, password)));
  const [first, ...others] = rows.filter((_, index) => checked[index] === true);
  if (first) return [first, ...others];
  return checked.every((one) => one === "over") ? "over" : "wrong";
}

/** A path of ours: neither another host nor `//host`. */
function ownPath(next: string): string {
  return /^\/(?![/\\])/.test(next) ? next : "/invoices";
}

/** @param matches none: the password is wrong; several: which account is meant? `over`: it was wrong too often. */
async function signInPage(req: Request, matches?: readonly Match[] | "over"): Promise<string> {
  const next = field(req, "next") || (typeof req.query.next === "string" ? req.query.next : "");
  const body = html`<div class="sheet pad notice"><h1>Sign in to Ledger</h1>
<form class="form" method="post" action="/sign-in"><input type="hidden" name="next" value="${ownPath(next)}">
${req.query.again === "yes" && html`<p role="status">The code was not given in time, or was wrong too often. Begin again.</p>`}
${(req.query.again === "later" || matches === "over") && html`<p role="status">${tooMany}</p>`}
${matches?.length === 0 && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>E-mail and password do not belong together.</p></div>`}
${
  matches &&
  matches !== "over" &&
  matches.length > 1 &&
  html`<div class="problems" role="alert" tabindex="-1" autofocus><p>You keep the books of ${matches.length} companies. Choose one and write your password again.</p></div>
<label>Company<select name="account">${matches.map(
    ({ id, account }) => html`<option value="${id}">${account}</option>`,
  )}</select></label>`
}
<label>E-mail<input type="email" name="email" value="${field(req, "email")}" autocomplete="username" required></label>
<label>Password<input type="password" name="password" autocomplete="current-password" required></label>
<label class="choice"><input type="checkbox" name="remember" value="yes"><span>Remember me for 30 days</span></label>
<div class="row"><button class="btn">Sign in</button></div></form></div>`;
  return page(req, { title: "Sign in", body });
}

async function codePage(req: Request, isWrong = false): Promise<string> {
  const body = html`<div class="sheet pad notice"><h1>And the code</h1>
<p>Your authenticator app shows one for Ledger.</p>
<form class="form" method="post" action="/sign-in/code">${owner(req)}
${isWrong && html`<div class="problems" role="alert" tabindex="-1" autofocus><p>That is not the code of this moment.</p></div>`}
${codeField()}
<div class="row"><button class="btn">Sign in</button></div></form></div>`;
  return page(req, { title: "Sign in", body });
}
