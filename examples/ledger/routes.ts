import type { Effect } from "#sdk/core/effects.ts";
import type { DeniedRoute, RouteRule } from "#sdk/core/options.ts";

type Kinds = readonly string[];
type Resource = NonNullable<RouteRule["resource"]>;

const view = (path: string, ...kinds: string[]): RouteRule => rule("GET", path, "view", kinds);

function rule(
  method: string,
  path: string,
  effect: Effect,
  kinds: Kinds,
  name?: string,
  resource?: Resource,
): RouteRule {
  return { method, path, effect, kinds, ...(name && { name }), ...(resource && { resource }) };
}

const invoice: Resource = ({ number }) => number;
const id: Resource = (params) => params.id;

/** What each route does to the customer's data, and to which kinds of it. A name is read with its resource behind it. */
export const routes: RouteRule[] = [
  view("/invoices", "invoice", "client"),
  view("/invoices/new", "client"),
  view("/invoices/:number", "invoice", "client"),
  rule("POST", "/invoices", "data", ["invoice"], "Make an invoice"),
  rule("POST", "/invoices/:number", "data", ["invoice"], "Change invoice", invoice),
  rule("POST", "/invoices/:number/paid", "data", ["invoice"], "Mark as paid: invoice", invoice),
  // A GET, and yet it hands something out: a link that outlives the session.
  rule(
    "GET",
    "/invoices/:number/share",
    "export",
    ["invoice", "client"],
    "Make a link to invoice",
    invoice,
  ),
  rule(
    "POST",
    "/invoices/:number/links/:id/stop",
    "data",
    ["invoice"],
    "Stop a link to invoice",
    invoice,
  ),
  view("/shared/:token", "invoice", "client"),

  view("/recurring", "invoice", "client"),
  view("/recurring/new", "client"),
  view("/recurring/:id", "invoice", "client"),
  rule("POST", "/recurring", "data", ["invoice"], "Make a recurring invoice"),
  rule("POST", "/recurring/:id", "data", ["invoice"], "Change recurring invoice", id),
  rule("POST", "/recurring/:id/pause", "data", ["invoice"], "Pause recurring invoice", id),
  rule("POST", "/recurring/:id/resume", "data", ["invoice"], "Resume recurring invoice", id),
  rule(
    "POST",
    "/recurring/:id/next",
    "data",
    ["invoice"],
    "Make the next of recurring invoice",
    id,
  ),

  view("/clients", "client"),
  // A POST, and yet it only shows: whom somebody looks for is to stand in no address.
  rule("POST", "/clients/search", "view", ["client"], "Search clients"),
  rule("GET", "/clients/export.csv", "export", ["client"], "Download", () => "all clients"),
  view("/clients/:id", "client", "invoice", "message"),
  view("/clients/:id/change", "client"),
  view("/clients/:id/message", "client"),
  rule("POST", "/clients", "data", ["client"], "Add a client"),
  rule("POST", "/clients/:id", "data", ["client"], "Change client", id),
  rule("POST", "/clients/:id/archive", "data", ["client"], "Archive client", id),
  rule("POST", "/clients/:id/restore", "data", ["client"], "Restore client", id),
  rule(
    "POST",
    "/clients/:id/messages",
    "message",
    ["client", "message"],
    "Send a message to client",
    id,
  ),

  view("/reports", "report"),
  rule(
    "GET",
    "/reports/invoices.csv",
    "export",
    ["invoice", "client"],
    "Download",
    () => "all invoices",
  ),

  view("/activity", "invoice", "client", "message", "settings"),
  view("/activity/stream", "invoice", "client", "message", "settings"),

  view("/settings", "settings"),
  rule(
    "POST",
    "/settings",
    "configuration",
    ["settings"],
    "Change the company’s",
    () => "settings",
  ),
  view("/settings/team", "user"),
  view("/settings/team/:id", "user"),
  view("/settings/keys", "settings"),
  view("/settings/two-factor", "user"),
  // A GET that creates. It is denied below; were it not, it would be a write all the same.
  rule("GET", "/settings/two-factor/new", "credential", ["user"], "Set up a second factor"),
];

/** What nobody may ever do in another's place, in whatever spelling; each route carries its own guard too. */
export const denied: DeniedRoute[] = [
  { path: "/settings/password", name: "change a password" },
  { path: "/settings/email", name: "change an e-mail address" },
  { path: "/settings/two-factor/new", name: "set up a second factor" },
  { path: "/settings/two-factor/confirm", name: "set up a second factor" },
  { path: "/settings/two-factor/off", name: "turn a second factor off" },
  { path: "/settings/two-factor/recovery", name: "make recovery codes" },
  { path: "/settings/keys/new", name: "make an API key" },
  { path: "/settings/keys/:id/revoke", name: "revoke an API key" },
  { path: "/settings/team/invites", name: "invite a colleague" },
  { path: "/settings/team/:id/role", name: "change a role" },
  { path: "/settings/team/:id/remove", name: "remove a colleague" },
  { path: "/settings/team/:id/second-factor", name: "turn a second factor off" },
  { path: "/settings/support-access", name: "decide on support’s access" },
  { path: "/api", name: "use an API key" },
  { path: "/join", name: "accept an invite" },
  { path: "/sign-in", name: "sign in" },
  { path: "/sign-out", name: "sign out" },
];
