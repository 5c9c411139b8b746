import type { Notice } from "./notices.ts";
import { escapeHtml as esc } from "./words.ts";

/** A notice without any look, for a product that gives no page of its own. */
export function plainPage(notice: Notice, banner: string, product: string): string {
  const facts = notice.facts.map(([name, value]) => `<dt>${esc(name)}</dt><dd>${esc(value)}</dd>`);
  const links = notice.links.map(({ label, href }) => `<a href="${esc(href)}">${esc(label)}</a>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(notice.title)} · ${esc(product)}</title></head>
<body>${banner}<main><h1>${esc(notice.title)}</h1>
${notice.sentences.map((sentence) => `<p>${esc(sentence)}</p>`).join("\n")}
<dl>${facts.join("")}</dl><p>${links.join(" · ")}</p></main></body></html>`;
}
