import type { Request, Response } from "express";
import { html } from "../html.ts";
import { page } from "../layout.ts";

export async function notFound(req: Request, res: Response): Promise<void> {
  const body = html`<section class="sheet pad notice"><h1>Nothing here</h1>
<p>It does not exist, or it is not yours.</p>
<div class="row"><a class="btn" href="/invoices">To the invoices</a></div></section>`;
  res.status(404).send(await page(req, { title: "Nothing here", body }));
}
