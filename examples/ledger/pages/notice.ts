import type { Request } from "express";
import type { Notice } from "#sdk/core/notices.ts";
import { html } from "../html.ts";
import { page } from "../layout.ts";
import { givenName } from "../people.ts";
import { ownSignIn } from "../viewer.ts";

/** The page for what Alongside refuses, pauses or has ended, in Ledger's look. */
export async function noticePage(notice: Notice, req: Request): Promise<string> {
  const over = notice.kind === "ended" || notice.kind === "problem";
  const own = over ? await ownSignIn(req) : null;
  const [first, ...others] = notice.links;
  const [lead, ...after] = notice.sentences;
  return page(req, {
    title: notice.title,
    body: html`
<section class="sheet pad notice" role="alert">
${notice.over && html`<p class="mild">${own ? "You are out" : notice.over}</p>`}
<h1>${notice.title}</h1>
<p>${lead}</p>
${own && html`<p>You are ${own.name} again, in your own session.</p>`}
${
  notice.facts.length > 0 &&
  html`<dl>${notice.facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}
${after.map((sentence) => html`<p>${sentence}</p>`)}
<template data-alongside-unsaved><div class="kept"><p>Not saved: what you had typed.</p><pre data-alongside-text></pre><button type="button" class="btn plain">Copy it</button></div></template>
<div class="row">
${first && html`<a class="btn" href="${first.href}">${first.label}</a>`}
${others.map(({ label, href }) => html`<a class="btn plain" href="${href}">${label}</a>`)}
${over && ownLink(own?.name ?? null)}
</div>
</section>
${over && html`<script type="module" src="/alongside/banner.js"></script>`}`,
  });
}

function ownLink(name: string | null) {
  return name
    ? html`<a class="btn plain" href="/invoices">Go on as ${givenName(name)}</a>`
    : html`<a class="btn plain" href="/sign-in">Sign in to Ledger as yourself</a>`;
}
