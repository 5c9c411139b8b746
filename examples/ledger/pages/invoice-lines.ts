import type { Request } from "express";
import { fieldsOf } from "../forms.ts";
import { html, type Markup, trusted } from "../html.ts";
import { amount, type Line, netCents, parseAmount } from "../money.ts";

/** A line of an invoice as it was typed. */
export type TypedLine = { description: string; quantity: string; price: string; vat: string };

const rates = ["21", "19", "9", "0"];
const blankLines = 2;

export function typedLines(lines: readonly Line[]): TypedLine[] {
  return lines.map((line) => ({
    description: line.description,
    quantity: String(line.quantity),
    price: amount(line.price_cents),
    vat: String(line.vat),
  }));
}

export function linesIn(req: Request): TypedLine[] {
  const [quantities, prices, vats] = ["quantity", "price", "vat"].map((name) =>
    fieldsOf(req, name),
  );
  return fieldsOf(req, "description")
    .map((description, index) => ({
      description,
      quantity: quantities?.[index] ?? "",
      price: prices?.[index] ?? "",
      vat: vats?.[index] ?? "",
    }))
    .filter(({ description, price }) => description !== "" || price !== "");
}

/** The lines that can be saved; what is wrong with the others goes to `problems`. */
export function parseLines(typed: readonly TypedLine[], problems: string[]): Line[] {
  const lines: Line[] = [];
  for (const [index, { description, quantity, price, vat }] of typed.entries()) {
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
  return lines;
}

export function linesTable(typed: readonly TypedLine[]): Markup {
  const blank = { description: "", quantity: "", price: "", vat: "21" };
  const lines = [...typed, ...Array.from({ length: blankLines }, () => blank)];
  return html`<table class="lines"><caption class="vh">Lines</caption><thead><tr><th scope="col">Line</th><th scope="col" class="n">Quantity</th><th scope="col" class="n">Price, €</th><th scope="col" class="n">VAT</th><th scope="col" class="n hide">Amount, €</th></tr></thead>
<tbody>${lines.map((line, index) => lineRow(line, index))}</tbody></table>`;
}

function lineRow(line: TypedLine, index: number): Markup {
  const label = (name: string) => trusted(`aria-label="${name}, line ${index + 1}"`);
  const price_cents = parseAmount(line.price);
  const quantity = Number((line.quantity || "1").replace(",", "."));
  const net =
    price_cents === null || !Number.isFinite(quantity)
      ? ""
      : amount(netCents({ quantity, price_cents }));
  const choices = rates.includes(line.vat) || line.vat === "" ? rates : [line.vat, ...rates];
  return html`<tr>
<td data-head="Line"><input name="description" value="${line.description}" maxlength="200" ${label("Description")}></td>
<td class="n" data-head="Quantity"><input name="quantity" value="${line.quantity}" inputmode="decimal" size="4" ${label("Quantity")}></td>
<td class="n" data-head="Price, €"><input name="price" value="${line.price}" inputmode="decimal" size="8" ${label("Price")}></td>
<td class="n" data-head="VAT"><select name="vat" ${label("VAT")}>${choices.map(
    (rate) =>
      html`<option value="${rate}"${rate === line.vat && trusted(" selected")}>${rate} %</option>`,
  )}</select></td>
<td class="n hide">${net}</td></tr>`;
}

/** The lines of an invoice that is not edited. */
export function lineTable(lines: readonly Line[]): Markup {
  return html`<div class="sheet"><table><caption class="vh">Lines</caption><thead><tr><th scope="col">Line</th><th scope="col" class="n">Quantity</th><th scope="col" class="n hide">Price, €</th><th scope="col" class="n">VAT</th><th scope="col" class="n">Amount, €</th></tr></thead>
<tbody>${lines.map(
    (line) =>
      html`<tr><td>${line.description}</td><td class="n">${line.quantity}</td><td class="n hide">${amount(line.price_cents)}</td><td class="n">${line.vat} %</td><td class="n">${amount(netCents(line))}</td></tr>`,
  )}</tbody></table></div>`;
}
