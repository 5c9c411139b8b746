import { randomBytes } from "node:crypto";
import { lastFormTargets } from "../form-targets.ts";
import { contentSecurityPolicy } from "../headers.ts";

/** A form that was sent in vain, to be sent again as it was. */
export type Unsent = { address: string; fields: readonly (readonly [string, string])[] };

export type Page = { html: string; csp: string };

/**
 * What the panel shows while it cannot reach its database. It needs nothing that may be gone too: no query, no
 * stylesheet, no script but its own. A page that was asked for comes by itself once the database is back.
 */
export function outOfReachPage(unsent: Unsent | null): Page {
  const nonce = randomBytes(16).toString("hex");
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Out of reach for now · Alongside</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<p class="brand"><span class="hulls" aria-hidden="true"><i></i><i></i></span>Alongside</p>
<section>
<p class="code">503</p>
<h1>Alongside cannot reach its record</h1>
<p>Its database does not answer. Nothing happens here without being on record, so until it does nothing is shown and nothing starts. What was done before is safe.</p>
<p>Sessions that run: the product refuses every change now and shows no page after 5 seconds. They end on time all the same.</p>
${unsent ? unsentForm(unsent) : again}
</section>
</main>
<script nonce="${nonce}">${unsent ? tellWhenBack : reloadWhenBack}</script>
</body>
</html>
`;
  return { html, csp: contentSecurityPolicy(nonce, lastFormTargets()) };
}

const again = `<p role="status" id="state">This page comes by itself as soon as it can.</p>
<p><a class="btn" href="">Try again</a></p>`;

function unsentForm({ address, fields }: Unsent): string {
  const hidden = fields.map(
    ([name, value]) => `<textarea hidden name="${escaped(name)}">\n${escaped(value)}</textarea>`,
  );
  return `<p><strong>What you sent did not arrive, so nothing was changed.</strong> It is kept in this page.</p>
<p role="status" id="state"></p>
<form method="post" enctype="multipart/form-data" action="${escaped(address)}">
${hidden.join("\n")}
<button class="btn">Send it again</button>
</form>`;
}

/** Asked of the health, not by loading the page, so that a screen reader hears nothing until there is something. */
const whenBack = (then: string): string => `const look = async () => {
  const answer = await fetch("/api/health", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) { ${then} } else setTimeout(look, 2000);
};
setTimeout(look, 2000);`;
const reloadWhenBack = whenBack("location.reload();");
const tellWhenBack = whenBack(
  'document.getElementById("state").textContent = "Alongside reaches its record again. You can send it now.";',
);

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The panel's own colours and measures (`app/globals.css`), as few as will do. */
const style = `
:root { color-scheme: light dark; --canvas: light-dark(oklch(0.979 0.003 240), oklch(0.172 0.009 250));
  --surface: light-dark(oklch(1 0 0), oklch(0.208 0.01 250)); --line: light-dark(oklch(0.912 0.006 240), oklch(0.305 0.012 250));
  --ink: light-dark(oklch(0.225 0.018 255), oklch(0.945 0.005 250)); --ink-2: light-dark(oklch(0.41 0.018 255), oklch(0.79 0.01 250));
  --accent: light-dark(oklch(0.47 0.118 243), oklch(0.78 0.098 235)); --fill: light-dark(oklch(0.47 0.118 243), oklch(0.55 0.12 243)); }
* { box-sizing: border-box; margin: 0; }
body { background: var(--canvas); color: var(--ink); font: 0.9375rem/1.55 "Geist", system-ui, sans-serif; }
main { max-inline-size: 42rem; margin: 0 auto; padding: 4rem 1rem; display: grid; gap: 1.5rem; }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 2rem; display: grid; gap: 0.75rem; }
h1 { font-size: 1.25rem; line-height: 1.3; letter-spacing: -0.01em; }
section p { color: var(--ink-2); max-inline-size: 60ch; }
section strong { color: var(--ink); font-weight: 600; }
section .code { font-family: ui-monospace, monospace; font-size: 0.8125rem; }
.brand { display: flex; gap: 0.5rem; align-items: center; font-weight: 600; }
.hulls { display: inline-flex; gap: 2px; inline-size: 1.25rem; block-size: 1.25rem; }
.hulls i { flex: 1; border: 2px solid var(--accent); border-radius: 5px 5px 9px 9px; }
.hulls i:first-child { background: var(--accent); }
.btn { display: inline-flex; align-items: center; min-block-size: 2.25rem; padding: 0 0.875rem; border: 0; border-radius: 8px;
  background: var(--fill); color: oklch(1 0 0); font: inherit; font-weight: 500; text-decoration: none; cursor: pointer; }
.btn:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
#state:empty { display: none; }
`;
