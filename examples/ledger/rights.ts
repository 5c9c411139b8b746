import type { Request, Response } from "express";
import { html } from "./html.ts";
import { page } from "./layout.ts";
import type { Viewer } from "./viewer.ts";

export function mayConfigure({ role }: Viewer): boolean {
  return role === "owner" || role === "admin";
}

export async function notYours(req: Request, res: Response): Promise<void> {
  const body = html`<section class="sheet pad notice"><h1>Nothing was changed</h1>
<p>Only the owner and admins of your company may change this.</p>
<div class="row"><a class="btn" href="/settings">To the settings</a></div></section>`;
  res
    .status(403)
    .send(await page(req, { title: "Not yours to change", section: "Settings", body }));
}
