import type { NoticeLink, NoticeMessage } from "./message.ts";

/** The message in plain text, for those who read mail so. */
export function mailText({ title, facts, quote, links, outcome }: NoticeMessage): string {
  return [
    title,
    ...(outcome ? ["", outcome] : []),
    ...(facts.length > 0 ? ["", ...facts.map(({ label, value }) => `${label}: ${value}`)] : []),
    ...(quote ? ["", ...quote.split("\n").map((line) => `> ${line}`)] : []),
    "",
    ...links.map(({ label, href }) => `${label.replace("…", "")}: ${href}`),
    "",
    "-- ",
    footer(links),
    "",
  ].join("\n");
}

const decides = ({ act }: NoticeLink) => act === "approve" || act === "deny";

const footer = (links: readonly NoticeLink[]): string =>
  links.some(decides)
    ? "The links are yours alone and decide nothing by themselves: you see everything first, signed in as yourself. Choose what you are told in Alongside, under Notices."
    : "From Alongside. Choose what you are told under Notices.";

const ink = "#1b2430";
const grey = "#5b6675";
const line = "#dfe3e8";
const blue = "#1f5fa8";

/** The same as HTML: one column, tables for those that know nothing else, nothing fetched from anywhere. */
export function mailHtml({ title, facts, quote, links, outcome }: NoticeMessage): string {
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td style="padding:3px 16px 3px 0;color:${grey};vertical-align:top${label.length > 16 ? "" : ";white-space:nowrap"}">${html(label)}</td><td style="padding:3px 0" dir="auto">${whole(value)}</td></tr>`,
  );
  const said = quote
    ? `<blockquote dir="auto" style="margin:16px 0;padding:0 0 0 12px;border-left:3px solid ${line};font-size:16px;white-space:pre-line">“${html(quote)}”</blockquote>`
    : "";
  const decided = outcome
    ? `<p style="margin:0 0 12px;font-weight:600" dir="auto">${whole(outcome)}</p>`
    : "";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${html(title)}</title></head>
<body style="margin:0;padding:24px 16px;font:14px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif;color:${ink};background:#fff">
<div style="max-width:560px;margin:0 auto">
<h1 style="margin:0 0 12px;font-size:18px;line-height:1.35;font-weight:600" dir="auto">${whole(title)}</h1>
${decided}<table role="presentation" cellspacing="0" cellpadding="0" style="border-collapse:collapse;font-size:14px">${rows.join("")}</table>
${said}<p style="margin:20px 0 0">${links.map(button).join(" ")}</p>
<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid ${line};color:${grey};font-size:12px">${html(footer(links))}</p>
</div></body></html>`;
}

/** What says something is of equal size and weight: Approve and Deny, As expected and Look closer. What only opens is a link. */
function button(link: NoticeLink): string {
  const shape =
    link.act !== "open"
      ? `display:inline-block;padding:10px 20px;margin:0 8px 8px 0;border:1px solid ${ink};border-radius:7px;color:${ink};text-decoration:none;font-weight:600`
      : `display:inline-block;padding:10px 0;margin:0 12px 8px 0;color:${blue}`;
  return `<a href="${html(link.href)}" style="${shape}">${html(link.label)}</a>`;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** Text in which no number parts from its unit, and none of ours from its letter: "R-21867", "30 min", "90 days". */
const whole = (text: string): string =>
  html(text).replace(
    /\b(?:[RSFP]-\d+|\d+ (?:s|min|h|days?|%))(?![\w-])/g,
    (together) => `<span style="white-space:nowrap">${together}</span>`,
  );
const html = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
