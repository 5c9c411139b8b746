import express, { type NextFunction, type Request, type Response } from "express";
import { pool } from "./database.ts";
import { door } from "./door.ts";
import { env } from "./env.ts";
import { ownPagesOnly, sameOwner } from "./forms.ts";
import { html } from "./html.ts";
import { page } from "./layout.ts";
import { activityPages } from "./pages/activity.ts";
import { apiPages } from "./pages/api.ts";
import { apiKeyPages } from "./pages/api-keys.ts";
import { clientList } from "./pages/client-list.ts";
import { clientPages } from "./pages/clients.ts";
import { emailPages } from "./pages/email.ts";
import { invoicePages } from "./pages/invoice.ts";
import { invoiceList } from "./pages/invoice-list.ts";
import { joinPages } from "./pages/join.ts";
import { memberPages } from "./pages/member.ts";
import { notFound } from "./pages/not-found.ts";
import { passwordPages } from "./pages/password.ts";
import { recurringPages } from "./pages/recurring.ts";
import { reportPages } from "./pages/reports.ts";
import { settingsPages } from "./pages/settings.ts";
import { sharedPages, sharePages } from "./pages/share.ts";
import { signInPages } from "./pages/sign-in.ts";
import { supportAccessPages } from "./pages/support-access.ts";
import { teamPages } from "./pages/team.ts";
import { twoFactorPages } from "./pages/two-factor.ts";
import { signedIn } from "./signed-in.ts";
import { readViewer } from "./viewer.ts";

/** The order is the meaning: files, then who asks, then what support may, then the pages. */
export function ledgerApp() {
  const app = express();
  app.disable("x-powered-by");
  app.use(headers);
  app.get("/health", health);
  app.use("/assets", express.static(new URL("public", import.meta.url).pathname));
  app.use(express.urlencoded({ extended: false, limit: "100kb" }));
  app.use(ownPagesOnly);
  app.use(door.middleware);
  app.use(apiPages);
  app.use(readViewer);
  app.use(sameOwner);
  app.use(signInPages, joinPages, sharedPages);
  app.get("/", (_req, res) => res.redirect(303, "/invoices"));
  app.use(signedInPaths, signedIn);
  app.use(invoiceList, sharePages, invoicePages, recurringPages);
  app.use(clientList, clientPages, reportPages, activityPages);
  app.use(settingsPages, teamPages, memberPages, apiKeyPages);
  app.use(passwordPages, emailPages, twoFactorPages, supportAccessPages);
  app.use(notFound);
  app.use(failed);
  return app;
}

const signedInPaths = ["/invoices", "/recurring", "/clients", "/reports", "/activity", "/settings"];

/** The End form is answered with a redirect to Alongside, which counts as a form's target too. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  // The stream of activities.
  "connect-src 'self'",
  `form-action 'self' ${new URL(env.alongsideUrl).origin}`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

function headers(_req: Request, res: Response, next: NextFunction): void {
  res.set({
    "Content-Security-Policy": policy,
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    // For what does not know frame-ancestors.
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    ...(env.url.startsWith("https:") && { "Strict-Transport-Security": "max-age=31536000" }),
  });
  next();
}

async function health(_req: Request, res: Response): Promise<void> {
  await pool.query("SELECT 1");
  res.json({ ok: true });
}

async function failed(
  error: Error & { status?: number },
  req: Request,
  res: Response,
  next: NextFunction,
) {
  if (res.headersSent) return next(error);
  const { status = 500 } = error;
  // Of Express's own: an address that cannot be decoded, a form that is too large.
  if (status >= 400 && status < 500) {
    const body = html`<section class="sheet pad notice"><h1>Ledger did not understand that</h1>
<p>Nothing was changed.</p><div class="row"><a class="btn" href="/invoices">To the invoices</a></div></section>`;
    return void res
      .status(status)
      .send(await page(req, { title: "Ledger did not understand that", body }));
  }
  const reference = crypto.randomUUID().slice(0, 8);
  console.error(`ledger: ${reference}: ${error.stack ?? error.message}`);
  const body = html`<section class="sheet pad notice"><h1>That did not work</h1>
<p>The fault is ours, and it is written down as ${reference}. What you had saved is safe.</p>
<div class="row"><a class="btn" href="/invoices">To the invoices</a></div></section>`;
  res.status(500).send(await page(req, { title: "That did not work", body }));
}
