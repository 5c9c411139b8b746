import type { NextFunction, Request, Response } from "express";
import { sameOrigin } from "#sdk/core/origin.ts";
import { env } from "./env.ts";
import { html } from "./html.ts";
import { ownerOf, page } from "./layout.ts";

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/** Nothing that another site's page sends may change anything. */
export async function ownPagesOnly(req: Request, res: Response, next: NextFunction): Promise<void> {
  const headers = new Headers();
  for (const name of ["origin", "sec-fetch-site"]) {
    const value = req.get(name);
    if (value !== undefined) headers.set(name, value);
  }
  if (safe.has(req.method) || sameOrigin(headers, env.url)) return next();
  res.status(403).send(
    await page(req, {
      title: "Not from here",
      body: html`<h1>Nothing was changed</h1><p>This form was not sent from a page of Ledger.</p>`,
    }),
  );
}

/** For the few GETs that change something: a link on another site, or a picture there, makes nothing here. */
export async function ownLinksOnly(req: Request, res: Response, next: NextFunction): Promise<void> {
  const site = req.get("sec-fetch-site") ?? "none";
  if (site === "same-origin" || site === "none") return next();
  const body = html`<section class="sheet pad notice"><h1>Nothing was made</h1><p>This link was not followed on a page of Ledger.</p>
<div class="row"><a class="btn" href="${req.originalUrl}">Make it now</a></div></section>`;
  res.status(403).send(await page(req, { title: "Not from here", body }));
}

/** The session that a form was made in is the one that it is sent in. */
export async function sameOwner(req: Request, res: Response, next: NextFunction): Promise<void> {
  if (safe.has(req.method) || !req.viewer) return next();
  if (field(req, "_as") === ownerOf(req)) return next();
  res.status(409).send(
    await page(req, {
      title: "Another session",
      body: html`<section class="sheet pad notice"><h1>Nothing was changed</h1>
<p>This page was opened in another session than the one that is in force now. You are ${
        req.viewer.standIn ? `standing in for ${req.viewer.name}` : `${req.viewer.name}, yourself`
      }. Open the page again and repeat what you did.</p>
<div class="row"><a class="btn" href="/invoices">To the invoices</a></div></section>`,
    }),
  );
}

/** One text of a form, to the letter: for passwords. */
export function asTyped(req: Request, name: string): string {
  const value: unknown = req.body?.[name];
  return typeof value === "string" ? value : "";
}

/** One text of a form, without spaces at its ends and without NUL, which no database takes. */
export function field(req: Request, name: string): string {
  return tidy(asTyped(req, name));
}

const tidy = (text: string): string => text.replaceAll("\0", "").trim();

/** A field that may come several times, as in a table of lines. */
export function fieldsOf(req: Request, name: string): string[] {
  const value: unknown = req.body?.[name];
  const list: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.map((one) => (typeof one === "string" ? tidy(one) : ""));
}

export const isEmail = (text: string): boolean => /^[^\s@]{1,100}@[^\s@]{1,100}$/.test(text);
