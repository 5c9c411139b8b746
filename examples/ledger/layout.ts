import type { Request } from "express";
import { bannerHtml, titlePrefix } from "#sdk/banner/html.ts";
import { html, type Markup, trusted } from "./html.ts";
import { ownSignIn } from "./viewer.ts";

type Section = "Invoices" | "Recurring" | "Clients" | "Reports" | "Activity" | "Settings";
type Page = { title: string; section?: Section; body: Markup };

const sections: readonly [Section, string][] = [
  ["Invoices", "/invoices"],
  ["Recurring", "/recurring"],
  ["Clients", "/clients"],
  ["Reports", "/reports"],
  ["Activity", "/activity"],
  ["Settings", "/settings"],
];

/** A whole page. While support stands in, the banner comes first and the title says so. */
export async function page(req: Request, { title, section, body }: Page): Promise<string> {
  const { viewer, impersonation } = req;
  // Also where support stood in just now and is out. Error pages must stand when the database is what failed.
  const own = impersonation || !viewer ? await ownSignIn(req).catch(() => null) : null;
  const beside = (impersonation && own?.name) ?? null;
  const person =
    viewer ??
    (impersonation
      ? { name: impersonation.subject.name, accountName: impersonation.account.name }
      : own && { name: own.name, accountName: own.account_name });
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${impersonation && titlePrefix(impersonation)}${title} · Ledger</title>
<link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/ledger.css">
</head>
<body>
${impersonation && trusted(bannerHtml(impersonation, { beside }))}
<a class="skip" href="#main">Skip to the page</a>
<header class="top">
<a class="logo" href="/invoices">Ledger</a>
<nav class="sections" aria-label="Ledger">${sections.map(
    ([name, href]) =>
      html`<a href="${href}"${name === section && trusted(' aria-current="page"')}>${name}</a>`,
  )}</nav>
<div class="me"><span>${person ? `${person.name} · ${person.accountName}` : "Not signed in"}</span>${
    viewer &&
    !impersonation &&
    html`<form method="post" action="/sign-out">${owner(req)}<button class="link">Sign out</button></form>`
  }</div>
</header>
<main id="main">
${body}
</main>
</body>
</html>`.toString();
}

/**
 * A hidden field that says in whose session a form was made. A form that was opened while standing
 * in must not be sent as the customer after the end, nor the other way round.
 */
export function owner(req: Request): Markup {
  return html`<input type="hidden" name="_as" value="${ownerOf(req)}">`;
}

export function ownerOf(req: Request): string {
  if (!req.viewer) return "nobody";
  return req.viewer.standIn ?? `own:${req.viewer.userId}`;
}
