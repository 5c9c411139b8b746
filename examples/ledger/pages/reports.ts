import { Router } from "express";
import { csv } from "../csv.ts";
import { pool } from "../database.ts";
import { door } from "../door.ts";
import { html } from "../html.ts";
import { invoiceName } from "../invoices.ts";
import { page } from "../layout.ts";
import { amount } from "../money.ts";
import { viewerOf } from "../signed-in.ts";
import { month } from "../time.ts";

export const reportPages = Router();

reportPages.get("/reports", async (req, res) => {
  const { rows } = await pool.query<{ month: string; count: number; billed: number; paid: number }>(
    `SELECT to_char(issued_on, 'YYYY-MM') AS month, count(*)::integer AS count,
       sum(total_cents)::float8 AS billed,
       coalesce(sum(total_cents) FILTER (WHERE status = 'paid'), 0)::float8 AS paid
     FROM invoices WHERE account_id = $1 AND status <> 'draft' GROUP BY 1 ORDER BY 1 DESC LIMIT 12`,
    [viewerOf(req).accountId],
  );
  const body = html`<div class="row between"><h1>Reports</h1><a class="btn" href="/reports/invoices.csv">Download all invoices</a></div>
<div class="sheet list"><table><caption>Billed by month</caption>
<thead><tr><th scope="col">Month</th><th scope="col" class="n spare">Invoices</th><th scope="col" class="n">Billed, €</th><th scope="col" class="n">Paid, €</th></tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${month(row.month)}</th><td class="n spare">${row.count}</td><td class="n">${amount(row.billed)}</td><td class="n">${amount(row.paid)}</td></tr>`,
  )}</tbody></table></div>
<p class="mild">The download is a CSV file with every invoice of your company. Amounts include VAT.</p>`;
  res.send(await page(req, { title: "Reports", section: "Reports", body }));
});

reportPages.get(
  "/reports/invoices.csv",
  door.exports({ kinds: ["invoice", "client"] }),
  async (req, res) => {
    const { rows } = await pool.query<{ number: number; cells: string[] }>(
      `SELECT i.number, ARRAY[c.name, i.status, i.issued_on::text, i.due_on::text,
       coalesce(i.paid_on::text, ''), to_char(i.total_cents / 100.0, 'FM999999990.00')] AS cells
     FROM invoices i JOIN clients c ON c.id = i.client_id
     WHERE i.account_id = $1 ORDER BY i.number`,
      [viewerOf(req).accountId],
    );
    const head = ["Number", "Client", "State", "Date", "Due", "Paid", "Amount EUR"];
    const lines = [head, ...rows.map(({ number, cells }) => [invoiceName(number), ...cells])];
    req.impersonation?.record({ resource: `all invoices (${rows.length})` });
    res.attachment("invoices.csv").type("text/csv; charset=utf-8");
    res.send(csv(lines));
  },
);
