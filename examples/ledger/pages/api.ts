import { type Request, type Response, Router } from "express";
import { accountOfKey } from "../api-keys.ts";
import { door } from "../door.ts";
import { type Invoice, invoiceName, invoiceNumber, listInvoices } from "../invoices.ts";
import { isDay } from "../time.ts";

/**
 * What other programs read, with a key of the company. It stands after the door and before the viewer: a key is nobody's
 * browser and nobody's impersonation, and cookies play no part. Who sends that of an impersonation is refused by the door.
 */
export const apiPages = Router();

apiPages.use("/api", door.deny("use an API key"));

apiPages.get("/api/invoices", async (req, res) => {
  const key = /^Bearer (ldg_[\w-]{43})$/.exec(req.get("authorization") ?? "")?.[1];
  const accountId = key ? await accountOfKey(key) : null;
  if (!accountId) {
    res.set("WWW-Authenticate", 'Bearer realm="Ledger"');
    return problem(res, 401, "Send a key that is in force: Authorization: Bearer ldg_…");
  }
  const before = cursorOf(req);
  if (before === "wrong") return problem(res, 400, "`before` is the `next` of an earlier answer.");
  const { invoices, more } = await listInvoices(accountId, "all", before);
  const last = invoices.at(-1);
  res.json({
    invoices: invoices.map(lineOf),
    next: more && last ? `${last.issued_on}~${invoiceName(last.number)}` : null,
  });
});

apiPages.use("/api", (_req, res) => problem(res, 404, "There is only GET /api/invoices."));

const lineOf = (invoice: Invoice) => ({
  number: invoiceName(invoice.number),
  client: invoice.client,
  status: invoice.status,
  issued_on: invoice.issued_on,
  due_on: invoice.due_on,
  total: (invoice.total_cents / 100).toFixed(2),
  currency: "EUR",
});

function cursorOf({ query }: Request) {
  if (query.before === undefined) return null;
  const [issued_on = "", name = ""] = String(query.before).split("~");
  const number = invoiceNumber(name);
  return isDay(issued_on) && number !== null ? { issued_on, number } : "wrong";
}

function problem(res: Response, status: number, detail: string): void {
  const title = { 400: "Bad request", 401: "Not signed in", 404: "Nothing here" }[status];
  res
    .status(status)
    .type("application/problem+json")
    .send(JSON.stringify({ type: "about:blank", title, status, detail }));
}
