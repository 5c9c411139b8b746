import type { DeniedRoute, RouteRule } from "#sdk/core/options.ts";
import { alongside } from "#sdk/express.ts";
import { env } from "./env.ts";
import { noticePage } from "./pages/notice.ts";

/** What each route does to the customer's data, and to which kinds of it. A name is read with its resource behind it. */
export const routes: RouteRule[] = [
  view("/invoices", "invoice", "client"),
  view("/invoices/new", "client"),
  view("/invoices/:number", "invoice", "client"),
  view("/clients", "client"),
  view("/clients/:id", "client", "invoice", "message"),
  view("/clients/:id/message", "client"),
  view("/reports", "report"),
  view("/settings", "settings"),
  {
    method: "POST",
    path: "/invoices",
    effect: "data",
    kinds: ["invoice"],
    name: "Make an invoice",
  },
  {
    method: "POST",
    path: "/invoices/:number",
    effect: "data",
    kinds: ["invoice"],
    name: "Change invoice",
    resource: ({ number }) => number,
  },
  {
    method: "POST",
    path: "/invoices/:number/paid",
    effect: "data",
    kinds: ["invoice"],
    name: "Mark as paid: invoice",
    resource: ({ number }) => number,
  },
  { method: "POST", path: "/clients", effect: "data", kinds: ["client"], name: "Add a client" },
  {
    method: "POST",
    path: "/clients/:id/messages",
    effect: "message",
    kinds: ["client", "message"],
    name: "Send a message to client",
    resource: ({ id }) => id,
  },
  {
    method: "POST",
    path: "/settings",
    effect: "configuration",
    kinds: ["settings"],
    name: "Change the company’s",
    resource: () => "settings",
  },
  {
    method: "GET",
    path: "/reports/invoices.csv",
    effect: "export",
    kinds: ["invoice", "client"],
    name: "Download",
    resource: () => "all invoices",
  },
];

/** What nobody may ever do in another's place; each route carries its own guard too. */
export const denied: DeniedRoute[] = [
  { path: "/settings/password", name: "change a password" },
  { path: "/settings/support-access", name: "decide on support’s access" },
  { path: "/sign-in", name: "sign in" },
  { path: "/sign-out", name: "sign out" },
];

/** How support stands in for a customer. */
export const door = alongside({
  issuer: env.alongsideUrl,
  clientId: env.clientId,
  clientSecret: env.clientSecret,
  publicUrl: env.url,
  product: "Ledger",
  page: noticePage,
  routes,
  denied,
});

function view(path: string, ...kinds: string[]) {
  return { method: "GET", path, effect: "view" as const, kinds };
}
