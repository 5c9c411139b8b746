import type { Request } from "express";
import { pool } from "../database.ts";
import { field, fieldsOf } from "../forms.ts";
import { html, type Markup, trusted } from "../html.ts";
import { owner } from "../layout.ts";
import { amount, type Line, netCents, parseAmount } from "../money.ts";
import type { InvoiceForm } from "../save-invoice.ts";
import { isDay } from "../time.ts";

/** A form as it was typed, so that nothing is lost when it cannot be saved. */
export type Typed = {
  clientId: string;
  issuedOn: string;
  dueOn: string;
  note: string;
  lines: { description: string; quantity: string; price: string; vat: string }[];
};

const rates = ["21", "19", "9", "0"];
const blankLines = 2;

export function typedFrom(form: InvoiceForm): Typed {
  return {
    ...form,
    lines: form.lines.map((line) => ({
      description: line.description,
      quantity: String(line.quantity),
      price: amount(line.price_cents),
      vat: String(line.vat),
    })),
  };
}

export function typedIn(req: Request): Typed {
  const [quantities, prices, vats] = ["quantity", "price", "vat"].map((name) =>
    fieldsOf(req, name),
  );
  return {
    clientId: field(req, "client"),
    issuedOn: field(req, "issued_on"),
    dueOn: field(req, "due_on"),
    note: field(req, "note").replace(/\r\n/g, "\n"),
    lines: fieldsOf(req, "description")
      .map((description, index) => ({
        description,
        quantity: quantities?.[index] ?? "",
        price: prices?.[index] ?? "",
        vat: vats?.[index] ?? "",
      }))
      .filter(({ description, price }) => description !== "" || price !== ""),
  };
}

/** What can be saved, or the sentences that say why it cannot. */
export function parseTyped(typed: Typed): InvoiceForm | { problems: string[] } {
  const problems: string[] = [];
  if (!typed.clientId) problems.push("Choose a client.");
  if (!isDay(typed.issuedOn)) problems.push("Write the date of the invoice.");
  if (!isDay(typed.dueOn) || typed.dueOn < typed.issuedOn)
    problems.push("Write a due date that is not before the date of the invoice.");
  if (typed.note.length > 1000) problems.push("Write at most 1000 characters to the client.");
  const lines: Line[] = [];
  for (const [index, { description, quantity, price, vat }] of typed.lines.entries()) {
    const count = Number((quantity || "1").replace(",", "."));
    const price_cents = parseAmount(price);
    if (description === "") problems.push(`Line ${index + 1}: write what it is.`);
    else if (!(count > 0 && count < 100_000)) problems.push(`Line ${index + 1}: write how many.`);
    else if (price_cents === null)
      problems.push(`Line ${index + 1}: “${price}” is not a price. Write it like 1 240.50.`);
    else if (!/^\d{1,2}$/.test(vat || "0")) problems.push(`Line ${index + 1}: choose a VAT rate.`);
    else lines.push({ description, quantity: count, price_cents, vat: Number(vat) });
  }
  if (lines.length === 0 && problems.length === 0) problems.push("Write at least one line.");
  return problems.length > 0 ? { problems } : { ...typed, lines };
}

export async function invoiceForm(
  req: Request,
  accountId: string,
  typed: Typed,
  more: { action: string; version?: number; problems?: readonly string[]; discard: string },
): Promise<Markup> {
  const { rows: clients } = await pool.query<{ id: string; name: string }>(
    "SELECT id, name FROM clients WHERE account_id = $1",
    [accountId],
  );
  clients.sort((one, other) => one.name.localeCompare(other.name));
  const blank = { description: "", quantity: "", price: "", vat: "21" };
  const lines = [...typed.lines, ...Array.from({ length: blankLines }, () => blank)];
  return html`<form class="sheet pad form" method="post" action="${more.action}">
${owner(req)}${more.version !== undefined && html`<input type="hidden" name="version" value="${more.version}">`}
${
  more.problems &&
  more.problems.length > 0 &&
  html`<div class="problems" role="alert" tabindex="-1" autofocus><h2>Not saved yet</h2><ul>${more.problems.map(
    (problem) => html`<li>${problem}</li>`,
  )}</ul></div>`
}
<div class="grid">
<label class="wide">Client<select name="client" required><option value="">Choose…</option>${clients.map(
    ({ id, name }) =>
      html`<option value="${id}"${id === typed.clientId && trusted(" selected")}>${name}</option>`,
  )}</select></label>
<label>Date<input type="date" name="issued_on" value="${typed.issuedOn}" required></label>
<label>Due<input type="date" name="due_on" value="${typed.dueOn}" required></label>
</div>
<table class="lines"><caption class="vh">Lines</caption><thead><tr><th scope="col">Line</th><th scope="col" class="n">Quantity</th><th scope="col" class="n">Price, €</th><th scope="col" class="n">VAT</th><th scope="col" class="n hide">Amount, €</th></tr></thead>
<tbody>${lines.map((line, index) => lineRow(line, index))}</tbody></table>
<label>Note to the client<textarea name="note" rows="2" maxlength="1000">${typed.note}</textarea></label>
<div class="row"><button class="btn">Save invoice</button><a class="btn plain" href="${more.discard}">Discard</a></div>
</form>`;
}

function lineRow(line: Typed["lines"][number], index: number): Markup {
  const label = (name: string) => trusted(`aria-label="${name}, line ${index + 1}"`);
  const price_cents = parseAmount(line.price);
  const quantity = Number((line.quantity || "1").replace(",", "."));
  const net =
    price_cents === null || !Number.isFinite(quantity)
      ? ""
      : amount(netCents({ quantity, price_cents }));
  const choices = rates.includes(line.vat) || line.vat === "" ? rates : [line.vat, ...rates];
  return html`<tr>
<td><input name="description" value="${line.description}" maxlength="200" ${label("Description")}></td>
<td class="n" data-head="Quantity"><input name="quantity" value="${line.quantity}" inputmode="decimal" size="4" ${label("Quantity")}></td>
<td class="n" data-head="Price, €"><input name="price" value="${line.price}" inputmode="decimal" size="8" ${label("Price")}></td>
<td class="n" data-head="VAT"><select name="vat" ${label("VAT")}>${choices.map(
    (rate) =>
      html`<option value="${rate}"${rate === line.vat && trusted(" selected")}>${rate} %</option>`,
  )}</select></td>
<td class="n hide">${net}</td></tr>`;
}
